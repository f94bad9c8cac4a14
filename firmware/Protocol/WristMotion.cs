namespace Backstep.Protocol
{
    /// <summary>
    /// Backstep Wrist motion: a quarter of a second of a unit on the wrist in 20 bytes, so that it fits the default
    /// MTU: a twelfth of what its samples take. Immutable. See README.md, "Wrist motion".
    /// </summary>
    public sealed class WristMotion
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 20;

        /// <summary>Values of the mean: acceleration x, y, z in 1/2048 g, then angular rate x, y, z in 1/16.4 deg/s, in
        /// chip axes.</summary>
        public const int Axes = 6;

        private const int EndAt = 0; // u32
        private const int MeanAt = 4; // six s16
        private const int ForceAt = 16; // u16
        private const int RateAt = 18; // u16
        private const int MaxU16 = 0xFFFF;

        private readonly short[] _mean;

        private WristMotion(uint endMilliseconds, short[] mean, int forceDeviation, int rateDeviation)
        {
            EndMilliseconds = endMilliseconds;
            _mean = mean;
            ForceDeviation = forceDeviation;
            RateDeviation = rateDeviation;
        }

        /// <summary>The unit's sample clock at the end of the quarter second, in ms. Two records further apart than 250
        /// ms have lost one between them.</summary>
        public uint EndMilliseconds { get; }

        /// <summary>Standard deviation of the acceleration within it, all axes together, in 1/2048 g.</summary>
        public int ForceDeviation { get; }

        /// <summary>Standard deviation of the angular rate within it, all axes together, in 1/16.4 deg/s.</summary>
        public int RateDeviation { get; }

        /// <summary>One mean, in chip counts; 0 past the last axis.</summary>
        public short Mean(int axis)
        {
            return Wire.IsIn(axis, 0, Axes - 1) ? _mean[axis] : (short)0;
        }

        /// <summary>Writes a record.</summary>
        /// <returns>20, or 0 if the buffer has no room.</returns>
        public static int Encode(uint endMilliseconds, int[] mean, int forceDeviation, int rateDeviation,
            byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            Wire.Put32(buffer, offset + EndAt, endMilliseconds);
            for (int i = 0; i < Axes; i++)
            {
                Wire.Put16(buffer, offset + MeanAt + (i * 2), Wire.Clamp(mean[i], short.MinValue, short.MaxValue));
            }

            Wire.Put16(buffer, offset + ForceAt, Wire.Clamp(forceDeviation, 0, MaxU16));
            Wire.Put16(buffer, offset + RateAt, Wire.Clamp(rateDeviation, 0, MaxU16));
            return Length;
        }

        /// <summary>The record in a whole value, or null and the error.</summary>
        public static WristMotion Decode(byte[] data, out DecodeError error)
        {
            if (!Wire.IsExactly(data, Length))
            {
                error = DecodeError.WrongLength;
                return null;
            }

            error = DecodeError.None;
            short[] mean = new short[Axes];
            for (int i = 0; i < Axes; i++)
            {
                mean[i] = (short)Wire.GetS16(data, MeanAt + (i * 2));
            }

            return new WristMotion(Wire.GetU32(data, EndAt), mean, Wire.GetU16(data, ForceAt),
                Wire.GetU16(data, RateAt));
        }
    }
}
