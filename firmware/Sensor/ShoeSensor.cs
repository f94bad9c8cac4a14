using System;
using System.Device.Gpio;
using System.Diagnostics;
using Backstep.Protocol;
using Backstep.Sensor.Bluetooth;
using Backstep.Sensor.Board;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth.Security;
using nanoFramework.Runtime.Native;

namespace Backstep.Sensor
{
    /// <summary>All parts put together, and one pass through them: fetch, think, tell.</summary>
    public sealed class ShoeSensor
    {
        /// <summary>The LED shows a fault of the program for so long.</summary>
        private const int FaultShownMilliseconds = 5000;

        /// <summary>So long after a new passkey the program starts again: its answer is through by then.</summary>
        private const int RestartMilliseconds = 1000;

        /// <summary>Passes come a little late, never early: so much too early is still in time.</summary>
        private const int EarlyMilliseconds = 10;

        private readonly IClock _clock;
        private readonly StatusLed _led;
        private readonly Button _button;
        private readonly Battery _battery = new Battery();
        private readonly WalkRecorder _walk;
        private readonly TimeOfDay _timeOfDay;
        private readonly MotionFeed _feed;
        private readonly GattServer _server;
        private readonly IdleSleep _sleep;
        private readonly RawMotionBuffer _raw = new RawMotionBuffer();
        private readonly Passkey _passkey;
        private readonly bool _isStartUncounted;
        private LedSignal _signal;
        private long _nextTurnMilliseconds;
        private long _restartMilliseconds;
        private bool _isResting;
        private long _faultShownUntilMilliseconds;

        /// <summary>Wires the parts and goes on the air. The motion chip may still be missing; it is looked for in every pass.</summary>
        public ShoeSensor(IClock clock, IVolume volume)
        {
            _clock = clock;
            GpioController gpio = new GpioController();
            _led = new StatusLed(gpio);
            _button = new Button(gpio, clock);

            // Held while the power came: passkey and pairing are forgotten.
            bool isLost = _button.IsDown && !IdleSleep.WokenByButton;
            _passkey = new Passkey(new PasskeyStore(volume), isLost);
            WalkLog log = new WalkLog(volume);
            Journal = new SessionJournal(log);
            _walk = new WalkRecorder(Journal);
            _feed = new MotionFeed(_walk);
            _timeOfDay = new TimeOfDay(_feed);
            Settings settings = new Settings(new ConfigurationStore(volume), new RailStore(volume), _feed, _walk.Session);
            MotionChip chip = new MotionChip();
            Sampler = new MotionSampler(clock, chip, _feed, _raw);
            SessionReader sessions = new SessionReader(log, Journal);
            int run = RunCounter.CountStart(volume);
            _isStartUncounted = run == RunCounter.Uncounted;
            _server = new GattServer(_walk, settings, _passkey, _timeOfDay, _raw, _feed, _battery, chip, sessions, run);
            _server.Start();
            _sleep = new IdleSleep(chip, clock.NowMilliseconds);
            if (isLost)
            {
                DeviceBonding.DeleteAllBonds();
            }
        }

        /// <summary>The sampling, with its counters of what went wrong on the wire.</summary>
        public MotionSampler Sampler { get; }

        /// <summary>The sessions on their way to the flash, with its counters of what went wrong.</summary>
        public SessionJournal Journal { get; }

        /// <summary>Whether the flash refuses writes: at the start of the sensor, or the last time that a session was written.</summary>
        public bool IsStorageFailing
        {
            get { return _isStartUncounted || Journal.IsFailing; }
        }

        /// <summary>Passes that ended in an exception. Each is a defect; none stops the sensor.</summary>
        public uint Faults { get; private set; }

        /// <summary>
        /// One pass. Every tenth of a second there is a turn: the light may change and the work is done; the other passes have nothing to do. While the foot stands or has just begun to move, and nobody waits, every
        /// other turn rests: no stride can come then. The chip samples on into its FIFO (0.85 s deep), so this costs nothing but time: a stride is told at most 0.1 s later, within its
        /// budget of 150 ms after foot-flat. What it saves is the device's: some 2,000 ops and two transfers on the bus a turn, and for each transfer three objects on the heap.
        /// Never throws: a fault is counted and shown, and the next pass begins afresh.</summary>
        public void Pass()
        {
            long now = _clock.NowMilliseconds + EarlyMilliseconds;
            if (now < _nextTurnMilliseconds)
            {
                return;
            }

            try
            {
                // In step with the light, whatever the passes do. The light first: it shows also what goes wrong further down.
                _nextTurnMilliseconds = StatusLed.NextChange(now);
                _led.Show(_signal, now);
                _isResting = !_isResting && !IsSomethingUp(now);
                if (!_isResting)
                {
                    Work(now);
                }
            }
            catch (Exception fault)
            {
                Faults++;
                _faultShownUntilMilliseconds = _clock.NowMilliseconds + FaultShownMilliseconds;
                Debug.WriteLine(fault.Message);
            }
        }

        private bool IsSomethingUp(long now)
        {
            return !_feed.IsResting || !Sampler.IsAtEase || _raw.IsOn || _feed.Guide.IsRunning || _server.IsDue(now);
        }

        private void Work(long now)
        {
            _signal = Signal(now);
            Sampler.Drain();
            _walk.Session.Tick(_feed.NowMilliseconds);
            Journal.Work(now, _walk.Session, _timeOfDay);
            HeedButton(now);
            _battery.Refresh(now);
            _server.Publish(now);
            if (_passkey.IsOutdated)
            {
                Restart(now);
            }

            if (_sleep.IsDue(_walk.Strides.Newest, _server.Link.IsConnected, now))
            {
                _led.Show(LedSignal.Off, now);
                _sleep.Begin();
            }
        }

        // Once the last session is on the flash, unless the flash fails.
        private void Restart(long now)
        {
            if (_restartMilliseconds == 0)
            {
                _restartMilliseconds = now + RestartMilliseconds;
            }
            else if (now >= _restartMilliseconds && (!Journal.IsWaiting || Journal.IsFailing))
            {
                _led.Show(LedSignal.Off, now);
                Power.RebootDevice();
            }
        }

        private void HeedButton(long now)
        {
            SessionTracker session = _walk.Session;
            ButtonPress press = _button.Take();
            if (press != ButtonPress.None)
            {
                _sleep.Stay(now);
            }

            switch (press)
            {
                case ButtonPress.Tap:
                    if (session.State == SessionState.Active)
                    {
                        session.Pause();
                    }
                    else
                    {
                        session.Start();
                    }

                    break;
                case ButtonPress.Hold:
                    session.Stop();
                    break;
                default:
                    break;
            }
        }

        private LedSignal Signal(long now)
        {
            return !Sampler.IsStreaming || now < _faultShownUntilMilliseconds ? LedSignal.SensorFault
                : IsStorageFailing ? LedSignal.StorageFault
                : _battery.IsLow ? LedSignal.LowBattery
                : _feed.LacksStrides ? LedSignal.LookAtClip
                : _walk.Session.State == SessionState.Active ? LedSignal.Walking
                : _server.Link.IsConnected ? LedSignal.Connected
                : LedSignal.Searching;
        }
    }
}
