using System.Device.Gpio;
using Backstep.NanoHost;
using Backstep.VirtualSensor.Processing;

namespace Backstep.VirtualSensor.Board;

/// <summary>What hangs on the ESP32's pins: an LED, a button, the chip's interrupt line, the battery.</summary>
public sealed class VirtualPins
{
    /// <summary>How often a watched interrupt line is looked at: the chip changes it at most once a
    /// millisecond.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(1);

    private readonly Wiring _wiring;
    private readonly Timeline _timeline;
    private readonly Processor _processor;
    private readonly Func<bool> _interruptLine;
    private readonly Dictionary<int, PinMode> _modes = [];
    private readonly Dictionary<int, bool> _driven = [];
    private readonly Dictionary<int, Action<bool>> _watchers = [];
    private bool _polling;

    internal VirtualPins(Wiring wiring, Timeline timeline, Processor processor, Func<bool> interruptLine,
        double batteryVolts)
    {
        _wiring = wiring;
        _timeline = timeline;
        _processor = processor;
        _interruptLine = interruptLine;
        BatteryVolts = batteryVolts;
        Host = new HostSide(this);
    }

    /// <summary>The LED went on or off.</summary>
    public event Action<bool>? LedChanged;

    /// <summary>The LED is lit.</summary>
    public bool Led => _driven.TryGetValue(_wiring.Led, out var high) && high != _wiring.IsLedLitByLow;

    /// <summary>A finger is on the button.</summary>
    public bool ButtonDown { get; private set; }

    /// <summary>Voltage of the cell.</summary>
    public double BatteryVolts { get; set; }

    /// <summary>The board needs no holding, or the program holds its power.</summary>
    internal bool IsPowerHeld => _wiring.PowerHold is not { } pin || _driven.GetValueOrDefault(pin);

    /// <summary>Called when the program lets go of the power.</summary>
    internal Action? PowerLetGo { get; set; }

    internal HostSide Host { get; }

    /// <summary>Puts a finger on the button or takes it off.</summary>
    public void SetButton(bool down)
    {
        if (ButtonDown != down)
        {
            ButtonDown = down;
            Changed(_wiring.Button);
        }
    }

    /// <summary>Presses the button for a while, beginning now; it is let go as time is advanced.</summary>
    public void PressButton(TimeSpan time)
    {
        SetButton(true);
        _timeline.In(time, () => SetButton(false));
    }

    /// <summary>After a reset nothing is driven, pulled or watched.</summary>
    internal void Reset()
    {
        _modes.Clear();
        _watchers.Clear();
        var lit = Led;
        _driven.Clear();
        if (lit)
        {
            RaiseLedChanged(false);
        }
    }

    /// <summary>The level at a pin, as the CPU reads it.</summary>
    internal bool Level(int pin)
    {
        if (_modes.TryGetValue(pin, out var mode) && mode >= PinMode.Output)
        {
            return _driven.GetValueOrDefault(pin);
        }

        if (pin == _wiring.MotionInterrupt)
        {
            return _interruptLine();
        }

        // An open input reads low here; on a real one it would float. The RTC keeps the button's pull-up in deep sleep.
        var isPulledUp = mode == PinMode.InputPullUp;
        return pin == _wiring.Button
            ? !ButtonDown && (isPulledUp || _wiring.IsButtonPulledUp || !_processor.IsRunning)
            : isPulledUp;
    }

    // As an event of the timeline: it reaches the owner on his own thread.
    private void RaiseLedChanged(bool lit) => _timeline.At(_timeline.Now, () => LedChanged?.Invoke(lit));

    private void Changed(int pin)
    {
        if (_watchers.TryGetValue(pin, out var watcher))
        {
            var level = Level(pin);
            _processor.Post(() => watcher(level));
        }
    }

    private void Poll()
    {
        _polling = _watchers.ContainsKey(_wiring.MotionInterrupt);
        if (_polling)
        {
            Changed(_wiring.MotionInterrupt);
            _timeline.In(WatchInterval, Poll);
        }
    }

    /// <summary>The side that the firmware sees.</summary>
    internal sealed class HostSide(VirtualPins pins) : IPins, IAnalogInputs
    {
        public bool Read(int pin) => pins.Level(pin);

        public void SetMode(int pin, PinMode mode) => pins._modes[pin] = mode;

        public void Write(int pin, bool high)
        {
            var (lit, held) = (pins.Led, pins.IsPowerHeld);
            pins._driven[pin] = high;
            if (pins.Led != lit)
            {
                pins.RaiseLedChanged(pins.Led);
            }

            if (held && !pins.IsPowerHeld)
            {
                pins.PowerLetGo?.Invoke();
            }
        }

        public void Watch(int pin, Action<bool>? changed)
        {
            if (changed == null)
            {
                pins._watchers.Remove(pin);
                return;
            }

            pins._watchers[pin] = changed;
            if (pin == pins._wiring.MotionInterrupt && !pins._polling)
            {
                pins._polling = true;
                pins._timeline.In(WatchInterval, pins.Poll);
            }
        }

        int IAnalogInputs.Read(int pin)
        {
            var wiring = pins._wiring;
            var volts = pin == wiring.Battery ? pins.BatteryVolts * wiring.BatteryDivider : 0;
            return (int)Math.Clamp(Math.Round(volts / wiring.AdcFullScaleVolts * 4095), 0, 4095);
        }
    }
}
