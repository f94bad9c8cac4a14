using System;

namespace Backstep.Gait
{
    /// <summary>
    /// Whether the rails are held, from one shoe: the scatter of the last strides, held against the walker's own two baselines. Each spread tells how many times likelier one
    /// posture is than the other; their sum, tempered as simulation showed, is a probability; and only a clear one is said. Works once a stride, in steps that
    /// whoever feeds it may spread over the samples after it. Nothing is allocated.
    /// </summary>
    public sealed class RailEstimator
    {
        /// <summary>Strides looked at, unless told otherwise: three quarters of a minute.</summary>
        public const int DefaultWindow = 40;

        // The steps of one stride's work.
        private const int Idle = 0;
        private const int Times = 1;
        private const int Angles = 2;
        private const int Verdict = 3;

        // From simulated walkers with the seeds of tuning (companion-app/Companion/Rails): how much of a sum of log-likelihoods is to be believed, as times share their noise, and how much a
        // spread's logarithm wanders from one minute to another beyond its sampling error.
        private const float Belief = 0.85f;
        private const float Wander2 = 0.012f;
        private const float MostPerSpread = 4f;

        // Practice and a longer walk make everybody steadier than at the calibration, whatever the hands do: so much is taken off the middle between the baselines.
        private const float Steadier = 0.055f;

        // The two baselines must be so far apart, in the units of the sum, that a typical window decides.
        private const float LeastSeparation = 1.4f;

        // Said from 90 % on, kept down to 65 %; between two changes lies a minute, so that nobody is told one thing and then another.
        private const float Sure = 0.9f;
        private const float StillSure = 0.65f;
        private const int LeastMillisecondsBetweenChanges = 60000;

        // Half the window must be filled.
        private const int LeastShareOfWindow = 2;

        // 10 %: spread falls with speed, and the shoe's own speed is good to some per cent.
        private const int SpeedToleranceDivisor = 10;

        private readonly int _length;
        private readonly RailWindow _window;
        private readonly float[] _held = new float[RailWindow.Spreads];
        private readonly float[] _free = new float[RailWindow.Spreads];
        private float _baselineVariance;
        private RailBaselines _baselines;
        private bool _overlap;
        private Stride _stride;
        private int _step;
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
        public Posture Posture { get; private set; }

        /// <summary>Why nothing can be said, when nothing can.</summary>
        public RailUnknown Why { get; private set; }

        /// <summary>How likely it is that the rails are held, 0 to 100 %, or <see cref="Stride.Missing"/> when it cannot be told.</summary>
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
        /// How far two baselines lie apart: what the sum of log-likelihoods comes to in a window that scatters just as one of them.
        /// </summary>
        public static float Separation(RailBaselines baselines)
        {
            float sum = 0f;
            for (int i = 0; i < RailWindow.Spreads; i++)
            {
                float apart = Apart(baselines, i);
                sum += Weight(i) * Safe.Divide(0.5f * apart * apart, BaselineVariance(baselines) + SamplingVariance(DefaultWindow), 0f);
            }

            return sum * Belief;
        }

