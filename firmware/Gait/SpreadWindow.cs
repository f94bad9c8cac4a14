namespace Backstep.Gait
{
    /// <summary>
    /// How much a series scatters over its last values: the mean square of what each one differs from the mean of the
    /// four before it. So a slow drift (practice, tiredness, a belt that is turned up) is not scatter, and one wild
    /// value counts no more than the limit that is given with it. Whole numbers, nothing allocated, the same work for
    /// every value; and written for an interpreter, to which a call is as dear as ten additions.
    /// </summary>
    public sealed class SpreadWindow
    {
        /// <summary>Values that a new one is compared with. Fewer make the comparison noisy, more bring the drift
        /// back.</summary>
        public const int Before = 4;

        // A value that far beyond the limit is another thing (a stride that was missed makes two into one): it is left
        // out, unless the next ones are like it.
        private const int OutlierLimits = 2;
        private const int MostOutliers = 3;

        // A deviation is in quarters of the unit; its square is that of the spread times 1 + 1/4, for the mean of four
        // scatters too.
        private const float SquaresPerVariance = Before * Before * (1f + 1f / Before);

        private readonly short[] _deviations;
        private readonly int[] _before = new int[Before];
        private int _beforeSum;

        // Values since the break, up to four; from then on four more than the place of the oldest of the four.
        private int _seen;
        private int _next;
        private int _outliers;
        private int _sum;

        /// <summary>An empty window.</summary>
        /// <param name="length">Deviations kept, 1 to 80: so many squares of at most 3200² fit an int.</param>
        public SpreadWindow(int length)
        {
            _deviations = new short[length];
        }

        /// <summary>Deviations in the window: <see cref="Count"/>, for those who ask at every stride.</summary>
        internal int Kept;

        /// <summary>Deviations in the window.</summary>
        public int Count
        {
            get { return Kept; }
        }

        /// <summary>Mean of the last four values, or 0 when there are fewer.</summary>
        public float Mean
        {
            get { return _seen >= Before ? _beforeSum * (1f / Before) : 0f; }
        }

        /// <summary>Variance over the window in the unit's square; 0 when the window is empty.</summary>
        public float Variance
        {
            get { return Safe.Divide(_sum, Kept * SquaresPerVariance, 0f); }
        }

        /// <summary>Takes a value into the window.</summary>
        /// <param name="value">In any unit, up to 2^27.</param>
        /// <param name="limit">Most that it counts away from the mean before, 1 to 800.</param>
        public void Add(int value, int limit)
        {
            int seen = _seen;
            int sum = _beforeSum;
            if (seen >= Before)
            {
                int deviation = Before * value - sum;
                deviation = deviation < 0 ? -deviation : deviation;
                int most = Before * limit;
                if (deviation > OutlierLimits * most)
                {
                    _outliers++;
                    if (_outliers < MostOutliers)
                    {
                        return;
                    }

                    Break();
                    seen = 0;
                    sum = 0;
                }
                else
                {
                    _outliers = 0;
                    deviation = deviation > most ? most : deviation;
                    short[] deviations = _deviations;
                    int next = _next;
                    int added = deviation * deviation;
                    if (Kept == deviations.Length)
                    {
                        int gone = deviations[next];
                        added -= gone * gone;
                    }
                    else
                    {
                        Kept++;
                    }

                    _sum += added;
                    deviations[next] = (short)deviation;
                    next++;
                    _next = next == deviations.Length ? 0 : next;
                    sum -= _before[seen - Before];
                }
            }

            _before[seen & (Before - 1)] = value;
            _beforeSum = sum + value;
            seen++;
            _seen = seen == 2 * Before ? Before : seen;
        }

        /// <summary>What comes next is not to be compared with what was before; the window stays.</summary>
        public void Break()
        {
            _seen = 0;
            _beforeSum = 0;
            _outliers = 0;
        }

        /// <summary>Begins again.</summary>
        public void Clear()
        {
            Break();
            _next = 0;
            _sum = 0;
            Kept = 0;
        }
    }
}
