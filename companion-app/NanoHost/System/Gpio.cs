using System.Globalization;
using Backstep.NanoHost;
using nanoFramework.Runtime.Events;

namespace System.Device.Gpio;

/// <summary>Direction and pull resistor.</summary>
public enum PinMode
{
    /// <summary>Floating input.</summary>
    Input = 0,

    /// <summary>Input pulled down.</summary>
    InputPullDown = 1,

    /// <summary>Input pulled up.</summary>
    InputPullUp = 2,

    /// <summary>Push-pull output.</summary>
    Output = 3,

    /// <summary>Open drain.</summary>
    OutputOpenDrain = 4,

    /// <summary>Open drain, pulled up.</summary>
    OutputOpenDrainPullUp = 5,

    /// <summary>Open source.</summary>
    OutputOpenSource = 6,

    /// <summary>Open source, pulled down.</summary>
    OutputOpenSourcePullDown = 7,
}

/// <summary>Edges.</summary>
[Flags]
public enum PinEventTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Low to high.</summary>
    Rising = 1,

    /// <summary>High to low.</summary>
    Falling = 2,
}

/// <summary>A level.</summary>
public struct PinValue
{
    private readonly byte _value;

    private PinValue(byte value) => _value = value;

    /// <summary>High.</summary>
    public static PinValue High => new(1);

    /// <summary>Low.</summary>
    public static PinValue Low => new(0);

    /// <summary>0 is low.</summary>
    public static implicit operator PinValue(int value) => value == 0 ? Low : High;

    /// <summary>False is low.</summary>
    public static implicit operator PinValue(bool value) => value ? High : Low;

    /// <summary>0 or 1.</summary>
    public static explicit operator byte(PinValue value) => value._value;

    /// <summary>0 or 1.</summary>
    public static explicit operator int(PinValue value) => value._value;

    /// <summary>True is high.</summary>
    public static explicit operator bool(PinValue value) => value._value != 0;

    /// <summary>Same level.</summary>
    public static bool operator ==(PinValue a, PinValue b) => a.Equals(b);

    /// <summary>Other level.</summary>
    public static bool operator !=(PinValue a, PinValue b) => !a.Equals(b);

    /// <summary>Same level.</summary>
    public bool Equals(PinValue other) => other._value == _value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PinValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value;

    /// <inheritdoc/>
    public override string ToString() => _value == 0 ? "Low" : "High";
}

/// <summary>An edge.</summary>
public class PinValueChangedEventArgs : BaseEvent
{
    /// <summary>An edge at a pin.</summary>
    public PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber)
    {
        ChangeType = changeType;
        PinNumber = pinNumber;
    }

    /// <summary>Which edge.</summary>
    public PinEventTypes ChangeType { get; }

    /// <summary>GPIO number.</summary>
    public int PinNumber { get; }
}

/// <summary>Handles an edge, on the event thread.</summary>
public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);

/// <summary>Opens pins.</summary>
public sealed class GpioController : IDisposable
{
    private readonly Machine _machine = Machine.Current;

    /// <summary>Pins of the chip.</summary>
    public int PinCount => 40;

    /// <summary>Opens a pin as it is.</summary>
    /// <exception cref="InvalidOperationException">No such pin, or it is open.</exception>
    public GpioPin OpenPin(int pinNumber)
    {
        if (!_machine.PinMap.IsPin(pinNumber) || _machine.OpenPins.ContainsKey(pinNumber))
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"GPIO {pinNumber} does not exist or is open already."));
        }

        return _machine.OpenPins[pinNumber] = new GpioPin(_machine, pinNumber);
    }

    /// <summary>Opens a pin and sets its mode.</summary>
    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        var pin = OpenPin(pinNumber);
        try
        {
            pin.SetPinMode(mode);
        }
        catch
        {
            pin.Dispose();
            throw;
        }

        return pin;
    }

    /// <summary>Closes a pin.</summary>
    public void ClosePin(int pinNumber) => Open(pinNumber).Dispose();

    /// <summary>True when open.</summary>
    public bool IsPinOpen(int pinNumber) => _machine.OpenPins.ContainsKey(pinNumber);

    /// <summary>GPIO 34 to 39 of an ESP32 are inputs only and have no pull resistors.</summary>
    public bool IsPinModeSupported(int pinNumber, PinMode mode) => GpioPin.Supports(_machine, pinNumber, mode);

    /// <summary>The mode.</summary>
    public PinMode GetPinMode(int pinNumber) => Open(pinNumber).GetPinMode();

    /// <summary>Sets the mode.</summary>
    public void SetPinMode(int pinNumber, PinMode mode) => Open(pinNumber).SetPinMode(mode);

    /// <summary>Reads.</summary>
    public PinValue Read(int pinNumber) => Open(pinNumber).Read();

    /// <summary>Writes.</summary>
    public void Write(int pinNumber, PinValue value) => Open(pinNumber).Write(value);

    /// <summary>Closes all pins.</summary>
    public void Dispose()
    {
        foreach (var pin in _machine.OpenPins.Values.ToArray())
        {
            pin.Dispose();
        }
    }

    private GpioPin Open(int pinNumber) =>
        _machine.OpenPins.TryGetValue(pinNumber, out var pin) ? pin
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"GPIO {pinNumber} is not open."));
}

