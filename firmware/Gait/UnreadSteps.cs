namespace Backstep.Gait
{
    /// <summary>
    /// Notices a foot that moves as in walking and yields no strides: the clip is turned on the shoe by more than the
    /// engine bears, or lies wrong. Then the foot still travels, always the same way, and turns fast; only about no
    /// axis that the engine could read. Runs once a movement, never per sample.
    /// </summary>
    internal sealed class UnreadSteps
    {
        // So many in a row, about eight seconds of walking. Who steps aside goes back again before that; a turn is
        // done.
        private const int Enough = 6;

        // No more are remembered, so that four strides take the hint back.
        private const int Most = Enough + 3;

        // A stride that was told was counted as a step before, so it takes back more: who has three of five strides
        // read is left alone.
        private const int StepsByStride = 2;

        // Shuffles slide by 0.12 m, turns on the spot step by 0.2, a shifted weight by nothing. Whoever needs the hint
        // walks further.
        private const float LeastMeters = 0.25f;
        private const float MostMeters = 3f;

        // Net climb by distance, as for a stride: neither stairs nor a shoe that is lifted.
        private const float SteepestClimb = 0.35f;

        // A side step turns the foot at some 100 deg/s at most, the slowest walk of 0.4 m/s at 130 and more, whatever
        // way the clip sits.
        private const float LeastRate = 130f * MotionScale.PairCountsPerDegreePerSecond;

        // The same way within 37 degrees as the step before.
        private const float LeastCosine = 0.8f;

        // Steps further apart than 4 s are not one walk. What was noticed is forgotten after 10 s without another.
        private const uint LongestSamples = 400;
        private const uint ForgottenSamples = 1000;

        private int _count;
        private uint _lastSample;
        private int _told;
        private float _x, _y;

        /// <summary>Whether there have been many of late.</summary>
        internal bool AreMany(uint now)
        {
            return _count >= Enough && now - _lastSample < ForgottenSamples;
        }

        /// <summary>A movement ended with the foot flat, whatever came of it.</summary>
        /// <param name="strapdown">Where it went, finished.</param>
        /// <param name="peakRate2">Its fastest turning, squared, in counts.</param>
        /// <param name="now">The engine's sample count.</param>
        /// <param name="told">Strides of a known direction so far: looked at here, because the sample that tells one is
        /// the dearest of all.</param>
        internal void Step(Strapdown strapdown, float peakRate2, uint now, int told)
        {
            int read = (told - _told) * StepsByStride;
            _told = told;
            _count = _count > read ? _count - read : 0;
            float x = strapdown.AlongMeters, y = strapdown.AcrossMeters, climb = strapdown.ClimbMeters;
            float length = Safe.Sqrt(x * x + y * y);
            bool follows = now - _lastSample < LongestSamples;
            if (peakRate2 < LeastRate * LeastRate || length < LeastMeters || length > MostMeters
                || climb > SteepestClimb * length || climb < -SteepestClimb * length)
            {
                // Some other movement says nothing against a walk, but too long without a step ends it.
                _count = follows ? _count : 0;
                return;
            }

            float scale = Safe.Divide(1f, length, 0f);
            x *= scale;
            y *= scale;
            bool goesOn = follows && x * _x + y * _y > LeastCosine;
            _count = !goesOn ? 1 : _count < Most ? _count + 1 : Most;
            _x = x;
            _y = y;
            _lastSample = now;
        }
    }
}
