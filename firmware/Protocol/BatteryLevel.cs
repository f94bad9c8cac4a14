namespace Backstep.Protocol
{
    /// <summary>Battery Level, 0x2A19, read and notified (BAS 1.0, 3.1). See README.md, "Battery Level".</summary>
    public static class BatteryLevel
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 1;

        private const int FullPercent = 100;

        /// <summary>Writes the level, clamped to 0 to 100 %. The format has no "unknown": a sensor that cannot tell
        /// leaves the service out.</summary>
        /// <returns>1, or 0 if the buffer has no room.</returns>
        public static int Encode(int percent, byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            buffer[offset] = (byte)Wire.Clamp(percent, 0, FullPercent);
            return Length;
        }

        /// <summary>The level in %, or <see cref="Message.Missing"/> and the error.</summary>
        public static int Decode(byte[] data, out DecodeError error)
        {
            error = !Wire.IsExactly(data, Length) ? DecodeError.WrongLength
                : data[0] > FullPercent ? DecodeError.OutOfRange
                : DecodeError.None;
            return error == DecodeError.None ? data[0] : Message.Missing;
        }
    }
}
