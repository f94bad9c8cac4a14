namespace Backstep.Gait
{
    /// <summary>
    /// What a shoe feels of a hand on the rail, over the last strides: how much stride time, stance time, foot strike
    /// angle and tilt scatter. Step width, which shrinks most, no shoe can see.
    /// </summary>
    public sealed class RailWindow
    {
        /// <summary>Stride time, a share of its mean.</summary>
        public const int StrideTime = 0;

        /// <summary>Stance time, a share of its mean.</summary>
        public const int StanceTime = 1;

        /// <summary>Foot strike angle, in half degrees.</summary>
        public const int FootStrike = 2;

        /// <summary>Mediolateral tilt at contact, in half degrees.</summary>
        public const int Tilt = 3;

        /// <summary>How many spreads there are.</summary>
        public const int Spreads = 4;

        /// <summary>The spreads one by one, for who asks at every stride.</summary>
        internal readonly SpreadWindow[] Windows = new SpreadWindow[Spreads];

        // 20 % of a time, 10 degrees of an angle: more than three standard deviations of the unsteadiest walkers.
        private const int TimeLimitDivisor = 5;
        private const int MostTimeLimit = 800;
        private const int AngleLimitHalfDegrees = 20;

        // The belt's speed is a running mean over about sixteen strides.
        private const float SpeedGain = 1f / 16;

        private const float PerHundredthPercent = 0.0001f;
        private const float HalfDegreesPerHundredth = 0.02f;

        private float _speed;

        /// <summary>An empty window.</summary>
        /// <param name="strides">Its length, 1 to 80 strides.</param>
        public RailWindow(int strides)
        {
            for (int i = 0; i < Spreads; i++)
            {
                Windows[i] = new SpreadWindow(strides);
            }
        }

        /// <summary>Strides in the window, of those that could be compared with the ones before them.</summary>
        public int Count
        {
            get { return Windows[StrideTime].Count; }
        }

        /// <summary>Mean speed of the belt over the last strides in mm/s; 0 when it is not known.</summary>
        public int BeltMillimetersPerSecond
        {
            get { return (int)(_speed + 0.5f); }
        }

        /// <summary>Takes the times of a stride, and the speed.</summary>
        public void AddTimes(Stride stride)
        {
            SpreadWindow[] spreads = Windows;
            int time = stride.StrideMilliseconds;
            if (time == Stride.Missing)
            {
                // The first of a bout: it has no time, and what comes is not to be compared with what was.
                for (int i = 0; i < Spreads; i++)
                {
                    spreads[i].Break();
                }

                return;
            }

            int stance = stride.StanceMilliseconds;
            spreads[StrideTime].Add(time, Limit(time));
            spreads[StanceTime].Add(stance, Limit(stance));
            int speed = stride.BeltSpeedMillimetersPerSecond;
            if (speed != Stride.Missing)
            {
                float before = _speed;
                _speed = before > 0f ? before + (speed - before) * SpeedGain : speed;
            }
        }

        /// <summary>Takes the angles of a stride.</summary>
        public void AddAngles(Stride stride)
        {
            SpreadWindow[] spreads = Windows;
            int strike = stride.FootStrikeHalfDegrees;
            if (strike != Stride.Missing)
            {
                spreads[FootStrike].Add(strike, AngleLimitHalfDegrees);
            }

            int tilt = stride.TiltHalfDegrees;
            if (tilt != Stride.Missing)
            {
                spreads[Tilt].Add(tilt, AngleLimitHalfDegrees);
            }
        }

        /// <summary>
        /// Natural logarithm of a spread, from its window: of the coefficient of variation of a time, or of the
        /// standard deviation of an angle in half degrees.
        /// </summary>
        internal static float LogSpread(int spread, SpreadWindow window)
        {
            float log = 0.5f * Safe.Log(window.Variance);
            return spread <= StanceTime ? log - Safe.Log(window.Mean) : log;
        }

        /// <summary>A spread in hundredths of a percent (times) or of a degree (angles), or
        /// <see cref="Stride.Missing"/> when there are no strides behind it.</summary>
        public int Hundredths(int spread)
        {
            SpreadWindow window = Windows[spread];
            if (window.Count == 0 || (spread <= StanceTime && window.Mean < 1f))
            {
                return Stride.Missing;
            }

            float deviation = Safe.Sqrt(window.Variance);
            float hundredths = spread <= StanceTime
                ? Safe.Divide(deviation, window.Mean * PerHundredthPercent, 0f)
                : Safe.Divide(deviation, HalfDegreesPerHundredth, 0f);
            return (int)(hundredths + 0.5f);
        }

        /// <summary>The logarithm that <see cref="LogSpread"/> gives, of a spread that <see cref="Hundredths"/>
        /// gave.</summary>
        public static float LogOfHundredths(int spread, int hundredths)
        {
            return Safe.Log(hundredths * (spread <= StanceTime ? PerHundredthPercent : HalfDegreesPerHundredth));
        }

        /// <summary>Begins again.</summary>
        public void Clear()
        {
            for (int i = 0; i < Spreads; i++)
            {
                Windows[i].Clear();
            }

            _speed = 0f;
        }

        private static int Limit(int milliseconds)
        {
            int limit = milliseconds / TimeLimitDivisor;
            return limit < 1 ? 1 : limit > MostTimeLimit ? MostTimeLimit : limit;
        }
    }
}
