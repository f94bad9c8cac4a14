using Backstep.Gait;

namespace Backstep.Protocol
{
    /// <summary>A mount's rotation as nine s16 in Q14 (16384 is 1), row by row. Part of the Configuration.</summary>
    public static class MountCodec
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 18;

        private const float One = 16384f;
        private const float MaxElement = 1.9999f;
        private const float PerCount = 1f / One;

        // Squares and products of Q14 numbers are Q28. Rounding nine elements to Q14 moves a row's square or product by
        // at most 1.1e-4; 0.5 % leaves room for a matrix computed in single precision and refuses everything that would
        // bend an angle by more than a third of a degree.
        private const long OneSquared = 1L << 28;
        private const long Tolerance = OneSquared / 200;

        /// <summary>Writes a mount; the buffer has room.</summary>
        public static void Encode(Mount mount, byte[] buffer, int offset)
        {
            Put(buffer, offset, 0, mount.XX, mount.XY, mount.XZ);
            Put(buffer, offset, 1, mount.YX, mount.YY, mount.YZ);
            Put(buffer, offset, 2, mount.ZX, mount.ZY, mount.ZZ);
        }

        internal static Mount Read(byte[] data, int offset)
        {
            return new Mount(
                Get(data, offset, 0) * PerCount,
                Get(data, offset, 1) * PerCount,
                Get(data, offset, 2) * PerCount,
                Get(data, offset, 3) * PerCount,
                Get(data, offset, 4) * PerCount,
                Get(data, offset, 5) * PerCount,
                Get(data, offset, 6) * PerCount,
                Get(data, offset, 7) * PerCount,
                Get(data, offset, 8) * PerCount);
        }

        /// <summary>True if the nine numbers are a rotation: rows of length 1, at right angles, right-handed.</summary>
        internal static bool IsRotation(byte[] data, int offset)
        {
            for (int row = 0; row < 3; row++)
            {
                if (!IsNear(Dot(data, offset, row, row), OneSquared)
                    || !IsNear(Dot(data, offset, row, (row + 1) % 3), 0))
                {
                    return false;
                }
            }

            // z row against x row times y row, all Q14: at most 6 * 2^42.
            long a = Get(data, offset, 0), b = Get(data, offset, 1), c = Get(data, offset, 2);
            long d = Get(data, offset, 3), e = Get(data, offset, 4), f = Get(data, offset, 5);
            long g = Get(data, offset, 6), h = Get(data, offset, 7), i = Get(data, offset, 8);
            return (((b * f) - (c * e)) * g) + (((c * d) - (a * f)) * h) + (((a * e) - (b * d)) * i) > 0;
        }

        private static long Dot(byte[] data, int offset, int row, int other)
        {
            long sum = 0;
            for (int column = 0; column < 3; column++)
            {
                sum += (long)Get(data, offset, (row * 3) + column) * Get(data, offset, (other * 3) + column);
            }

            return sum;
        }

        private static bool IsNear(long value, long target)
        {
            return value >= target - Tolerance && value <= target + Tolerance;
        }

        private static int Get(byte[] data, int offset, int element)
        {
            return Wire.GetS16(data, offset + (element * 2));
        }

        private static void Put(byte[] buffer, int offset, int row, float x, float y, float z)
        {
            int at = offset + (row * 6);
            Wire.Put16(buffer, at, Quantize(x));
            Wire.Put16(buffer, at + 2, Quantize(y));
            Wire.Put16(buffer, at + 4, Quantize(z));
        }

        // No element of a rotation comes near 2, so the clamp only tames what is no rotation, which the decoder then
        // refuses.
        private static int Quantize(float value)
        {
            return value >= MaxElement ? short.MaxValue : value <= -MaxElement ? -short.MaxValue
                : (int)((value * One) + (value < 0f ? -0.5f : 0.5f));
        }
    }
}
