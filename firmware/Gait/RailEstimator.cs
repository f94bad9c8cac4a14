using System;

namespace Backstep.Gait
{
    /// <summary>
    /// Whether the rails are held, from one shoe: the scatter of the last strides, held against the walker's own two
    /// baselines. Each spread tells how many times likelier one posture is than the other; their sum, tempered as
    /// simulation showed, is a probability; and only a clear one is said. Works once a stride, in steps that whoever
    /// feeds it may spread over the samples after it. Nothing is allocated.
    /// </summary>
    public sealed class RailEstimator
    {
        /// <summary>Strides looked at, unless told otherwise: three quarters of a minute.</summary>
        public const int DefaultWindow = 40;

        // The steps of one stride's work, about equally dear: some of the samples that they are spread over are dear
        // already.
        private const int Idle = 0;
        private const int Times = 1;
        private const int Angles = 2;
        private const int Verdict = 3;

        // From simulated walkers with the seeds of tuning (companion-app/Lab/Rails): how much of a sum of
        // log-likelihoods is to be believed, as times share their noise, and how much a spread's logarithm wanders from
        // one minute to another beyond its sampling error.
        private const float Belief = 0.85f;
        private const float Wander2 = 0.012f;
        private const float MostPerSpread = 4f;

        // Stance is most of a stride: the two say nearly the same, and count once together.
        private const float TimeWeight = 0.5f;

        // Practice and a longer walk make everybody steadier than at the calibration, whatever the hands do: so much is
        // taken off the middle between the baselines.
        private const float Steadier = 0.055f;

        // The two baselines must be so far apart, in the units of the sum, that a typical window decides.
        private const float LeastSeparation = 1.4f;

        // Said from 90 % on, kept down to 65 %; between two changes lies a minute, so that nobody is told one thing and
        // then another.
        private const float Sure = 0.9f;
        private const float StillSure = 0.65f;
        private const int LeastMillisecondsBetweenChanges = 60000;

        // Half the window must be filled.
        private const int LeastShareOfWindow = 2;

        // 10 %: spread falls with speed, and the shoe's own speed is good to some per cent.
        private const int SpeedToleranceDivisor = 10;

        private readonly int _length;
        private readonly RailWindow _window;

        // Of the baselines' logarithms: how far apart they are, 0 when they do not tell the postures apart, and the
        // middle between them.
        private readonly float[] _apart = new float[RailWindow.Spreads];
        private readonly float[] _middle = new float[RailWindow.Spreads];
        private float _baselineVariance;
        private RailBaselines _baselines;
        private bool _compares;

        // The variance of a spread's logarithm about a baseline's, and of how many strides: in a full window it is the
        // same for all spreads.
        private float _variance;
        private int _varianceStrides;

        private Posture _posture;
        private Stride _stride;
        private int _step;
        private float _sum;
        private RailUnknown _refusal;
        private bool _hasChanged;
        private uint _changedMilliseconds;
        private uint _nowMilliseconds;

        /// <summary>With the window that the device uses.</summary>
        public RailEstimator()
            : this(DefaultWindow)
        {
        }

        /// <summary>With another window.</summary>
        /// <param name="windowStrides">8 to 80.</param>
        public RailEstimator(int windowStrides)
        {
            _length = windowStrides;
            _window = new RailWindow(windowStrides);
            Forget();
        }

        /// <summary>What can be said now.</summary>
        public Posture Posture
        {
            get { return _posture; }
        }

        /// <summary>Why nothing can be said, when nothing can.</summary>
        public RailUnknown Why { get; private set; }

        /// <summary>How likely it is that the rails are held, 0 to 100 %, or <see cref="Stride.Missing"/> when it
        /// cannot be told.</summary>
        public int HeldPercent { get; private set; }

        /// <summary>Strides in the window.</summary>
        public int Strides
        {
            get { return _window.Count; }
        }

        /// <summary>The baselines in force, or null.</summary>
        public RailBaselines Baselines
        {
            get { return _baselines; }
        }

