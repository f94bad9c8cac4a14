namespace Backstep.Protocol
{
    /// <summary>A write to Backstep Control: op code and operand. Immutable. See README.md, "Control".</summary>
    public sealed class ControlCommand
    {
        /// <summary>Most bytes that a command takes.</summary>
        public const int MaxLength = 5;

        /// <summary>Largest passkey: six decimal digits (Core specification, volume 3, part H, 2.3.5.3).</summary>
        public const uint LargestPasskey = 999999;

        /// <summary>The passkey to pair with while the owner has set none: 000000.</summary>
        public const uint FactoryPasskey = 0;

        /// <summary>Operand of <see cref="ControlOperation.SetPasskey"/> that clears the passkey.</summary>
        public const uint NoPasskey = uint.MaxValue;

        private const int OperationAt = 0; // u8
        private const int OperandAt = 1; // none, u8 or u32

        private ControlCommand(ControlOperation operation, uint operand)
        {
            Operation = operation;
            Operand = operand;
        }

        /// <summary>What is to be done.</summary>
        public ControlOperation Operation { get; }

        /// <summary>The operand as a number, of the kind that <see cref="ControlOperation"/> says; 0 where there is
        /// none.</summary>
        public uint Operand { get; }

        /// <summary>A command without an operand: start, pause, stop, reset or forget. Null for any other.</summary>
        public static ControlCommand Of(ControlOperation operation)
        {
            return OperandSize((int)operation) == 0 ? new ControlCommand(operation, 0) : null;
        }

        /// <summary>Tells the time of day, in seconds since 1970-01-01 00:00 UTC (until 2106).</summary>
        public static ControlCommand SetClock(uint unixSeconds)
        {
            return new ControlCommand(ControlOperation.SetClock, unixSeconds);
        }

        /// <summary>Tells where the unit is worn.</summary>
        public static ControlCommand SetPlacement(Placement placement)
        {
            return new ControlCommand(ControlOperation.SetPlacement,
                (uint)Wire.CodeOrZero((int)placement, (int)Placement.Wrist));
        }

        /// <summary>Goes to a step of the mount calibration.</summary>
        public static ControlCommand CalibrateMount(MountStep step)
        {
            return new ControlCommand(ControlOperation.CalibrateMount,
                (uint)Wire.CodeOrZero((int)step, (int)MountStep.Finish));
        }

        /// <summary>Goes to a step of the rail calibration.</summary>
        public static ControlCommand CalibrateRails(RailStep step)
        {
            return new ControlCommand(ControlOperation.CalibrateRails,
                (uint)Wire.CodeOrZero((int)step, (int)RailStep.Finish));
        }

        /// <summary>Switches the raw motion stream.</summary>
        public static ControlCommand RawStream(bool on)
        {
            return new ControlCommand(ControlOperation.RawStream, on ? 1u : 0u);
        }

        /// <summary>Asks for the logged strides from this sequence number on.</summary>
        public static ControlCommand ReplayLog(uint fromSequence)
        {
            return new ControlCommand(ControlOperation.ReplayLog, fromSequence);
        }

        /// <summary>Sets the passkey, 0 to 999999; null if it is another number. It is entered with all six digits,
        /// leading zeros included.</summary>
        public static ControlCommand SetPasskey(uint passkey)
        {
            return passkey <= LargestPasskey ? new ControlCommand(ControlOperation.SetPasskey, passkey) : null;
        }

        /// <summary>Clears the passkey: an encrypted link is enough then.</summary>
        public static ControlCommand ClearPasskey()
        {
            return new ControlCommand(ControlOperation.SetPasskey, NoPasskey);
        }

        /// <summary>Writes the command.</summary>
        /// <returns>1, 2 or 5, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int operandSize = OperandSize((int)Operation);
            if (!Wire.Fits(buffer, offset, OperandAt + operandSize))
            {
                return 0;
            }

            buffer[offset + OperationAt] = (byte)Operation;
            if (operandSize == 1)
            {
                buffer[offset + OperandAt] = (byte)Operand;
            }
            else if (operandSize == 4)
            {
                Wire.Put32(buffer, offset + OperandAt, Operand);
            }

            return OperandAt + operandSize;
        }

        /// <summary>The command in a whole value, or null and the error; <see cref="ControlReply.ResultFor"/> turns the
        /// error into the result code.</summary>
        public static ControlCommand Decode(byte[] data, out DecodeError error)
        {
            if (!Wire.Fits(data, 0, OperandAt))
            {
                error = DecodeError.WrongLength;
                return null;
            }

            int operandSize = OperandSize(data[OperationAt]);
            error = operandSize < 0 ? DecodeError.UnknownOpCode
                : data.Length != OperandAt + operandSize ? DecodeError.WrongLength
                : DecodeError.None;
            if (error != DecodeError.None)
            {
                return null;
            }

            ControlOperation operation = (ControlOperation)data[OperationAt];
            uint operand = operandSize == 0 ? 0 : operandSize == 1 ? data[OperandAt] : Wire.GetU32(data, OperandAt);
            if (operand > HighestOperand(operation)
                && !(operation == ControlOperation.SetPasskey && operand == NoPasskey))
            {
                error = DecodeError.ReservedValue;
                return null;
            }

            return new ControlCommand(operation, operand);
        }

        // -1 for an op code that is none.
        private static int OperandSize(int operation)
        {
            switch (operation)
            {
                case (int)ControlOperation.Start:
                case (int)ControlOperation.Pause:
                case (int)ControlOperation.Stop:
                case (int)ControlOperation.Reset:
                case (int)ControlOperation.Forget:
                    return 0;
                case (int)ControlOperation.SetPlacement:
                case (int)ControlOperation.CalibrateMount:
                case (int)ControlOperation.CalibrateRails:
                case (int)ControlOperation.RawStream:
                    return 1;
                case (int)ControlOperation.SetClock:
                case (int)ControlOperation.ReplayLog:
                case (int)ControlOperation.SetPasskey:
                    return 4;
                default:
                    return -1;
            }
        }

        private static uint HighestOperand(ControlOperation operation)
        {
            switch (operation)
            {
                case ControlOperation.SetPlacement:
                    return (uint)Placement.Wrist;
                case ControlOperation.CalibrateMount:
                    return (uint)MountStep.Finish;
                case ControlOperation.CalibrateRails:
                    return (uint)RailStep.Finish;
                case ControlOperation.RawStream:
                    return 1;
                case ControlOperation.SetPasskey:
                    return LargestPasskey;
                default:
                    return uint.MaxValue;
            }
        }
    }
}
