namespace Backstep.Gait
{
    /// <summary>
    /// A run of pairs of samples that stay close to its first one. Measured against that sample and not against zero,
    /// so it needs no knowledge of the gyroscope's bias or of which way is up. What the gyroscope says in a long one is
    /// its bias.
    /// </summary>
    internal sealed class Stillness
    {
        // 0.2 g and 10 deg/s: what a standing foot sways on a running belt, with room.
        private const int ForceCounts = (int)(0.2f * MotionScale.PairCountsPerG);
        private const int RateCounts = (int)(10f * MotionScale.PairCountsPerDegreePerSecond);

        /// <summary>Pairs in the run. The sums are over these.</summary>
        internal int Pairs;

        internal int SumAx, SumAy, SumAz, SumGx, SumGy, SumGz;

        private int _refAx, _refAy, _refAz, _refGx, _refGy, _refGz;

        /// <summary>Whether a pair would belong to the run. False when there is no run.</summary>
        internal bool Holds(int ax, int ay, int az, int gx, int gy, int gz)
        {
            return Pairs != 0
                && ax - _refAx <= ForceCounts && _refAx - ax <= ForceCounts
                && ay - _refAy <= ForceCounts && _refAy - ay <= ForceCounts
                && az - _refAz <= ForceCounts && _refAz - az <= ForceCounts
                && gx - _refGx <= RateCounts && _refGx - gx <= RateCounts
                && gy - _refGy <= RateCounts && _refGy - gy <= RateCounts
                && gz - _refGz <= RateCounts && _refGz - gz <= RateCounts;
        }

        /// <summary>Takes a pair into the run; the first one is what the others are held against.</summary>
        internal void Take(int ax, int ay, int az, int gx, int gy, int gz)
        {
            if (Pairs == 0)
            {
                _refAx = ax;
                _refAy = ay;
                _refAz = az;
                _refGx = gx;
                _refGy = gy;
                _refGz = gz;
                SumAx = SumAy = SumAz = SumGx = SumGy = SumGz = 0;
            }

            SumAx += ax;
            SumAy += ay;
            SumAz += az;
            SumGx += gx;
            SumGy += gy;
            SumGz += gz;
            Pairs++;
        }

        /// <summary>The run is over.</summary>
        internal void End()
        {
            Pairs = 0;
        }
    }
}