        /// <summary>Whether <see cref="Work"/> has something to do.</summary>
        public bool HasWork
        {
            get { return _step != Idle; }
        }

        /// <summary>Whether two baselines are far enough apart to tell the postures by them.</summary>
        public static bool AreDistinct(RailBaselines baselines)
        {
            return Separation(baselines) >= LeastSeparation;
        }

        /// <summary>
        /// How far two baselines lie apart: what the sum of log-likelihoods comes to in a window that scatters just as
        /// one of them.
        /// </summary>
        public static float Separation(RailBaselines baselines)
        {
            float sum = 0f;
            for (int i = 0; i < RailWindow.Spreads; i++)
            {
                float apart = Apart(baselines, i);
                sum += Weight(i)
                    * Safe.Divide(0.5f * apart * apart, BaselineVariance(baselines) + SamplingVariance(DefaultWindow),
                        0f);
            }

            return sum * Belief;
        }

        /// <summary>Compares with these from now on; null: with none.</summary>
        public void Use(RailBaselines baselines)
        {
            _baselines = baselines;
            _compares = baselines != null && AreDistinct(baselines);
            _varianceStrides = 0;
            if (baselines != null)
            {
                _baselineVariance = BaselineVariance(baselines);
                for (int i = 0; i < RailWindow.Spreads; i++)
                {
                    bool tells = Apart(baselines, i) > 0f;
                    float held = tells ? RailWindow.LogOfHundredths(i, baselines.Held.Hundredths(i)) : 0f;
                    float free = tells ? RailWindow.LogOfHundredths(i, baselines.Free.Hundredths(i)) : 0f;
                    _apart[i] = free - held;
                    _middle[i] = 0.5f * (free + held) - Steadier;
                }
            }

            Forget();
        }

        /// <summary>A new walk, or samples are missing: nothing is known of the strides before.</summary>
        public void Forget()
        {
            _window.Clear();
            _stride = null;
            _step = Idle;
            _hasChanged = false;
            _posture = Posture.Unknown;
            HeldPercent = Stride.Missing;
            Why = _baselines == null ? RailUnknown.NoBaselines : _compares ? RailUnknown.TooFewStrides
                : RailUnknown.Overlap;
        }

        /// <summary>Takes a stride. <see cref="Work"/> as long as there is work takes it into account; what the one
        /// before left undone is done now.</summary>
        public void Add(Stride stride)
        {
            if (_step != Idle)
            {
                Finish();
            }

            if (_compares)
            {
                _stride = stride;
                _step = Times;
            }
        }

        /// <summary>Does all that is left to do.</summary>
        public void Finish()
        {
            while (_step != Idle)
            {
                Work();
            }
        }

        /// <summary>Does the next part of the work that the last stride brought. Returns whether there is
        /// more.</summary>
        public bool Work()
        {
            int step = _step;
            if (step == Angles)
            {
                _step = Verdict;
                _window.AddAngles(_stride);
                _nowMilliseconds = _stride.ContactMilliseconds;
                _stride = null;
                Prepare();
                return true;
            }

            if (step == Verdict)
            {
                _step = Idle;
                Judge();
            }
            else if (step == Times)
            {
                TakeTimes(_stride);
            }

            return _step != Idle;
        }

        private static float Apart(RailBaselines baselines, int spread)
        {
            int held = baselines.Held.Hundredths(spread);
            int free = baselines.Free.Hundredths(spread);

            // Steadier with free hands is not what a rail does: chance, and no help.
            return held == Stride.Missing || free == Stride.Missing || free <= held
                ? 0f
                : RailWindow.LogOfHundredths(spread, free) - RailWindow.LogOfHundredths(spread, held);
        }

        private static float Weight(int spread)
        {
            return spread <= RailWindow.StanceTime ? TimeWeight : 1f;
        }

        // The logarithm of a standard deviation from n values has the variance 1 / 2n.
        private static float SamplingVariance(int strides)
        {
            return Safe.Divide(0.5f, strides, 1f) + Wander2;
        }

