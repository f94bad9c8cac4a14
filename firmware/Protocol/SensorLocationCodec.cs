namespace Backstep.Protocol
{
    /// <summary>Sensor Location, 0x2A5D, read. See README.md, "Sensor Location".</summary>
    public static class SensorLocationCodec
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 1;

        /// <summary>Writes the location.</summary>
        /// <returns>1, or 0 if the buffer has no room.</returns>
        public static int Encode(SensorLocation location, byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            buffer[offset] = (byte)Wire.CodeOrZero((int)location, (int)SensorLocation.ChainRing);
            return Length;
        }

        /// <summary>The location in a whole value; <see cref="SensorLocation.Other"/> where there is an
        /// error.</summary>
        public static SensorLocation Decode(byte[] data, out DecodeError error)
        {
            error = !Wire.IsExactly(data, Length) ? DecodeError.WrongLength
                : !IsKnown(data[0]) ? DecodeError.ReservedValue
                : DecodeError.None;
            return error == DecodeError.None ? (SensorLocation)data[0] : SensorLocation.Other;
        }

        internal static bool IsKnown(uint location)
        {
            return location <= (uint)SensorLocation.ChainRing;
        }
    }
}
