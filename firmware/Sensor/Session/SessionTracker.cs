using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Sensor.Session
{
    /// <summary>
    /// One session of walking after another: it starts itself, pauses itself and ends itself, and obeys commands. All
    /// times come from the sample clock. Counts and sums only grow while a session lasts; nothing shown is ever taken
    /// back.
    /// </summary>
    public sealed class SessionTracker
    {
        /// <summary>Strides of known direction that start a session. Unknown ones are as likely shuffling or stepping
        /// onto the belt.</summary>
        public const int StridesToStart = 3;

        /// <summary>Without a stride for so long, the walker stands: the session pauses by itself.</summary>
        public const int PauseMilliseconds = Stride.LongestMilliseconds;

        /// <summary>Without a stride for so long, the walker has left.</summary>
        public const int EndMilliseconds = 120000;

        private const int MillisecondsPerMinute = 60000;
        private const int StepsPerStride = 2;

        private readonly ISessionListener _listener;
        private readonly CadenceMeter _cadence = new CadenceMeter();
        private readonly Stride[] _before = new Stride[StridesToStart];
        private int _beforeCount;
        private int _incline = Stride.Missing;
        private int _backwardInclines;
        private int _backwardInclineSum;
        private int _forwardInclines;
        private int _forwardInclineSum;

        private uint _lastId;
        private uint _nowMilliseconds;
        private uint _lastMilliseconds;
        private uint _timedMilliseconds;
        private uint _timedStrides;
        private uint _measuredMilliseconds;
        private uint _measuredMillimeters;
        private bool _inBout;
        private bool _pausedByCommand;
        private bool _hasPaused;
        private uint _pausedMilliseconds;
        private uint _resumedMilliseconds;
        private bool _isBarred;

        /// <summary>Sessions that nobody keeps, numbered from 1.</summary>
        public SessionTracker()
            : this(null, 0)
        {
        }

        /// <summary>Sessions that a listener keeps, numbered on from the last one that was kept before the sensor
        /// started; 0 when there was none.</summary>
        public SessionTracker(ISessionListener listener, int lastId)
        {
            _listener = listener;
            _lastId = (uint)lastId;
        }

        /// <summary>Idle, active, paused or ended.</summary>
        public SessionState State { get; private set; } = SessionState.Idle;

        /// <summary>Whether a session is active or paused.</summary>
        public bool IsRunning
        {
            get { return State == SessionState.Active || State == SessionState.Paused; }
        }

        /// <summary>Number of the session, 1 to 65535 and round again; it goes on through restarts. 0 before the first
        /// since the sensor started.</summary>
        public uint Id { get; private set; }

        /// <summary>When the session began, by the sample clock in ms.</summary>
        public uint StartMilliseconds { get; private set; }

        /// <summary>Counts every change of <see cref="State"/> and <see cref="Id"/>.</summary>
        public uint Changes { get; private set; }

        /// <summary>From the start to now, or to the end, in ms.</summary>
        public uint ElapsedMilliseconds { get; private set; }

        /// <summary>Time spent walking, in ms: from foot-off to contact and from contact to contact, counted when a
        /// stride is complete.</summary>
        public uint ActiveMilliseconds { get; private set; }

        /// <summary>Strides backward.</summary>
        public uint BackwardStrides { get; private set; }

        /// <summary>Strides forward.</summary>
        public uint ForwardStrides { get; private set; }

        /// <summary>Strides of unknown direction.</summary>
        public uint UnknownStrides { get; private set; }

        /// <summary>Backward strides whose landing is known.</summary>
        public uint LandedStrides { get; private set; }

        /// <summary>Of those, the ones that landed on the toes.</summary>
        public uint ToeFirstStrides { get; private set; }

        /// <summary>Strides for which it is known whether the rails were held.</summary>
        public uint PosturedStrides { get; private set; }

        /// <summary>Of those, the ones with a hand on a rail.</summary>
        public uint HeldStrides { get; private set; }

        /// <summary>Sum of the stride lengths that could be measured, in mm.</summary>
        public uint DistanceMillimeters { get; private set; }

        /// <summary>Number of the last stride counted; 0 before the first.</summary>
        public uint LastStride { get; private set; }

        /// <summary>Slope of the ground under the last strides in 0.1 %, positive where it is uphill in the direction
        /// of walking, as the feed has last told; <see cref="Stride.Missing"/> where it is not known, and while no
        /// session is active: the belt may be raised when nobody walks.</summary>
        public int InclineTenthsPercent
        {
            get { return State == SessionState.Active ? _incline : Stride.Missing; }
            set { _incline = value; }
        }

        /// <summary>Mean slope over the strides backward, or, where there are none, forward: up a hill backward and
        /// down again forward is a hill, not level. In 0.1 %, or <see cref="Stride.Missing"/> where it was never
        /// known.</summary>
        public int MeanInclineTenthsPercent
        {
            get
            {
                return BackwardStrides > 0 ? Mean(_backwardInclineSum, _backwardInclines)
                    : Mean(_forwardInclineSum, _forwardInclines);
            }
        }

        /// <summary>Whether the session's rhythm has settled.</summary>
        public RhythmMeter Rhythm { get; } = new RhythmMeter();

        /// <summary>Cadence and belt speed now, whatever the state.</summary>
        public CadenceMeter Now
        {
            get { return _cadence; }
        }

        /// <summary>Mean cadence while walking, both feet, in tenths of a step a minute; 0 before the first timed
        /// stride.</summary>
        public int MeanStepsPerMinuteTenths
        {
            get
            {
                return _timedMilliseconds == 0
                    ? 0
                    : (int)((ulong)_timedStrides * StepsPerStride * MillisecondsPerMinute * 10 / _timedMilliseconds);
            }
        }

        /// <summary>Mean belt speed over the strides that could be measured, in mm/s, or <see cref="Stride.Missing"/>
        /// when none could.</summary>
        public int MeanMillimetersPerSecond
        {
            get { return _measuredMilliseconds == 0 ? Stride.Missing
                : (int)((ulong)_measuredMillimeters * 1000 / _measuredMilliseconds); }
        }

        /// <summary>Tells the time, by the sample clock in ms.</summary>
        public void Tick(uint nowMilliseconds)
        {
            _nowMilliseconds = nowMilliseconds;
            _cadence.Tick(nowMilliseconds);
            int still = (int)(nowMilliseconds - (_pausedByCommand ? _pausedMilliseconds : _lastMilliseconds));
            SessionState state = State;
            if (state == SessionState.Active || state == SessionState.Paused)
            {
                ElapsedMilliseconds = nowMilliseconds - StartMilliseconds;
                if (state == SessionState.Active && still >= PauseMilliseconds)
                {
                    Enter(SessionState.Paused);
                    state = SessionState.Paused;
                }

                if (state == SessionState.Paused && still >= EndMilliseconds)
                {
                    End();
                }
            }

            if (_beforeCount > 0
                && (int)(nowMilliseconds - _before[_beforeCount - 1].ContactMilliseconds) >= PauseMilliseconds)
            {
                _beforeCount = 0;
            }
        }

        /// <summary>Takes a stride into the session, or towards the start of one.</summary>
        public void Add(Stride stride)
        {
            _cadence.Add(stride);
            if (IsRunning && LiesInPause(stride.ContactMilliseconds))
            {
                return;
            }

            if (State == SessionState.Paused && !_pausedByCommand && stride.Direction != Direction.Unknown)
            {
                Enter(SessionState.Active);
            }

            if (State == SessionState.Active || _pausedByCommand)
            {
                Count(stride);
            }
            else if (State != SessionState.Paused && stride.Direction != Direction.Unknown)
            {
                Collect(stride);
            }
        }

        /// <summary>Whether sessions are walked here. On a wrist they are not: it has no steps of its own. The one that
        /// runs ends with it.</summary>
        public void Allow(bool sessions)
        {
            _isBarred = !sessions;
            if (_isBarred)
            {
                Stop();
            }
        }

        /// <summary>Starts a session now, or goes on with a paused one. False when one is active already, and where
        /// none may be.</summary>
        public bool Start()
        {
            if (State == SessionState.Active || _isBarred)
            {
                return false;
            }

            if (State == SessionState.Paused)
            {
                _resumedMilliseconds = _pausedByCommand ? _nowMilliseconds : _resumedMilliseconds;
                _lastMilliseconds = _nowMilliseconds;
                _inBout = false;
                Enter(SessionState.Active);
            }
            else
            {
                Begin(_nowMilliseconds);
            }

            return true;
        }

        /// <summary>Pauses until <see cref="Start"/>: no stride whose contact lies in between is counted. False when
        /// none is active, or paused by command already.</summary>
        public bool Pause()
        {
            if (State != SessionState.Active && (State != SessionState.Paused || _pausedByCommand))
            {
                return false;
            }

            Enter(SessionState.Paused);
            _pausedByCommand = true;
            _hasPaused = true;
            _pausedMilliseconds = _nowMilliseconds;
            return true;
        }

        /// <summary>Ends the session; its figures stay until the next. False when there is none.</summary>
        public bool Stop()
        {
            if (!IsRunning)
            {
                return false;
            }

            End();
            return true;
        }

        /// <summary>Forgets the session and its figures.</summary>
        public void Reset()
        {
            Stop();
            Clear();
            Enter(SessionState.Idle);
        }

        private void Collect(Stride stride)
        {
            _before[_beforeCount] = stride;
            _beforeCount++;
            if (_beforeCount < StridesToStart)
            {
                return;
            }

            Begin(_before[0].ClearanceMilliseconds);
            for (int i = 0; i < StridesToStart; i++)
            {
                Count(_before[i]);
                _before[i] = null;
            }
        }

        private void Begin(uint startMilliseconds)
        {
            Clear();
            _lastId = _lastId >= Protocol.Session.MaxU16 ? 1 : _lastId + 1;
            Id = _lastId;
            StartMilliseconds = startMilliseconds;
            _lastMilliseconds = startMilliseconds;
            Enter(SessionState.Active);
            if (_listener != null)
            {
                _listener.OnBegun(this);
            }
        }

        private void End()
        {
            Enter(SessionState.Ended);
            if (_listener != null)
            {
                _listener.OnEnded(this);
            }
        }

        private void Enter(SessionState state)
        {
            State = state;
            Changes++;
            _pausedByCommand = false;
            _beforeCount = 0;
        }

        // A stride is told up to a second after its contact: it counts where that lies.
        private bool LiesInPause(uint contactMilliseconds)
        {
            return _hasPaused && (int)(contactMilliseconds - _pausedMilliseconds) >= 0
                && (_pausedByCommand || (int)(contactMilliseconds - _resumedMilliseconds) < 0);
        }

        private void Count(Stride stride)
        {
            bool follows = _inBout && stride.StrideMilliseconds != Stride.Missing;
            if (follows)
            {
                _timedMilliseconds += (uint)stride.StrideMilliseconds;
                _timedStrides++;
            }

            // Only what lies after the start, or the last stride: a command can fall into the middle of one.
            int since = (int)(stride.ContactMilliseconds - _lastMilliseconds);
            if (since > 0)
            {
                int walked = follows ? stride.StrideMilliseconds : stride.SwingMilliseconds;
                ActiveMilliseconds += (uint)(walked < since ? walked : since);
                _lastMilliseconds = stride.ContactMilliseconds;
            }

            _inBout = true;

            LastStride = stride.Sequence;
            Rhythm.Add(stride);
            CountKinds(stride);
            if (_listener != null)
            {
                _listener.OnCounted(stride);
            }
        }

        private void CountKinds(Stride stride)
        {
            if (stride.Direction == Direction.Backward)
            {
                BackwardStrides++;
                if (stride.Landing != Landing.Unknown)
                {
                    LandedStrides++;
                    if (stride.Landing == Landing.Toe)
                    {
                        ToeFirstStrides++;
                    }
                }
            }
            else if (stride.Direction == Direction.Forward)
            {
                ForwardStrides++;
            }
            else
            {
                UnknownStrides++;
            }

            CountIncline(stride.Direction);
            if (stride.Posture != Posture.Unknown)
            {
                PosturedStrides++;
                if (stride.Posture == Posture.Held)
                {
                    HeldStrides++;
                }
            }

            if (stride.LengthMillimeters != Stride.Missing)
            {
                DistanceMillimeters += (uint)stride.LengthMillimeters;
                if (stride.StrideMilliseconds != Stride.Missing)
                {
                    _measuredMillimeters += (uint)stride.LengthMillimeters;
                    _measuredMilliseconds += (uint)stride.StrideMilliseconds;
                }
            }
        }

        private void CountIncline(Direction direction)
        {
            if (_incline == Stride.Missing)
            {
                return;
            }

            if (direction == Direction.Backward)
            {
                _backwardInclines++;
                _backwardInclineSum += _incline;
            }
            else if (direction == Direction.Forward)
            {
                _forwardInclines++;
                _forwardInclineSum += _incline;
            }
        }

        private static int Mean(int sum, int count)
        {
            int half = sum < 0 ? -count / 2 : count / 2;
            return count == 0 ? Stride.Missing : (sum + half) / count;
        }

        private void Clear()
        {
            _backwardInclines = 0;
            _backwardInclineSum = 0;
            _forwardInclines = 0;
            _forwardInclineSum = 0;
            _inBout = false;
            _hasPaused = false;
            _timedMilliseconds = 0;
            _timedStrides = 0;
            _measuredMilliseconds = 0;
            _measuredMillimeters = 0;
            ElapsedMilliseconds = 0;
            ActiveMilliseconds = 0;
            BackwardStrides = 0;
            ForwardStrides = 0;
            UnknownStrides = 0;
            LandedStrides = 0;
            ToeFirstStrides = 0;
            PosturedStrides = 0;
            HeldStrides = 0;
            DistanceMillimeters = 0;
            LastStride = 0;
            Rhythm.Clear();
        }
    }
}