/// <summary>One pin.</summary>
public sealed class GpioPin : IDisposable
{
    private readonly Machine _machine;
    private PinMode _mode = PinMode.Input;
    private PinValueChangedEventHandler? _callbacks;
    private bool _level;
    private bool _disposed;
    private TimeSpan _lastEdge = TimeSpan.MinValue;

    internal GpioPin(Machine machine, int pinNumber)
    {
        _machine = machine;
        PinNumber = pinNumber;
    }

    /// <summary>Raised on both edges, on the event thread.</summary>
    public event PinValueChangedEventHandler ValueChanged
    {
        add
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_callbacks == null)
            {
                _level = _machine.Pins.Read(PinNumber);
                _machine.Pins.Watch(PinNumber, OnLevel);
            }

            _callbacks += value;
        }

        remove
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _callbacks -= value;
            if (_callbacks == null)
            {
                _machine.Pins.Watch(PinNumber, null);
            }
        }
    }

    /// <summary>Edges closer to the last than this are not reported.</summary>
    public TimeSpan DebounceTimeout { get; set; }

    /// <summary>GPIO number.</summary>
    public int PinNumber { get; }

    /// <summary>The mode.</summary>
    public PinMode GetPinMode()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _mode;
    }

    /// <summary>What the chip can.</summary>
    public bool IsPinModeSupported(PinMode pinMode)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Supports(_machine, PinNumber, pinMode);
    }

    /// <summary>Sets the mode.</summary>
    /// <exception cref="ArgumentException">The pin cannot do this.</exception>
    public void SetPinMode(PinMode value)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!Supports(_machine, PinNumber, value))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"GPIO {PinNumber} cannot be {value}."), nameof(value));
        }

        _mode = value;
        _machine.Pins.SetMode(PinNumber, value);
    }

    /// <summary>The level.</summary>
    public PinValue Read()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _machine.Pins.Read(PinNumber);
    }

    /// <summary>Drives the pin.</summary>
    /// <exception cref="InvalidOperationException">It is an input.</exception>
    public void Write(PinValue value)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_mode < PinMode.Output)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"GPIO {PinNumber} is an input."));
        }

        _machine.Pins.Write(PinNumber, (bool)value);
    }

    /// <summary>Inverts an output.</summary>
    public void Toggle() => Write(Read() == PinValue.Low);

    /// <summary>Closes the pin.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _machine.Pins.Watch(PinNumber, null);
            _machine.OpenPins.Remove(PinNumber);
            _disposed = true;
        }
    }

    internal static bool Supports(Machine machine, int pin, PinMode mode) => mode switch
    {
        PinMode.Input => machine.PinMap.IsPin(pin),
        PinMode.OutputOpenSource or PinMode.OutputOpenSourcePullDown => false,
        _ => machine.PinMap.IsOutputPin(pin),
    };

    private void OnLevel(bool high)
    {
        var now = _machine.Time.Now;
        var debounced = DebounceTimeout > TimeSpan.Zero && _lastEdge != TimeSpan.MinValue
            && now - _lastEdge < DebounceTimeout;
        if (_disposed || high == _level || debounced)
        {
            return;
        }

        _level = high;
        _lastEdge = now;
        _callbacks?.Invoke(this,
            new PinValueChangedEventArgs(high ? PinEventTypes.Rising : PinEventTypes.Falling, PinNumber));
    }
}
