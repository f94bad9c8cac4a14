using nanoFramework.Hardware.Esp32;

namespace Backstep.NanoHost;

/// <summary>Which function sits on which pin: the map of an ESP32 (not S or C series) with the defaults of the nanoFramework image.</summary>
internal sealed class PinMap
{
    private readonly Dictionary<DeviceFunction, int> _pins = new()
    {
        [DeviceFunction.I2C1_DATA] = 18,
        [DeviceFunction.I2C1_CLOCK] = 19,
        [DeviceFunction.I2C2_DATA] = 25,
        [DeviceFunction.I2C2_CLOCK] = 26,
    };

    /// <summary>ADC1 channels 0..19 are fixed to these pins; they cannot be moved.</summary>
    private static readonly int[] AnalogPins = [36, 37, 38, 39, 32, 33, 34, 35, 36, 39, 4, 0, 2, 15, 13, 12, 14, 27, 25, 26];

    public static bool IsPin(int pin) => pin is >= 0 and <= 39 and not (20 or 24 or 28 or 29 or 30 or 31);

    /// <summary>GPIO 34 to 39 have no output driver.</summary>
    public static bool IsOutputPin(int pin) => IsPin(pin) && pin < 34;

    /// <summary>-1 when the channel does not exist.</summary>
    public static int AnalogPin(int channel) => channel >= 0 && channel < AnalogPins.Length ? AnalogPins[channel] : -1;

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
