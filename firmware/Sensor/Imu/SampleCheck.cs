using Backstep.Gait;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// Whether samples can be what a living chip has measured. Three questions, cheap enough for every burst: one or
    /// two samples of it are looked at.
    /// </summary>
    public static class SampleCheck
    {
        private const int Words = MotionChip.SampleBytes / 2;
        private const int Bytes = MotionChip.SampleBytes;
        private const int OneG = (int)MotionScale.AccelerometerCountsPerG;

        /// <summary>
        /// Half of the range, 16 g or 2000 deg/s, in 10 ms and in counts of 256: no filter of 44 Hz lets a foot do
        /// that; bytes read as other bytes do it all the time.
        /// </summary>
        private const int WildHighByte = 64;

        /// <summary>15 deg/s: the engine's rest.</summary>
        private const int StillRate = (int)(15 * MotionScale.GyroscopeCountsPerDegreePerSecond);

        /// <summary>60 mg.</summary>
        private const int StillForce = 60 * OneG / 1000;

        private const int LowestForce = OneG * 7 / 10;
        private const int HighestForce = OneG * 135 / 100;

        /// <summary>Whether the last sample is no neighbour of the one before it.</summary>
        public static bool IsImplausible(byte[] samples, int count)
        {
            if (count < 2)
            {
                return false;
            }

            int at = (count - 1) * Bytes;
            for (int end = at + Bytes; at < end; at += 2)
            {
                int jump = (sbyte)samples[at] - (sbyte)samples[at - Bytes];
                if (jump >= WildHighByte || jump <= -WildHighByte)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>
        /// Whether the first and the last sample are the same to the bit. A chip's noise is some 5 counts on each axis
        /// of force (PS-MPU-6000A-00, section 6.2, at 44 Hz), so that this happens once in tens of thousands of
        /// bursts.
        /// </summary>
        public static bool IsFrozen(byte[] samples, int count)
        {
            int last = (count - 1) * Bytes;
            if (last <= 0)
            {
                return false;
            }

            // The low byte of a force first: it ends here for nearly every living chip.
            for (int i = 1; i <= Bytes; i++)
            {
                int at = i % Bytes;
                if (samples[at] != samples[last + at])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Whether the chip lies still and feels a force far from 1 g: data sheets allow 0.08 g and 3 %.
        /// </summary>
        public static bool IsWeightless(byte[] samples, int count)
        {
            int last = (count - 1) * Bytes;
            for (int word = Words - 1; word >= 0; word--)
            {
                int value = Word(samples, last + word * 2);
                int from = word >= Words / 2 ? 0 : Word(samples, word * 2);
                int most = word >= Words / 2 ? StillRate : StillForce;
                if (value - from > most || from - value > most)
                {
                    return false;
                }
            }

            int x = Word(samples, last);
            int y = Word(samples, last + 2);
            int z = Word(samples, last + 4);
            // Beyond int.MaxValue it turns negative, which is far from 1 g too.
            int square = x * x + y * y + z * z;
            return square < LowestForce * LowestForce || square > HighestForce * HighestForce;
        }

        private static int Word(byte[] samples, int at)
        {
            return (short)(samples[at] << 8 | samples[at + 1]);
        }
    }
}
