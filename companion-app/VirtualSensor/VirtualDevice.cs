using Backstep.NanoHost;
using Backstep.Sensor;
using Backstep.Sensor.Board;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Processing;
using Backstep.VirtualSensor.Radio;
using Backstep.VirtualSensor.Walker;

namespace Backstep.VirtualSensor;

/// <summary>
/// The sensor on a PC: the real, unmodified firmware on a virtual board in virtual time. It is switched on when made.
/// Nothing happens but inside <see cref="Advance"/> and the calls of a central; one thread at a time runs, and the same
/// options give the same bytes every time.
/// </summary>
public sealed class VirtualDevice : IDisposable
{
    /// <summary>How long a person holds the power button of a board that has one.</summary>
    private static readonly TimeSpan PowerButton = TimeSpan.FromSeconds(3);

    private readonly Timeline _timeline = new();
    private readonly Processor _processor;
    private readonly VirtualPower _power;
    private readonly Action<IClock, IVolume> _program;
    private readonly TimeSpan _bootTime;
    private readonly IExternalRadio? _externalRadio;
    private readonly Wiring _wiring;
    private TimeSpan _bootedAt;
    private int _boots;

    /// <summary>Builds the device and switches it on.</summary>
    /// <param name="motion">What moves the chip.</param>
    /// <param name="options">Faults, noise, radio link, volume.</param>
    public VirtualDevice(IMotionSource motion, VirtualDeviceOptions? options = null)
        : this(motion, options, Sensor.Program.Run)
    {
    }

    /// <summary>Runs another program than the firmware's: for tests of the board itself.</summary>
    internal VirtualDevice(IMotionSource motion, VirtualDeviceOptions? options, Action<IClock, IVolume> program)
    {
        options ??= new VirtualDeviceOptions();
        _program = program;
        _bootTime = options.BootTime;
        _externalRadio = options.ExternalRadio;
        _wiring = options.Wiring;
        IsOnUsb = options.IsOnUsb;
        _processor = options.HasOneThread ? new PassProcessor(_timeline) : new ThreadProcessor(_timeline);
        Chip = new VirtualMotionChip(
            motion, options.Chip, options.Seed, () => _timeline.Now, options.Wiring, _processor.Hold);
        Pins = new VirtualPins(options.Wiring, _timeline, _processor, () => Chip.InterruptPin, options.BatteryVolts);
        Radio = new VirtualRadio(_timeline, _processor, options.Link, options.Seed + 1);
        Volume = options.Volume ?? new MemoryVolume();
        Volume.PowerLost = LosePower;
        Pins.PowerLetGo = () => _timeline.At(_timeline.Now, LoseHoldUnlessHeld(_boots));
        _power = new VirtualPower(_timeline, _processor, Pins) { Ended = OnEnded };
        PowerOn();
    }

    /// <summary>Virtual time since the device was made.</summary>
    public TimeSpan Elapsed => _processor.OwnersTime;

    /// <summary>The motion chip, and what can go wrong with it.</summary>
    public VirtualMotionChip Chip { get; }

    /// <summary>LED, button, battery.</summary>
    public VirtualPins Pins { get; }

    /// <summary>The flash volume, and what can go wrong with it.</summary>
    public MemoryVolume Volume { get; }

    /// <summary>The radio, and what can go wrong with it. It stays silent when the device was given an external
    /// one.</summary>
    public VirtualRadio Radio { get; }

    /// <summary>USB feeds the board: one that must hold its power on a cell does not go off then.</summary>
    public bool IsOnUsb { get; set; }

    /// <summary>The board has power (it may be in deep sleep).</summary>
    public bool IsPowered { get; private set; }

    /// <summary>The program runs: the board has power and is not in deep sleep or starting.</summary>
    public bool IsRunning => _processor.IsRunning;

    /// <summary>The firmware asked for deep sleep and has not been woken yet.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>What the firmware threw out of its loop, or out of a handler of an event; null while all is
    /// well.</summary>
    public Exception? Fault => _processor.Fault;

    /// <summary>Times that the program was started.</summary>
    public int Boots => _boots;

    /// <summary>Lets that much virtual time pass.</summary>
    public void Advance(TimeSpan time) => _processor.Advance(Elapsed + time);

    /// <summary>The power goes, at once: RAM is lost, the volume stays, a connected central notices by
    /// silence.</summary>
    public void PowerOff()
    {
        IsPowered = false;
        IsAsleep = false;
        _processor.Stop();
        Chip.PowerOff();
        SwitchRadioOff();
        Pins.Reset();
    }

    /// <summary>The power is back; the program starts after the boot time.</summary>
    public void PowerOn()
    {
        if (!IsPowered)
        {
            IsPowered = true;
            _power.Reset();
            Chip.PowerOn();
            Boot();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        PowerOff();
        (_processor as IDisposable)?.Dispose();
    }

    private void Boot()
    {
        var boot = ++_boots;
        IsAsleep = false;
        _bootedAt = _timeline.Now;
        if (_wiring.PowerHold is not null)
        {
            _timeline.In(PowerButton, LoseHoldUnlessHeld(boot));
        }

        _timeline.In(_bootTime, () =>
        {
            if (IsPowered && boot == _boots)
            {
                Run();
            }
        });
    }

    private void Run()
    {
        var time = new MachineTime(this);
        var radio = (IRadio?)_externalRadio ?? Radio.Host;
        var machine = new Machine(time, Chip.Bus, Pins.Host, Pins.Host, radio, _power, _wiring.Image);
        Radio.Attach(machine);
        _externalRadio?.PowerOn(raise => _processor.Post(() => raise(machine.RadioEvents)));
        _processor.Start(machine, new DeviceProgram(() => _program(time, Volume),
            () => new ShoeSensor(time, Volume, new Panel()).Pass));
    }

    // Until then a finger is on the power button; after that the program must hold the power itself.
    private Action LoseHoldUnlessHeld(int boot) => () =>
    {
        if (boot == _boots && IsPowered && !Pins.IsPowerHeld && !IsOnUsb)
        {
            PowerOff();
        }
    };

    private void OnEnded(bool deepSleep)
    {
        SwitchRadioOff();
        Pins.Reset();
        if (!Pins.IsPowerHeld && !IsOnUsb)
        {
            // A pin holds nothing in deep sleep, nor in a restart.
            PowerOff();
        }
        else if (deepSleep)
        {
            IsAsleep = true;
            _power.Watch(Boot);
        }
        else
        {
            _power.Reset();
            Boot();
        }
    }

    private void SwitchRadioOff()
    {
        Radio.PowerOff();
        _externalRadio?.PowerOff();
    }

    // In the middle of a write, on the firmware's thread: the rest follows as soon as its thread has ended.
    private Exception LosePower()
    {
        if (!_processor.IsRunning)
        {
            return new PowerOffException();
        }

        var stop = _processor.StopFromInside();
        _timeline.In(TimeSpan.Zero, PowerOff);
        return stop;
    }

    /// <summary>Time as the firmware sees it: since its own start.</summary>
    private sealed class MachineTime(VirtualDevice device) : ITime, IClock
    {
        public TimeSpan Now => device._timeline.Now - device._bootedAt;

        public long NowMilliseconds => (long)Now.TotalMilliseconds;

        public void Sleep(TimeSpan time) => device._processor.Sleep(time);

        public void Hold(TimeSpan time) => device._processor.Hold(time);

        void IClock.Sleep(int milliseconds) => device._processor.Sleep(TimeSpan.FromMilliseconds(milliseconds));
    }
}
