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
        private readonly PowerHold _hold;
        private readonly Battery _battery;
        private readonly MotionChip _chip;
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
        private bool _isFetching;
        private long _faultShownUntilMilliseconds;

        /// <summary>Wires the parts and goes on the air. The motion chip may still be missing; it is looked for in every pass.</summary>
        public ShoeSensor(IClock clock, IVolume volume)
        {
            _clock = clock;
            GpioController gpio = new GpioController();
            Pins pins = BoardFinder.Find();
            _hold = new PowerHold(gpio, pins);
            _led = new StatusLed(gpio, pins);
            _button = new Button(gpio, pins, clock);
            _battery = new Battery(pins);

            // Held while the power came: passkey and pairing are forgotten.
            bool isLost = _button.IsDown && !IdleSleep.WokenByButton;
            _passkey = new Passkey(new PasskeyStore(volume), isLost);
            WalkLog log = new WalkLog(volume);
            Journal = new SessionJournal(log);
            _walk = new WalkRecorder(Journal);
            _feed = new MotionFeed(_walk);
            _timeOfDay = new TimeOfDay(_feed);
            Settings settings = new Settings(new ConfigurationStore(volume), new RailStore(volume), _feed, _walk.Session);
            _chip = new MotionChip(clock, pins);
            Sampler = new MotionSampler(clock, _chip, _feed, _raw);
            SessionReader sessions = new SessionReader(log, Journal);
            int run = RunCounter.CountStart(volume);
            _isStartUncounted = run == RunCounter.Uncounted;
            _server = new GattServer(_walk, settings, _passkey, _timeOfDay, _raw, _feed, _battery, _chip, sessions, run);
            _server.Start();
            _sleep = new IdleSleep(pins, clock.NowMilliseconds);
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
        /// One pass. Every tenth of a second there is a turn: the light may change, and what centrals wait for is
        /// done. Every other turn fetches the samples: the chip writes them into its FIFO, which holds 0.71 to 0.85 s,
        /// so that stalls of half a second cost nothing. Fewer fetches would leave less of that, and tell a stride
        /// later than the 0.2 s that it now waits at most; more of them cost two transfers each, with some 340 bytes
        /// of the device's heap for each transfer. A chip that is not well is asked every turn, and so is one whose
        /// raw samples somebody records: the smallest packets hold one.
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
                _isFetching = !_isFetching || !Sampler.IsAtEase || _raw.IsOn;
                if (_isFetching || _server.IsDue(now))
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

        private void Work(long now)
        {
            _signal = Signal(now);
            if (_isFetching)
            {
                Sampler.Drain();
            }

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
                Sleep();
            }
        }

        // Where the power must be held, the board goes off for good here when it lives on its cell.
        private void Sleep()
        {
            bool motionWakes = _chip.WatchForMotion();
            _hold.LetGo();
            _sleep.Begin(motionWakes);
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
                : _walk.Session.State == SessionState.Active ? LedSignal.Walking
                : _server.Link.IsConnected ? LedSignal.Connected
                : LedSignal.Searching;
        }
    }
}