        private static float BaselineVariance(RailBaselines baselines)
        {
            return 0.5f
                * (Safe.Divide(0.5f, baselines.Held.Strides, 1f) + Safe.Divide(0.5f, baselines.Free.Strides, 1f));
        }

        private void TakeTimes(Stride stride)
        {
            Direction direction = stride.Direction;
            if (direction == Direction.Unknown)
            {
                // As likely a stumble as a stride.
                _step = Idle;
                return;
            }

            if (direction != _baselines.Direction)
            {
                Forget();
                Why = RailUnknown.OtherSpeed;
                return;
            }

            if (stride.StrideMilliseconds == Stride.Missing)
            {
                // The first after a stop: hands may have gone anywhere meanwhile. It has no times.
                Forget();
                _stride = stride;
            }
            else
            {
                _window.AddTimes(stride);
            }

            _step = Angles;
        }

        // Why nothing can be said, which is not said before the verdict; or the first part of the sum.
        private void Prepare()
        {
            if (_window.Windows[RailWindow.StrideTime].Kept * LeastShareOfWindow < _length)
            {
                _refusal = RailUnknown.TooFewStrides;
                return;
            }

            int calibrated = _baselines.BeltMillimetersPerSecond;
            int faster = (_window.BeltMillimetersPerSecond - calibrated) * SpeedToleranceDivisor;
            if (faster > calibrated || -faster > calibrated)
            {
                _refusal = RailUnknown.OtherSpeed;
                return;
            }

            _refusal = RailUnknown.None;
            _sum = LogLikelihood(RailWindow.StrideTime);
        }

        private void Judge()
        {
            if (_refusal != RailUnknown.None)
            {
                if (_posture != Posture.Unknown)
                {
                    Say(Posture.Unknown);
                }

                Why = _refusal;
                HeldPercent = Stride.Missing;
                return;
            }

            float sum = _sum + LogLikelihood(RailWindow.StanceTime) + LogLikelihood(RailWindow.FootStrike)
                + LogLikelihood(RailWindow.Tilt);
            float held = Safe.Divide(1f, 1f + (float)Math.Exp(-Belief * sum), 0f);
            HeldPercent = (int)(held * 100f + 0.5f);
            Decide(held);
        }

        // Of held over free: the two Gaussians about the baselines' logarithms have one width.
        private float LogLikelihood(int spread)
        {
            float apart = _apart[spread];
            SpreadWindow window = _window.Windows[spread];
            int count = window.Kept;
            if (apart <= 0f || count * LeastShareOfWindow < _length)
            {
                return 0f;
            }

            if (count != _varianceStrides)
            {
                _varianceStrides = count;
                _variance = _baselineVariance + SamplingVariance(count);
            }

            float log = Safe.Divide(apart * (_middle[spread] - RailWindow.LogSpread(spread, window)), _variance, 0f);
            log = log > MostPerSpread ? MostPerSpread : log < -MostPerSpread ? -MostPerSpread : log;
            return spread <= RailWindow.StanceTime ? log * TimeWeight : log;
        }

        private void Decide(float held)
        {
            Posture said = _posture;
            float now = said == Posture.Held ? held : said == Posture.Free ? 1f - held : 0f;
            bool stays = now >= StillSure
                || (_hasChanged && (int)(_nowMilliseconds - _changedMilliseconds) <= LeastMillisecondsBetweenChanges);
            Posture clear = stays ? said
                : held >= Sure ? Posture.Held
                : 1f - held >= Sure ? Posture.Free
                : Posture.Unknown;
            if (clear != said)
            {
                Say(clear);
            }

            Why = clear == Posture.Unknown ? RailUnknown.Undecided : RailUnknown.None;
        }

        private void Say(Posture posture)
        {
            _posture = posture;
            _hasChanged = true;
            _changedMilliseconds = _nowMilliseconds;
        }
    }
}
