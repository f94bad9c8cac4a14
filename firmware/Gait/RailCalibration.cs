namespace Backstep.Gait
{
    /// <summary>
    /// The guided rail calibration: 40 strides with the rails held, 40 with free hands, one way, at one speed. It takes
    /// strides only during a step, and refuses two steps that were not walked alike.
    /// </summary>
    public sealed class RailCalibration
    {
        /// <summary>Strides of each step.</summary>
        public const int StridesNeeded = 40;

        // 10 % apart is another speed: its spread is another.
        private const int SpeedToleranceDivisor = 10;

        // 1 % of slope, which the shoe can tell apart: another incline.
        private const int MostInclineTenthsApart = 10;

        private const int FullPercent = 100;

        private RailWindow _window;
        private RailWindow _held;
        private RailWindow _free;
        private Direction _direction;
        private Posture _posture;
        private int _strides;
        private int _incline = Stride.Missing;
        private int _heldIncline = Stride.Missing;
        private int _freeIncline = Stride.Missing;

        /// <summary>Whether strides are being taken.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>Whether the last step has failed: it was walked at another speed or in another direction than the
        /// step before.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>How far the step is, 0 to 100 %.</summary>
        public int ProgressPercent
        {
            get { return _strides * FullPercent / StridesNeeded; }
        }

        /// <summary>Both baselines, at the incline that the shoe has measured, if it has in both steps and the two
        /// agree; null until both steps have been walked.</summary>
        public RailBaselines Found
        {
            get
            {
                return _held == null || _free == null
                    ? null
                    : new RailBaselines(
                        _direction,
                        (_held.BeltMillimetersPerSecond + _free.BeltMillimetersPerSecond) / 2,
                        Incline,
                        RailBaseline.Of(_held),
                        RailBaseline.Of(_free));
            }
        }

        private int Incline
        {
            get
            {
                int held = _heldIncline, free = _freeIncline;
                int apart = held > free ? held - free : free - held;
                return held == Stride.Missing || free == Stride.Missing || apart > MostInclineTenthsApart
                    ? Stride.Missing : (held + free) / 2;
            }
        }

        /// <summary>Begins a step.</summary>
        /// <param name="posture">Held or free. What an earlier such step has found is dropped.</param>
        public void Begin(Posture posture)
        {
            _posture = posture;
            if (posture == Posture.Held)
            {
                _held = null;
            }
            else
            {
                _free = null;
            }

            if (_held == null && _free == null)
            {
                _direction = Direction.Unknown;
            }

            _window = new RailWindow(StridesNeeded);
            _strides = 0;
            _incline = Stride.Missing;
            IsRunning = true;
            HasFailed = false;
        }

        /// <summary>Takes a stride.</summary>
        /// <param name="stride">The stride.</param>
        /// <param name="inclineTenthsPercent">The slope under the last strides, 0.1 %, or
        /// <see cref="Stride.Missing"/>.</param>
        public void Add(Stride stride, int inclineTenthsPercent)
        {
            if (!IsRunning || stride.Direction == Direction.Unknown)
            {
                return;
            }

            _incline = inclineTenthsPercent;

            if (_direction == Direction.Unknown)
            {
                _direction = stride.Direction;
            }
            else if (_direction != stride.Direction)
            {
                Fail();
                return;
            }

            _window.AddTimes(stride);
            _window.AddAngles(stride);
            if (stride.StrideMilliseconds != Stride.Missing)
            {
                _strides++;
                if (_strides == StridesNeeded)
                {
                    End();
                }
            }
        }

        /// <summary>Ends it; what was found is dropped.</summary>
        public void Cancel()
        {
            IsRunning = false;
            HasFailed = false;
            _strides = 0;
            _window = null;
            _held = null;
            _free = null;
            _direction = Direction.Unknown;
        }

        private void End()
        {
            IsRunning = false;
            int speed = _window.BeltMillimetersPerSecond;
            RailWindow before = _posture == Posture.Held ? _free : _held;
            int other = before == null ? 0 : before.BeltMillimetersPerSecond;
            int apart = speed > other ? speed - other : other - speed;
            if (_window.Count < StridesNeeded / 2 || speed <= 0 || (other > 0 && apart * SpeedToleranceDivisor > other))
            {
                Fail();
                return;
            }

            if (_posture == Posture.Held)
            {
                _held = _window;
                _heldIncline = _incline;
            }
            else
            {
                _free = _window;
                _freeIncline = _incline;
            }

            _window = null;
        }

        private void Fail()
        {
            IsRunning = false;
            HasFailed = true;
            _strides = 0;
            _window = null;
        }
    }
}
