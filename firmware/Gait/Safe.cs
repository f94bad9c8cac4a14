using System;

namespace Backstep.Gait
{
    /// <summary>
    /// The only place that divides floats or takes a square root. On the device a division by zero throws and NaN
    /// compares as true to everything, so neither may ever come into being; a test finds every other division in the
    /// compiled code.
    /// </summary>
    public static class Safe
    {
        // Far below any angle, speed or force that this program divides by, far above what float arithmetic blurs.
        private const float Smallest = 1e-6f;
        private const float SmallestLogarithm = 1e-8f;

        /// <summary>numerator / denominator, or the fallback when the denominator is too close to zero to mean
        /// anything.</summary>
        public static float Divide(float numerator, float denominator, float fallback)
        {
            if (denominator < Smallest && denominator > -Smallest)
            {
                return fallback;
            }

            return numerator / denominator;
        }

        /// <summary>Natural logarithm; that of a hundred-millionth for anything below it, so that nothing at all has
        /// one, too.</summary>
        public static float Log(float value)
        {
            return (float)Math.Log(value > SmallestLogarithm ? value : SmallestLogarithm);
        }

        /// <summary>Square root; 0 for anything not above 0.</summary>
        public static float Sqrt(float value)
        {
            return value > 0f ? (float)Math.Sqrt(value) : 0f;
        }
    }
}
