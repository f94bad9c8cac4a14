using System;
using Backstep.Gait;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// From the bytes of the FIFO to the gait engine, and the strides onward. The numbers of samples and strides go on
    /// through a change of engine (another foot, another mount): nobody downstream sees them start anew.
    /// </summary>
    public sealed class MotionFeed
    {
        private const int PairBytes = 2 * MotionChip.SampleBytes;

        private readonly IStrideListener _listener;

        // The engine takes pairs. A sample that waits for the other of its pair lies at the beginning, and counts
        // already.
        private readonly byte[] _pair = new byte[PairBytes];
        private bool _isBetweenPair;

        private GaitEngine _engine;
        private Mount _mount;
        private FootSide _side;
        private uint _samplesBefore;
        private uint _stridesBefore;
        private uint _strides;
        private readonly RailWatch _rails = new RailWatch();
        private bool _hasRailWork;
        private bool _hasMore;
        private Stride _forRails;
        private Posture _posture;
        private bool _isOnFoot = true;
        private int _toeHalfDegrees = GaitEngine.DefaultToeLandingHalfDegrees;
        private int _heelHalfDegrees = GaitEngine.DefaultHeelLandingHalfDegrees;
        private int _levelCounts = Stride.Missing;
        private int _temperatureCounts = Stride.Missing;
        private bool _isLevelKnown;

        /// <summary>Feeds an engine for a chip whose axes are the foot's, until told otherwise.</summary>
        public MotionFeed(IStrideListener listener)
        {
            _listener = listener;
            _mount = Mount.Identity;
            _side = FootSide.Unknown;
            _engine = new GaitEngine(_mount, _side);
        }

        /// <summary>Samples since the program started, lost ones included: the sample clock, in units of
        /// <see cref="MotionScale.SampleMilliseconds"/>.</summary>
        public uint SampleCount
        {
            get { return _samplesBefore + _engine.SampleCount + (_isBetweenPair ? 1u : 0u); }
        }

        /// <summary>The sample clock in ms, that of <see cref="Stride.ContactMilliseconds"/>.</summary>
        public uint NowMilliseconds
        {
            get { return SampleCount * MotionScale.SampleMilliseconds; }
        }

        /// <summary>
        /// Whether the samples are a foot's. Those of a wrist are counted, for the sample clock, but nobody looks for
        /// strides in them: a swinging arm would make some. A change drops what was under way.
        /// </summary>
        public bool IsOnFoot
        {
            get
            {
                return _isOnFoot;
            }

            set
            {
                if (value != _isOnFoot)
                {
                    _isOnFoot = value;
                    Wrist = value ? null : new WristBuffer();
                    _hasMore = !_isOnFoot || _hasRailWork;
                    BeginEngine();
                }
            }
        }

        /// <summary>Whether nothing is under way that could end in a stride within the next few samples.</summary>
        public bool IsResting
        {
            get { return !_isOnFoot || _engine.IsResting; }
        }

        /// <summary>Whether the foot moves as in walking but yields no strides: the walker should look at the
        /// clip.</summary>
        public bool LacksStrides
        {
            get { return _isOnFoot && _engine.LacksStrides; }
        }

        /// <summary>The mount calibration, which is given the same samples and told of the same gaps.</summary>
        public MountGuide Guide { get; } = new MountGuide();

        /// <summary>The rails: what the strides say of them, and the calibration.</summary>
        public RailWatch Rails
        {
            get { return _rails; }
        }

        /// <summary>Whether the last stride has not been looked at yet for the sake of the rails.</summary>
        public bool HasRailWork
        {
            get { return _hasRailWork; }
        }

        /// <summary>What a unit on the wrist tells; null on a shoe.</summary>
        public WristBuffer Wrist { get; private set; }

        /// <summary>The chip's temperature now, in counts of its register, or <see cref="Stride.Missing"/> before it
        /// was first read.</summary>
        public int TemperatureCounts
        {
            get
            {
                return _temperatureCounts;
            }

            set
            {
                _temperatureCounts = value;
                JudgeLevel();
            }
        }

        /// <summary>
        /// Slope of the ground under the last strides in 0.1 %, positive where it is uphill in the direction of
        /// walking, or <see cref="Stride.Missing"/>: where the mount was not found on a level floor, where the chip is
        /// so much warmer or colder than it was then that its zero may have drifted by 1 % of slope, and where the
        /// strides do not agree.
        /// </summary>
        public int InclineTenthsPercent
        {
            get { return _isLevelKnown && _isOnFoot ? _engine.Incline.TenthsPercent : Stride.Missing; }
        }

        /// <summary>Whether the mount was found on a level floor: the chip's temperature then, in counts of its
        /// register, or <see cref="Stride.Missing"/>.</summary>
        public void UseLevel(int temperatureCounts)
        {
            _levelCounts = temperatureCounts;
            JudgeLevel();
        }

        /// <summary>
        /// Begins again with another mount, foot, or angles (half degrees) from which on a landing is called toe or
        /// heel, if they are others. What was under way is dropped.
        /// </summary>
        public void Use(Mount mount, FootSide side, int toeHalfDegrees, int heelHalfDegrees)
        {
            if (side == _side && toeHalfDegrees == _toeHalfDegrees && heelHalfDegrees == _heelHalfDegrees
                && IsSame(mount, _mount))
            {
                return;
            }

            _mount = mount;
            _side = side;
            _toeHalfDegrees = toeHalfDegrees;
            _heelHalfDegrees = heelHalfDegrees;
            BeginEngine();
            _rails.Estimator.Forget();
            _posture = Posture.Unknown;
        }

        /// <summary>Samples are missing between what was fed before and what comes next.</summary>
        public void Gap(uint lostSamples)
        {
            _engine.Gap(_isBetweenPair ? lostSamples + 1 : lostSamples);
            _isBetweenPair = false;
            Guide.Gap();
            if (Wrist != null)
            {
                Wrist.Gap();
            }
        }

        /// <summary>Feeds whole samples from the start of the buffer, two by two where it can: big-endian acceleration
        /// x, y, z and angular rate x, y, z.</summary>
        public void Feed(byte[] samples, int count)
        {
            if (_hasMore)
            {
                // One question for the two rare things, since it is asked for every pair of samples.
                if (!_isOnFoot)
                {
                    Wrist.Take(samples, count, NowMilliseconds);
                    _samplesBefore += (uint)count;
                    return;
                }

                WorkOnRails();
            }

            GaitEngine engine = _engine;
            int at = 0;
            int end = count * MotionChip.SampleBytes;
            if (_isBetweenPair && end > 0)
            {
                Array.Copy(samples, 0, _pair, MotionChip.SampleBytes, MotionChip.SampleBytes);
                _isBetweenPair = false;
                at = MotionChip.SampleBytes;
                if (engine.AddPair(_pair))
                {
                    Announce();
                }
            }
            else if (end >= PairBytes)
            {
                at = PairBytes;
                if (engine.AddPair(samples))
                {
                    Announce();
                }
            }

            // To copy a pair to where the engine reads it is a third of what the engine would need to read it
            // elsewhere.
            for (; at + PairBytes <= end; at += PairBytes)
            {
                Array.Copy(samples, at, _pair, 0, PairBytes);
                if (engine.AddPair(_pair))
                {
                    Announce();
                }
            }

            if (at < end)
            {
                Array.Copy(samples, at, _pair, 0, MotionChip.SampleBytes);
                _isBetweenPair = true;
            }
        }

        private void BeginEngine()
        {
            _samplesBefore = SampleCount;
            _isBetweenPair = false;
            _stridesBefore = _strides;
            _engine = new GaitEngine(_mount, _side, _toeHalfDegrees, _heelHalfDegrees);
        }

        // One part of the work for each call of Feed: the sample that brings a stride has enough to do.
        private void WorkOnRails()
        {
            Stride stride = _forRails;
            bool hasMore;
            if (stride == null)
            {
                hasMore = _rails.Work();
            }
            else
            {
                _forRails = null;
                hasMore = _rails.Add(stride, InclineTenthsPercent);
            }

            _hasRailWork = hasMore;
            _hasMore = hasMore;
            _posture = _rails.Estimator.Posture;
        }

        private void JudgeLevel()
        {
            _isLevelKnown = _levelCounts != Stride.Missing && _temperatureCounts != Stride.Missing
                && ZeroDrift.OfToesG(_mount, _temperatureCounts - _levelCounts) <= ZeroDrift.MostG;
        }

        private static bool IsSame(Mount a, Mount b)
        {
            return a.XX == b.XX && a.XY == b.XY && a.XZ == b.XZ
                && a.YX == b.YX && a.YY == b.YY && a.YZ == b.YZ
                && a.ZX == b.ZX && a.ZY == b.ZY && a.ZZ == b.ZZ;
        }

        private void Announce()
        {
            Stride stride = _engine.TakeStride(_posture);
            Stride numbered = _samplesBefore == 0 && _stridesBefore == 0 ? stride : Renumber(stride);
            _strides = numbered.Sequence;
            if (_forRails != null)
            {
                // Two in one breath: the first of a bout, and the one that confirmed it.
                WorkOnRails();
            }

            if (numbered.StrideMilliseconds == Stride.Missing)
            {
                // the estimator forgets a feeding later, and the next stride may be there already
                _posture = Posture.Unknown;
            }

            _forRails = numbered;
            _hasRailWork = true;
            _hasMore = true;
            _listener.OnStride(numbered);
        }

        private Stride Renumber(Stride stride)
        {
            return new Stride(
                sequence: _stridesBefore + stride.Sequence,
                contactMilliseconds: _samplesBefore * MotionScale.SampleMilliseconds + stride.ContactMilliseconds,
                direction: stride.Direction,
                landing: stride.Landing,
                posture: stride.Posture,
                confidencePercent: stride.ConfidencePercent,
                footStrikeHalfDegrees: stride.FootStrikeHalfDegrees,
                tiltHalfDegrees: stride.TiltHalfDegrees,
                strideMilliseconds: stride.StrideMilliseconds,
                swingMilliseconds: stride.SwingMilliseconds,
                lengthMillimeters: stride.LengthMillimeters,
                impactTenthsG: stride.ImpactTenthsG,
                decisionMilliseconds: stride.DecisionMilliseconds);
        }
    }
}
