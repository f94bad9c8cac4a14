using System;
using System.Diagnostics;
using Backstep.Protocol;
using Backstep.Sensor.Bluetooth;
using Backstep.Sensor.Board;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth.Security;
using nanoFramework.Hardware.Esp32;
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

        /// <summary>The device's tick: only multiples of it can be waited for.</summary>
        private const int TickMilliseconds = 10;

        /// <summary>For what has time: battery, restart, sleep.</summary>
        private const int ChoreMilliseconds = 1000;

        /// <summary>
        /// Passes in a row without memory (some 10 s) that may pass by themselves; then only a restart helps.
        /// </summary>
        private const int MostPassesWithoutMemory = 100;

        private readonly IClock _clock;
        private readonly StatusLed _led;
        private readonly Button _button;
        private readonly PowerHold _hold;
        private readonly Battery _battery;
        private readonly MotionChip _chip;
        private readonly WalkRecorder _walk;
        private readonly SessionTracker _session;
        private readonly MotionSampler _sampler;
        private readonly SessionJournal _journal;
        private readonly TimeOfDay _timeOfDay;
        private readonly MotionFeed _feed;
        private readonly GattServer _server;
        private readonly IdleSleep _sleep;
        private readonly RawMotionBuffer _raw = new RawMotionBuffer();
        private readonly Passkey _passkey;
        private readonly Erasure _erasure;
        private readonly StrangerWatch _strangers;
        private readonly bool _isStartUncounted;
        private LedSignal _signal;
        private long _nextTurnMilliseconds;
        private long _restartMilliseconds;
        private long _nextChoreMilliseconds;
        private bool _isFetching;
        private long _faultShownUntilMilliseconds;
        private LedSignal _fault;
        private int _passesWithoutMemory;

        /// <summary>Wires the parts and goes on the air. The motion chip may still be missing; it is looked for in
        /// every pass.</summary>
        /// <exception cref="OutOfMemoryException">
        /// The heap is too small to build them, or to run them afterwards.
        /// </exception>
        public ShoeSensor(IClock clock, IVolume volume, Panel panel)
        {
            _clock = clock;
            Pins pins = panel.Pins;
            _led = panel.Led;
            _hold = panel.Hold;
            _button = new Button(panel.Gpio, pins, clock);
            _battery = new Battery(pins);

            // Held while the power came: passkey and pairing are forgotten.
            bool isLost = _button.IsDown && !IdleSleep.WokenByButton;
            _passkey = new Passkey(new PasskeyStore(volume), isLost, clock.NowMilliseconds);
            RestartMark restart = new RestartMark(volume);
            RunCounter runs = new RunCounter(volume, HighResTimer.GetCurrent());
            _isStartUncounted = runs.Run == RunCounter.Uncounted;
            WalkLog log = new WalkLog(volume);
            _journal = new SessionJournal(log, runs.Run);
            _walk = new WalkRecorder(_journal, _journal.LastId);
            _session = _walk.Session;
            _feed = new MotionFeed(_walk);
            _timeOfDay = new TimeOfDay(_feed);
            Settings settings = new Settings(new ConfigurationStore(volume), new LevelStore(volume),
                new RailStore(volume), _feed, _session);
            _chip = new MotionChip(clock, pins);
            _sampler = new MotionSampler(clock, _chip, _feed, _raw);
            SessionReader sessions = new SessionReader(log, _journal);
            _erasure = new Erasure(volume, sessions, settings, runs, _passkey);
            bool isErased = _erasure.IsBegun && _erasure.Erase();
            _server = new GattServer(_walk, settings, _passkey, _erasure, _timeOfDay, _raw, _feed, _battery, _chip,
                sessions, runs);
            MemoryFault.DemandRoom();
            if (!restart.WasOwn && (IdleSleep.IsPowerOn || IdleSleep.WokenByButton))
            {
                _server.Pairing.Open(clock.NowMilliseconds);
            }

            _server.Start();
            _strangers = new StrangerWatch(restart, _server.Link);
            _sleep = new IdleSleep(pins, clock.NowMilliseconds);
            if (isLost)
            {
                DeviceBonding.DeleteAllBonds();
            }

            if (isErased)
            {
                _erasure.Unlock();
            }
        }

        /// <summary>The sampling, with its counters of what went wrong on the wire.</summary>
        public MotionSampler Sampler
        {
            get { return _sampler; }
        }

        /// <summary>The sessions on their way to the flash, with its counters of what went wrong.</summary>
        public SessionJournal Journal
        {
            get { return _journal; }
        }

        /// <summary>Whether the flash refuses writes: at the start of the sensor, or the last time that a session was
        /// written.</summary>
        public bool IsStorageFailing
        {
            get { return _isStartUncounted || _journal.IsFailing; }
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
        /// A fault is counted and shown, and the next pass begins afresh. Returns how long there is nothing to do then,
        /// in ms, a multiple of the tick.
        /// </summary>
        /// <exception cref="OutOfMemoryException">There has been no memory for 10 s.</exception>
        public int Pass()
        {
            try
            {
                return Turn();
            }
            catch (OutOfMemoryException)
            {
                _passesWithoutMemory++;
                if (_passesWithoutMemory >= MostPassesWithoutMemory)
                {
                    throw;
                }

                Note(LedSignal.MemoryFault);
            }
            catch (Exception fault)
            {
                Note(LedSignal.SensorFault);
                Debug.WriteLine(fault.Message);
            }

            return StatusLed.SlotMilliseconds;
        }

        private int Turn()
        {
            long now = _clock.NowMilliseconds + EarlyMilliseconds;
            if (now < _nextTurnMilliseconds)
            {
                return WaitMilliseconds(now);
            }

            // In step with the light, whatever the passes do. The light first: it shows also what goes wrong further
            // down.
            _nextTurnMilliseconds = StatusLed.NextChange(now);
            _led.Show(_signal, now);
            _isFetching = !_isFetching || !_sampler.IsAtEase || _raw.IsOn;
            if (_isFetching || _server.IsDue(now))
            {
                Work(now);
                _passesWithoutMemory = 0;
            }

            return WaitMilliseconds(_clock.NowMilliseconds + EarlyMilliseconds);
        }

        private void Note(LedSignal fault)
        {
            Faults++;
            _fault = fault;
            _faultShownUntilMilliseconds = _clock.NowMilliseconds + FaultShownMilliseconds;
        }

        // Rounded up: a little late is what the turns are made for.
        private int WaitMilliseconds(long now)
        {
            int wait = (int)(_nextTurnMilliseconds - now);
            return wait <= TickMilliseconds
                ? TickMilliseconds
                : (wait + TickMilliseconds - 1) / TickMilliseconds * TickMilliseconds;
        }

        private void Work(long now)
        {
            if (_isFetching)
            {
                _sampler.Drain();
            }

            _session.InclineTenthsPercent = _feed.InclineTenthsPercent;
            _session.Tick(_feed.NowMilliseconds);
            _journal.Work(now, _session, _timeOfDay);
            if (_button.IsPressed)
            {
                HandleButton(now);
            }

            if (now >= _nextChoreMilliseconds)
            {
                _nextChoreMilliseconds = now + ChoreMilliseconds;
                DoChores(now);
            }

            if (_server.IsDue(now))
            {
                _server.Publish(now);
                _signal = Signal(now);
                return;
            }

            _server.PublishStrides();
            if (!_sampler.IsAtEase || _fault != LedSignal.Off)
            {
                _signal = Signal(now);
            }
        }

        private void DoChores(long now)
        {
            _battery.Refresh(now);
            if (_passkey.IsOutdated || _erasure.IsDone)
            {
                Restart(now);
            }

            if (_strangers.IsDue(_walk.Strides.Newest, _session.IsRunning, now))
            {
                Power.RebootDevice();
            }

            if (_sleep.IsDue(_walk.Strides.Newest, _server.Link.IsOwners, now))
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
            else if (now >= _restartMilliseconds && (!_journal.IsWaiting || _journal.IsFailing))
            {
                _led.Show(LedSignal.Off, now);
                Power.RebootDevice();
            }
        }

        private void HandleButton(long now)
        {
            _sleep.Stay(now);
            _strangers.OnOwnerPresent(now);
            SessionTracker session = _session;
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
                case ButtonPress.Pair:
                    LetPair(now);
                    break;
                default:
                    break;
            }
        }

        // A stranger on the one link would keep the owner out: the start that drops him opens the pairing as well.
        private void LetPair(long now)
        {
            _server.Pairing.Open(now);
            if (_server.Link.IsConnected && !_server.Link.IsOwners && !_session.IsRunning && !_journal.IsWaiting)
            {
                Power.RebootDevice();
            }
        }

        private LedSignal Signal(long now)
        {
            if (now >= _faultShownUntilMilliseconds)
            {
                _fault = LedSignal.Off;
            }

            return _fault != LedSignal.Off ? _fault
                : !_sampler.IsStreaming ? LedSignal.SensorFault
                : IsStorageFailing ? LedSignal.StorageFault
                : _battery.IsLow ? LedSignal.LowBattery
                : _feed.LacksStrides ? LedSignal.LookAtClip
                : _session.State == SessionState.Active ? LedSignal.Walking
                : _server.Link.IsConnected ? LedSignal.Connected
                : _server.Pairing.IsOpen(now) ? LedSignal.Pairing
                : LedSignal.Searching;
        }
    }
}
