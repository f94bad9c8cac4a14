namespace Backstep.Protocol
{
    /// <summary>
    /// The service data by which a fitness machine makes itself known while advertising (FTMS 1.0, 3.1): AD type 0x16,
    /// the service's UUID, flags, machine types. Immutable. See README.md, "Fitness Machine service data".
    /// </summary>
    public sealed class FitnessMachineServiceData
    {
        /// <summary>Length without the UUID, in bytes.</summary>
        public const int Length = 3;

        /// <summary>AD type "Service Data - 16-bit UUID" (assigned numbers, common data types).</summary>
        public const byte AdvertisingType = 0x16;

        /// <summary>Bit of a treadmill in <see cref="MachineTypes"/> (FTMS 1.0, 3.1.2).</summary>
        public const int Treadmill = 1 << 0;

        private const int FlagsAt = 0; // u8
        private const int TypesAt = 1; // u16
        private const int UuidSize = 2;

        private const int AvailableFlag = 1;
        // treadmill, cross trainer, step climber, stair climber, rower, indoor bike
        private const int KnownTypes = 0x3F;

        /// <summary>Makes service data.</summary>
        /// <param name="isAvailable">The machine can be used now.</param>
        /// <param name="machineTypes">Bits 0 to 5; others are dropped.</param>
        public FitnessMachineServiceData(bool isAvailable, int machineTypes)
        {
            IsAvailable = isAvailable;
            MachineTypes = machineTypes & KnownTypes;
        }

        /// <summary>The machine can be used now.</summary>
        public bool IsAvailable { get; }

        /// <summary>What the machine is, bit by bit.</summary>
        public int MachineTypes { get; }

        /// <summary>Writes flags and types, as APIs want it that add the UUID themselves.</summary>
        /// <returns>3, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            buffer[offset + FlagsAt] = (byte)(IsAvailable ? AvailableFlag : 0);
            Wire.Put16(buffer, offset + TypesAt, MachineTypes);
            return Length;
        }

        /// <summary>Writes UUID, flags and types: all that follows the AD type.</summary>
        /// <returns>5, or 0 if the buffer has no room.</returns>
        public int EncodeWithUuid(byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, UuidSize + Length))
            {
                return 0;
            }

            Wire.Put16(buffer, offset, Uuids.FitnessMachineNumber);
            return UuidSize + Encode(buffer, offset + UuidSize);
        }

        /// <summary>The service data without its UUID, or null and the error.</summary>
        public static FitnessMachineServiceData Decode(byte[] data, out DecodeError error)
        {
            error = !Wire.IsExactly(data, Length) ? DecodeError.WrongLength
                : (data[FlagsAt] & ~AvailableFlag) != 0
                || (Wire.GetU16(data, TypesAt) & ~KnownTypes) != 0 ? DecodeError.UnknownFlags
                : DecodeError.None;
            return error == DecodeError.None
                ? new FitnessMachineServiceData(data[FlagsAt] != 0, Wire.GetU16(data, TypesAt)) : null;
        }
    }
}
