namespace Backstep.Gait
{
    /// <summary>
    /// When the foot touched. The ground turns the pitch: where the last lobe begins, forward and backward. The sensor
    /// is shaken 10 to 40 ms later (real recordings), so that is no better witness. But a small last lobe may begin in
    /// mid-air: then the shaking decides, and without a last lobe (a flat landing) it is all there is.
    /// </summary>
    internal static class ContactFinder
    {
        // A last lobe smaller than this may begin in mid-air. Larger ones are the foot coming down to flat.
        private const float SmallLastLobe = 8f * PitchLobes.Degree;

        // A foot is flat 240 ms after contact at the latest.
        private const int LongestContactPairs = 12;

        // Shaking means something from a change of 0.2 g from sample to sample.
        private const float LeastShaking2 = 0.2f * MotionScale.AccelerometerCountsPerG
            * (0.2f * MotionScale.AccelerometerCountsPerG);

        // A change into a pair's first sample began with the sample before it, three quarters of a pair before the
        // pair's middle; one within the pair with its first sample.
        private const float ShakenInto = 0.75f;
        private const float ShakenWithin = 0.25f;

        /// <summary>The instant of contact in pairs since the movement began.</summary>
        /// <param name="lobes">The movement's pitch lobes.</param>
        /// <param name="swing">Which of them was the swing.</param>
        /// <param name="history">The movement's end.</param>
        /// <param name="flatAt">The first pair of the foot-flat.</param>
        internal static float Find(PitchLobes lobes, int swing, MotionHistory history, int flatAt)
        {
            int last = lobes.Count - 1;
            int halfway = (int)(0.5f * (lobes.Begin[swing] + flatAt));
            halfway = halfway > flatAt - LongestContactPairs ? halfway : flatAt - LongestContactPairs;
            if (last == swing)
            {
                return ShakingBegins(history, halfway, flatAt, 0f, flatAt);
            }

            float turn = lobes.Begin[last];
            float final = lobes.Turned[last];
            if (final < SmallLastLobe && final > -SmallLastLobe)
            {
                return ShakingBegins(history, halfway, flatAt, LeastShaking2, turn);
            }

            return turn;
        }

        // The first instant between two pairs at which the foot is shaken at least half as hard as the hardest; the
        // fallback when it is never shaken hard enough to mean anything.
        private static float ShakingBegins(MotionHistory history, int from, int to, float least2, float fallback)
        {
            float[] shaking2 = history.Shaking2;
            int oldest = history.Oldest + 1;
            int begin = from > oldest ? from : oldest;
            int end = to < history.Newest ? to : history.Newest;
            float most2 = least2;
            for (int i = begin; i <= end; i++)
            {
                float now2 = shaking2[i & MotionHistory.Mask];
                if (now2 > most2)
                {
                    most2 = now2;
                }
                else if (now2 < -most2)
                {
                    most2 = -now2;
                }
            }

            float half2 = 0.25f * most2;
            for (int i = begin; i <= end; i++)
            {
                float now2 = shaking2[i & MotionHistory.Mask];
                if (now2 >= half2)
                {
                    return i - ShakenWithin;
                }

                if (now2 <= -half2)
                {
                    return i - ShakenInto;
                }
            }

            return fallback;
        }
    }
}
