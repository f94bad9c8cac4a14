using nanoFramework.Hardware.Esp32;

namespace Backstep.NanoHost;

/// <summary>
/// Which function sits on which pin, and what the pins of a processor can do, with the defaults of the nanoFramework
/// image.
/// </summary>
internal sealed class PinMap
{
    private readonly Dictionary<DeviceFunction, int> _pins;
    private readonly int[] _analogPins;
    private readonly Func<int, bool> _isPin;
    private readonly int _firstInputOnly;

    private PinMap(
        Dictionary<DeviceFunction, int> pins,
        int[] analogPins,
        Func<int, bool> isPin,
        int firstInputOnly,
        IEnumerable<int> rtcPins)
    {
        _pins = pins;
        _analogPins = analogPins;
        _isPin = isPin;
        _firstInputOnly = firstInputOnly;
        RtcPins = rtcPins.Aggregate(0UL, (bits, pin) => bits | (1UL << pin));
    }

    /// <summary>Pins that can end a deep sleep, as bits.</summary>
    public ulong RtcPins { get; }

    /// <summary>
    /// The classic ESP32: GPIO 34 to 39 are inputs only; ADC1 is on 36 to 39 and 32 to 35 (ESP32_DeviceMapping.cpp of
    /// the image).
    /// </summary>
    public static PinMap Esp32() => new(
        new()
        {
            [DeviceFunction.I2C1_DATA] = 18,
            [DeviceFunction.I2C1_CLOCK] = 19,
            [DeviceFunction.I2C2_DATA] = 25,
            [DeviceFunction.I2C2_CLOCK] = 26,
        },
        [36, 37, 38, 39, 32, 33, 34, 35, 36, 39, 4, 0, 2, 15, 13, 12, 14, 27, 25, 26],
        pin => pin is >= 0 and <= 39 and not (20 or 24 or 28 or 29 or 30 or 31),
        34,
        [0, 2, 4, .. Enumerable.Range(12, 4), 25, 26, 27, .. Enumerable.Range(32, 8)]);

    /// <summary>
    /// The ESP32-S3: no I2C pins before they are set, ADC1 on GPIO 1 to 10 and ADC2 on 11 to 20, RTC pins 0 to 21
    /// (ESP32-S3 data sheet, section 2.3; ESP32_S3_DeviceMapping.cpp of the image). No pin is an input only. 26 to 37
    /// belong to flash and octal PSRAM.
    /// </summary>
    public static PinMap Esp32S3() => new(
        [],
        [.. Enumerable.Range(1, 20)],
        pin => pin is (>= 0 and <= 21) or (>= 38 and <= 48),
        int.MaxValue,
        Enumerable.Range(0, 22));

    public bool IsPin(int pin) => _isPin(pin);

    /// <summary>Whether it can drive.</summary>
    public bool IsOutputPin(int pin) => IsPin(pin) && pin < _firstInputOnly;

    /// <summary>ADC channels are fixed to pins and cannot be moved; -1 when the channel does not exist.</summary>
    public int AnalogPin(int channel) => channel >= 0 && channel < _analogPins.Length ? _analogPins[channel] : -1;

    public bool TrySet(DeviceFunction function, int pin)
    {
        // The image refuses to move ADC channels and lets I2C only on pins that can drive low.
        switch ((DeviceTypes)((int)function & 0xFF0000))
        {
            case DeviceTypes.GPIO: return true;
            case DeviceTypes.I2C when IsOutputPin(pin):
            case DeviceTypes.SPI or DeviceTypes.SERIAL or DeviceTypes.PWM or DeviceTypes.I2S when IsPin(pin):
                _pins[function] = pin;
                return true;
            default: return false;
        }
    }

    /// <summary>-1 when nothing is mapped.</summary>
    public int Get(DeviceFunction function)
    {
        if (((int)function & 0xFF0000) == (int)DeviceTypes.ADC)
        {
            return AnalogPin((int)function & 0xFF);
        }

        return _pins.TryGetValue(function, out var pin) ? pin : -1;
    }
}