        /// <summary>Compares with these from now on; null: with none.</summary>
        public void Use(RailBaselines baselines)
        {
            _baselines = baselines;
            _overlap = baselines != null && !AreDistinct(baselines);
            if (baselines != null)
            {
                _baselineVariance = BaselineVariance(baselines);
                for (int i = 0; i < RailWindow.Spreads; i++)
                {
                    bool tells = Apart(baselines, i) > 0f;
                    _held[i] = tells ? RailWindow.LogOfHundredths(i, baselines.Held.Hundredths(i)) : 0f;
                    _free[i] = tells ? RailWindow.LogOfHundredths(i, baselines.Free.Hundredths(i)) : 0f;
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
            Posture = Posture.Unknown;
            HeldPercent = Stride.Missing;
            Why = _baselines == null ? RailUnknown.NoBaselines : _overlap ? RailUnknown.Overlap : RailUnknown.TooFewStrides;
        }

        /// <summary>Takes a stride. <see cref="Work"/> as long as there is work takes it into account; what the one before left undone is done now.</summary>
        public void Add(Stride stride)
        {
            Finish();
            if (_baselines != null && !_overlap)
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

        /// <summary>Does the next part of the work that the last stride brought.</summary>
        public void Work()
        {
            switch (_step)
            {
                case Times:
                    if (_stride.Direction == Direction.Unknown)
                    {
                        // As likely a stumble as a stride.
                        _step = Idle;
                        return;
                    }

                    if (_stride.Direction != _baselines.Direction)
                    {
                        Forget();
                        Why = RailUnknown.OtherSpeed;
                        return;
                    }

                    if (_stride.StrideMilliseconds == Stride.Missing)
                    {
                        // The first after a stop: hands may have gone anywhere meanwhile.
                        Stride first = _stride;
                        Forget();
                        _stride = first;
                    }

                    _window.AddTimes(_stride);
                    _step = Angles;
                    return;
                case Angles:
                    _window.AddAngles(_stride);
                    _nowMilliseconds = _stride.ContactMilliseconds;
                    _step = Verdict;
                    return;
                case Verdict:
                    _step = Idle;
                    _stride = null;
                    Judge();
                    return;
                default:
                    return;
            }
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

        // Stance is most of a stride: the two say nearly the same, and count once together.
        private static float Weight(int spread)
        {
            return spread <= RailWindow.StanceTime ? 0.5f : 1f;
        }

        // The logarithm of a standard deviation from n values has the variance 1 / 2n.
        private static float SamplingVariance(int strides)
        {
            return Safe.Divide(0.5f, strides, 1f) + Wander2;
        }

        private static float BaselineVariance(RailBaselines baselines)
        {
            return 0.5f * (Safe.Divide(0.5f, baselines.Held.Strides, 1f) + Safe.Divide(0.5f, baselines.Free.Strides, 1f));
        }

        private void Judge()
        {
            int count = _window.Count;
            if (count * LeastShareOfWindow < _length)
            {
                Say(Posture.Unknown, RailUnknown.TooFewStrides);
                return;
            }

            int calibrated = _baselines.BeltMillimetersPerSecond;
            int faster = _window.BeltMillimetersPerSecond - calibrated;
            if (faster * SpeedToleranceDivisor > calibrated || -faster * SpeedToleranceDivisor > calibrated)
            {
                Say(Posture.Unknown, RailUnknown.OtherSpeed);
                return;
            }

            float sum = 0f;
            for (int i = 0; i < RailWindow.Spreads; i++)
            {
                sum += LogLikelihood(i);
            }

            float held = Safe.Divide(1f, 1f + (float)Math.Exp(-Belief * sum), 0f);
            HeldPercent = (int)(held * 100f + 0.5f);
            Decide(held);
        }

        // Of held over free: the two Gaussians about the baselines' logarithms have one width.
        private float LogLikelihood(int spread)
        {
            float apart = _free[spread] - _held[spread];
            int count = _window.CountOf(spread);
            if (apart <= 0f || count * LeastShareOfWindow < _length)
            {
                return 0f;
            }

            float variance = _baselineVariance + SamplingVariance(count);
            float middle = 0.5f * (_free[spread] + _held[spread]) - Steadier;
            float log = Safe.Divide(apart * (middle - _window.LogSpread(spread)), variance, 0f);
            log = log > MostPerSpread ? MostPerSpread : log < -MostPerSpread ? -MostPerSpread : log;
            return log * Weight(spread);
        }

        private void Decide(float held)
        {
            bool early = _hasChanged && (int)(_nowMilliseconds - _changedMilliseconds) < LeastMillisecondsBetweenChanges;
            float now = Posture == Posture.Held ? held : Posture == Posture.Free ? 1f - held : 0f;
            Posture clear = early || now >= StillSure ? Posture
                : held >= Sure ? Posture.Held
                : 1f - held >= Sure ? Posture.Free
                : Posture.Unknown;
            if (clear != Posture)
            {
                _hasChanged = true;
                _changedMilliseconds = _nowMilliseconds;
            }

            Posture = clear;
            Why = clear == Posture.Unknown ? RailUnknown.Undecided : RailUnknown.None;
        }

        private void Say(Posture posture, RailUnknown why)
        {
            Posture = posture;
            Why = why;
            HeldPercent = Stride.Missing;
        }
    }
}
