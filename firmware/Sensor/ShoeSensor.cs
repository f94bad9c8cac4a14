using System;
using System.Device.Gpio;
using System.Diagnostics;
using Backstep.Protocol;
using Backstep.Sensor.Bluetooth;
using Backstep.Sensor.Board;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;

namespace Backstep.Sensor
{
    /// <summary>All parts put together, and one pass through them: fetch, think, tell.</summary>
    public sealed class ShoeSensor
    {
        /// <summary>The LED shows a fault of the program for so long.</summary>
        private const int FaultShownMilliseconds = 5000;

        private readonly IClock _clock;
        private readonly StatusLed _led;
        private readonly Button _button;
        private readonly Battery _battery = new Battery();
        private readonly WalkRecorder _walk;
        private readonly TimeOfDay _timeOfDay;
        private readonly MotionFeed _feed;
        private readonly GattServer _server;
        private readonly bool _isStartUncounted;
        private long _faultShownUntilMilliseconds;

        /// <summary>Wires the parts and goes on the air. The motion chip may still be missing; it is looked for in every pass.</summary>
        public ShoeSensor(IClock clock, IVolume volume)
        {
            _clock = clock;
            GpioController gpio = new GpioController();
            _led = new StatusLed(gpio);
            _button = new Button(gpio, clock);
            WalkLog log = new WalkLog(volume);
            Journal = new SessionJournal(log);
            _walk = new WalkRecorder(Journal);
            _feed = new MotionFeed(_walk);
            _timeOfDay = new TimeOfDay(_feed);
            Settings settings = new Settings(new ConfigurationStore(volume), _feed);
            RawMotionBuffer raw = new RawMotionBuffer();
            MotionChip chip = new MotionChip();
            Sampler = new MotionSampler(clock, chip, _feed, raw);
            SessionReader sessions = new SessionReader(log, Journal);
            int run = RunCounter.CountStart(volume);
            _isStartUncounted = run == RunCounter.Uncounted;
            _server = new GattServer(_walk, settings, _timeOfDay, raw, _battery, chip, sessions, run);
            _server.Start();
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

        /// <summary>One pass. Never throws: a fault is counted and shown, and the next pass begins afresh.</summary>
        public void Pass()
        {
            try
            {
                // The light first: it shows also what goes wrong further down, in every pass.
                long now = _clock.NowMilliseconds;
                _led.Show(Signal(now), now);
                Sampler.Drain();
                _walk.Session.Tick(_feed.NowMilliseconds);
                Journal.Work(now, _walk.Session, _timeOfDay);
                HeedButton();
                _battery.Refresh(now);
                _server.Publish(now);
            }
            catch (Exception fault)
            {
                Faults++;
                _faultShownUntilMilliseconds = _clock.NowMilliseconds + FaultShownMilliseconds;
                Debug.WriteLine(fault.Message);
            }
        }

        private void HeedButton()
        {
            SessionTracker session = _walk.Session;
            switch (_button.Take())
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
                : _battery.IsLow ? LedSignal.LowBattery
                : _walk.Session.State == SessionState.Active ? LedSignal.Walking
                : _server.Link.IsConnected ? LedSignal.Connected
                : LedSignal.Searching;
        }
    }
}
