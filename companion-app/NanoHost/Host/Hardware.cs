using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Backstep.NanoHost;

/// <summary>The time of a machine.</summary>
public interface ITime
{
    /// <summary>Time since power-up.</summary>
    TimeSpan Now { get; }

    /// <summary>The calling thread sleeps; events of the machine are handled meanwhile.</summary>
    void Sleep(TimeSpan time);

    /// <summary>The CPU is held: time passes, but no managed code runs (an I2C transfer blocks all managed
    /// threads).</summary>
    void Hold(TimeSpan time);
}

/// <summary>The I2C buses as wires: a device answers only on the pins that it is soldered to.</summary>
public interface II2cBus
{
    /// <summary>One transfer: start, address, <paramref name="write"/>, repeated start, <paramref name="read"/>, stop;
    /// either part may be empty. Never throws for a bus fault.</summary>
    /// <param name="dataPin">SDA.</param>
    /// <param name="clockPin">SCL.</param>
    /// <param name="address">7 bits.</param>
    /// <param name="speed">Bus speed.</param>
    /// <param name="write">Bytes to write.</param>
    /// <param name="read">Filled only as far as bytes were really transferred.</param>
    /// <param name="transferred">Bytes written plus bytes read, without the address bytes.</param>
    I2cTransferStatus Transfer(int dataPin, int clockPin, int address, I2cBusSpeed speed, ReadOnlySpan<byte> write,
        Span<byte> read, out int transferred);
}

/// <summary>The pins of the chip, by GPIO number.</summary>
public interface IPins
{
    /// <summary>The level that the CPU reads.</summary>
    bool Read(int pin);

    /// <summary>Drives an output.</summary>
    void Write(int pin, bool high);

    /// <summary>Sets direction and pull resistors.</summary>
    void SetMode(int pin, PinMode mode);

    /// <summary>Asks that <paramref name="changed"/> is called, as an event of the machine, with each new level of the
    /// pin; null ends it.</summary>
    void Watch(int pin, Action<bool>? changed);
}

/// <summary>The analog-to-digital converter.</summary>
public interface IAnalogInputs
{
    /// <summary>A raw, uncalibrated reading of 12 bits at a GPIO pin: 0 to 4095.</summary>
    int Read(int pin);
}

/// <summary>Sleep and reboot. Both ways of stopping end the program: they do not return to the caller.</summary>
public interface IPower
{
    /// <summary>Why the program was started.</summary>
    Sleep.WakeupCause WakeCause { get; }

    /// <summary>Pins that ended a deep sleep by ext1.</summary>
    Sleep.WakeupGpioPin WakePins { get; }

    /// <summary>Wake after this time.</summary>
    void WakeByTimer(TimeSpan time);

    /// <summary>Wake when one pin has this level (ext0).</summary>
    void WakeByPin(int pin, bool high);

    /// <summary>Wake by several pins (ext1): any high, or all low.</summary>
    void WakeByPins(IReadOnlyList<int> pins, bool anyHigh);

    /// <summary>Stops the program until a wake cause; it then starts anew.</summary>
    void DeepSleep();

    /// <summary>Stops all threads until a wake cause, then goes on.</summary>
    void LightSleep();

    /// <summary>Stops the program and starts it anew.</summary>
    void Reboot(RebootOption option);
}
