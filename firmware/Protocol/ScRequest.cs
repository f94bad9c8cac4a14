namespace Backstep.Protocol
{
    /// <summary>A write to the SC Control Point, 0x2A55 (RSCS 1.0, 3.4). Immutable. See README.md, "SC Control
    /// Point".</summary>
    public sealed class ScRequest
    {
        /// <summary>Most bytes that a request takes.</summary>
        public const int MaxLength = 5;

        private const int OperationAt = 0; // u8
        private const int OperandAt = 1; // none, u8 or u32

        private ScRequest(ScOperation operation, uint operand)
        {
            Operation = operation;
            Operand = operand;
        }

        /// <summary>What is asked.</summary>
        public ScOperation Operation { get; }

        /// <summary>Distance in 0.1 m, or the number of a <see cref="SensorLocation"/>, or 0 where the operation has no
        /// operand.</summary>
        public uint Operand { get; }

        /// <summary>Sets the total distance, in 0.1 m.</summary>
        public static ScRequest SetCumulativeValue(uint decimeters)
        {
            return new ScRequest(ScOperation.SetCumulativeValue, decimeters);
        }

        /// <summary>Starts the calibration.</summary>
        public static ScRequest StartCalibration()
        {
            return new ScRequest(ScOperation.StartCalibration, 0);
        }

        /// <summary>Tells where the sensor is worn.</summary>
        public static ScRequest UpdateLocation(SensorLocation location)
        {
            return new ScRequest(ScOperation.UpdateLocation,
                (uint)Wire.CodeOrZero((int)location, (int)SensorLocation.ChainRing));
        }

        /// <summary>Asks for the supported locations.</summary>
        public static ScRequest RequestLocations()
        {
            return new ScRequest(ScOperation.RequestLocations, 0);
        }

        /// <summary>Writes the request.</summary>
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

        /// <summary>The request in a whole value, or null and the error; <see cref="ScResponse.ResultFor"/> turns the
        /// error into the response value.</summary>
        public static ScRequest Decode(byte[] data, out DecodeError error)
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

            uint operand = operandSize == 0 ? 0 : operandSize == 1 ? data[OperandAt] : Wire.GetU32(data, OperandAt);
            ScOperation operation = (ScOperation)data[OperationAt];
            if (operation == ScOperation.UpdateLocation && !SensorLocationCodec.IsKnown(operand))
            {
                error = DecodeError.ReservedValue;
                return null;
            }

            return new ScRequest(operation, operand);
        }

        // -1 for an op code that is none.
        private static int OperandSize(int operation)
        {
            switch (operation)
            {
                case (int)ScOperation.SetCumulativeValue:
                    return 4;
                case (int)ScOperation.UpdateLocation:
                    return 1;
                case (int)ScOperation.StartCalibration:
                case (int)ScOperation.RequestLocations:
                    return 0;
                default:
                    return -1;
            }
        }
    }
}
