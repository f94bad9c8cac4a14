namespace Backstep.Gait
{
    /// <summary>
    /// How much a series scatters over its last values: the mean square of what each one differs from the mean of the four before it. So a slow drift (practice,
    /// tiredness, a belt that is turned up) is not scatter, and one wild value counts no more than the limit that is given with it. Whole numbers, nothing allocated, the same
    /// work for every value.
    /// </summary>
    public sealed class SpreadWindow
    {
        /// <summary>Values that a new one is compared with. Fewer make the comparison noisy, more bring the drift back.</summary>
        public const int Before = 4;

        // A value that far beyond the limit is another thing (a stride that was missed makes two into one): it is left out, unless the next ones are like it.
        private const int OutlierLimits = 2;
        private const int MostOutliers = 3;

        // A deviation is in quarters of the unit; its square is that of the spread times 1 + 1/4, for the mean of four scatters too.
        private const float SquaresPerVariance = Before * Before * (1f + 1f / Before);

        private readonly short[] _deviations;
        private readonly int[] _before = new int[Before];
        private int _beforeCount;
        private int _beforeNext;
        private int _beforeSum;
        private int _next;
        private int _outliers;
        private int _sum;

        /// <summary>An empty window.</summary>
        /// <param name="length">Deviations kept, 1 to 80: so many squares of at most 3200² fit an int.</param>
        public SpreadWindow(int length)
        {
            _deviations = new short[length];
        }

        /// <summary>Deviations in the window.</summary>
        public int Count { get; private set; }

        /// <summary>Mean of the last four values, or 0 when there are fewer.</summary>
        public float Mean
        {
            get { return _beforeCount == Before ? _beforeSum * (1f / Before) : 0f; }
        }

        /// <summary>Variance over the window in the unit's square; 0 when the window is empty.</summary>
        public float Variance
        {
            get { return Safe.Divide(_sum, Count * SquaresPerVariance, 0f); }
        }

        /// <summary>Takes a value into the window.</summary>
        /// <param name="value">In any unit, up to 2^27.</param>
        /// <param name="limit">Most that it counts away from the mean before, 1 to 800.</param>
        public void Add(int value, int limit)
        {
            if (_beforeCount == Before)
            {
                int deviation = Before * value - _beforeSum;
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
                }
                else
                {
                    _outliers = 0;
                    Keep(deviation > most ? most : deviation);
                }
            }

            if (_beforeCount == Before)
            {
                _beforeSum -= _before[_beforeNext];
            }
            else
            {
                _beforeCount++;
            }

            _beforeSum += value;
            _before[_beforeNext] = value;
            _beforeNext = (_beforeNext + 1) & (Before - 1);
        }

        /// <summary>What comes next is not to be compared with what was before; the window stays.</summary>
        public void Break()
        {
            _beforeCount = 0;
            _beforeNext = 0;
            _beforeSum = 0;
            _outliers = 0;
        }

        /// <summary>Begins again.</summary>
        public void Clear()
        {
            Break();
            _next = 0;
            _sum = 0;
            Count = 0;
        }

        private void Keep(int deviation)
        {
            if (Count == _deviations.Length)
            {
                int gone = _deviations[_next];
                _sum -= gone * gone;
            }
            else
            {
                Count++;
            }

            _sum += deviation * deviation;
            _deviations[_next] = (short)deviation;
            _next++;
            if (_next == _deviations.Length)
            {
                _next = 0;
            }
        }
    }
}
