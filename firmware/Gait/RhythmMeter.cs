namespace Backstep.Gait
{
    /// <summary>
    /// Whether the rhythm has settled: stride-time variability over the last 20 strides under the walker's threshold.
    /// It is the cue that the rails may be let go, and a result of its own; it claims nothing about the rails.
    /// </summary>
    public sealed class RhythmMeter
    {
        /// <summary>Strides that must be even.</summary>
        public const int Window = 20;

        /// <summary>
        /// The threshold for who has no baseline, in 0.01 %: step times vary by 5.2 % with the rails held (15 young
        /// adults; J NeuroEng Rehabil 2024 21:29, table 3); a stride is two steps, and two independent ones together
        /// vary by 1/sqrt(2) of that.
        /// </summary>
        public const int DefaultThresholdHundredthsPercent = 368;

        // With an own baseline: as steady as with the rails held, and a quarter more, for 20 strides know their spread
        // to one sixth.
        private const int OwnThresholdPercent = 125;

        // Unsettled again only a fifth above.
        private const int LeavePercent = 120;
        private const int FullPercent = 100;

        private readonly SpreadWindow _window = new SpreadWindow(Window);
        private bool _hasBegun;
        private uint _beganMilliseconds;

        /// <summary>A meter with the threshold of the literature.</summary>
        public RhythmMeter()
        {
            SettledAfterMilliseconds = Stride.Missing;
        }

        /// <summary>Whether the rhythm is even now.</summary>
        public bool IsSettled { get; private set; }

        /// <summary>From the first stride to the one with which the rhythm had settled for the first time, in ms, or
        /// <see cref="Stride.Missing"/> while it has not.</summary>
        public int SettledAfterMilliseconds { get; private set; }

        /// <summary>Under which the rhythm is even, in 0.01 %.</summary>
        public int ThresholdHundredthsPercent { get; private set; } = DefaultThresholdHundredthsPercent;

        /// <summary>Coefficient of variation of stride time over the last 20 strides in 0.01 %, or
        /// <see cref="Stride.Missing"/> before there are as many.</summary>
        public int VariationHundredthsPercent { get; private set; } = Stride.Missing;

        /// <summary>Takes the threshold from the walker's own baselines; null: that of the literature.</summary>
        public void Use(RailBaselines baselines)
        {
            ThresholdHundredthsPercent = baselines == null
                ? DefaultThresholdHundredthsPercent
                : baselines.Held.StrideTimeHundredthsPercent * OwnThresholdPercent / FullPercent;
        }

        /// <summary>Begins again, as with a new session.</summary>
        public void Clear()
        {
            _window.Clear();
            _hasBegun = false;
            IsSettled = false;
            SettledAfterMilliseconds = Stride.Missing;
            VariationHundredthsPercent = Stride.Missing;
        }

        /// <summary>Takes a stride.</summary>
        public void Add(Stride stride)
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                _beganMilliseconds = stride.ContactMilliseconds;
            }

            if (stride.StrideMilliseconds == Stride.Missing)
            {
                // After a stop the rhythm has to be found anew.
                _window.Clear();
                IsSettled = false;
                VariationHundredthsPercent = Stride.Missing;
                return;
            }

            int limit = stride.StrideMilliseconds / 5;
            _window.Add(stride.StrideMilliseconds, limit < 1 ? 1 : limit > 800 ? 800 : limit);
            if (_window.Count < Window || _window.Mean < 1f)
            {
                return;
            }

            VariationHundredthsPercent =
                (int)(Safe.Divide(Safe.Sqrt(_window.Variance), _window.Mean, 0f) * 10000f + 0.5f);
            int leave = ThresholdHundredthsPercent * LeavePercent / FullPercent;
            IsSettled = VariationHundredthsPercent < (IsSettled ? leave : ThresholdHundredthsPercent);
            if (IsSettled && SettledAfterMilliseconds == Stride.Missing)
            {
                SettledAfterMilliseconds = (int)(stride.ContactMilliseconds - _beganMilliseconds);
            }
        }
    }
}
