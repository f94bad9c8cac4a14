namespace Backstep.Protocol
{
    /// <summary>
    /// Slope of the ground in one byte: s8 in fifths of a percent, positive where it is uphill in the direction of
    /// walking. The field stands last in its message, and is left out where it is not known; only a record of fixed
    /// length holds the sentinel. See README.md, "Session".
    /// </summary>
    public static class Incline
    {
        /// <summary>Steepest slope in fifths of a percent, up and down: 25.4 %.</summary>
        public const int Steepest = 127;

        // -128, the one number without a counterpart
        private const byte MissingByte = 0x80;

        /// <summary>Fifths of a percent, or <see cref="Message.Missing"/>, as a byte.</summary>
        public static byte ToByte(int fifthsPercent)
        {
            return (byte)Wire.ClampOr(fifthsPercent, -Steepest, Steepest, MissingByte);
        }

        /// <summary>A byte as fifths of a percent, or <see cref="Message.Missing"/>.</summary>
        public static int OfByte(byte value)
        {
            return IsKnown(value) ? (sbyte)value : Message.Missing;
        }

        internal static bool IsKnown(byte value)
        {
            return value != MissingByte;
        }
    }
}
