using nanoFramework.Hardware.Esp32;

namespace Backstep.NanoHost;

/// <summary>
/// One microcontroller: what the native side of the class libraries is on the device. All statics of the stand-ins
/// (BluetoothLEServer.Instance, Configuration...) resolve it through <see cref="Current"/>, which flows with the
/// execution context: several machines live in one process, and threads that the firmware starts inherit theirs.
/// </summary>
public sealed class Machine
{
    /// <summary>The image of a classic ESP32 of revision 3 with PSRAM and Bluetooth.</summary>
    public const string Esp32Image = "ESP32_BLE_REV3";

    private static readonly AsyncLocal<Machine?> Ambient = new();

    /// <summary>Builds a machine from its parts. Pin functions, open pins and the Bluetooth stack start as after a
    /// reset.</summary>
    public Machine(
        ITime time,
        II2cBus i2c,
        IPins pins,
        IAnalogInputs analog,
        IRadio radio,
        IPower power,
        string targetName = Esp32Image)
    {
        Time = time;
        I2c = i2c;
        Pins = pins;
        Analog = analog;
        Radio = radio;
        Power = power;
        TargetName = targetName;
        PinMap = targetName.StartsWith("ESP32_S3", StringComparison.Ordinal) ? PinMap.Esp32S3() : PinMap.Esp32();
        Bluetooth = new BluetoothStack(this);
    }

    /// <summary>The machine of the calling code.</summary>
    /// <exception cref="InvalidOperationException">The code runs outside of any machine.</exception>
    public static Machine Current => Ambient.Value ?? throw new InvalidOperationException(
        "This code uses nanoFramework hardware but runs on no machine. Run it inside a VirtualDevice, or enter a "
        + "Machine with Machine.Enter() first.");

    /// <summary>Virtual time.</summary>
    public ITime Time { get; }

    /// <summary>The I2C wires.</summary>
    public II2cBus I2c { get; }

    /// <summary>The GPIO pins.</summary>
    public IPins Pins { get; }

    /// <summary>The analog inputs.</summary>
    public IAnalogInputs Analog { get; }

    /// <summary>The Bluetooth controller and host stack below the managed library.</summary>
    public IRadio Radio { get; }

    /// <summary>Sleep, wake and reboot.</summary>
    public IPower Power { get; }

    /// <summary>The managed half of the Bluetooth stack; the radio raises its events here.</summary>
    public IRadioEvents RadioEvents => Bluetooth;

    /// <summary>The image that runs on it; it says also which processor this is.</summary>
    public string TargetName { get; }

    internal PinMap PinMap { get; }

    internal Dictionary<int, System.Device.Gpio.GpioPin> OpenPins { get; } = [];

    internal BluetoothStack Bluetooth { get; }

    /// <summary>Makes this the current machine of the calling context until the result is disposed.</summary>
    public IDisposable Enter()
    {
        var scope = new Scope(Ambient.Value);
        Ambient.Value = this;
        return scope;
    }

    private sealed class Scope(Machine? previous) : IDisposable
    {
        public void Dispose() => Ambient.Value = previous;
    }
}
