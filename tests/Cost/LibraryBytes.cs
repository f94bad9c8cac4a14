namespace Backstep.Cost;

/// <summary>
/// What calls into nanoFramework's libraries put on the device's heap, beside what the program itself allocates for
/// them. Measured on the 32-bit CLR while the whole program walked: 6,507 bytes a second, of which 15.4 I2C transfers
/// took 5,164 and 4.5 notifications 615.
/// </summary>
public static class LibraryBytes
{
    /// <summary>
    /// One transfer: 336 bytes in all (5,164 / 15.37), less the 90 of the three structs that the program makes for two
    /// of them and counts itself (1,391 / 15.37). They are copies of the spans and the result, made while they are
    /// handed on.
    /// </summary>
    private const int Transfer = 246;

    /// <summary>
    /// One notification of some 20 bytes: an array of results (36), a result (60), a copy of the value (36 to 48).
    /// Measured: 615 / 4.48.
    /// </summary>
    private const int Notification = 137;

    /// <summary>A struct of one field.</summary>
    private const int SmallStruct = 2 * DeviceMemory.BlockBytes;

    private static readonly Dictionary<string, int> PerCall = new(StringComparer.Ordinal)
    {
        ["System.Device.I2c.I2cDevice.WriteRead"] = Transfer,
        ["System.Device.I2c.I2cDevice.Write"] = Transfer,
        ["System.Device.I2c.I2cDevice.Read"] = Transfer,
        ["nanoFramework.Device.Bluetooth.GenericAttributeProfile.GattLocalCharacteristic.NotifyValue"] = Notification,
        ["System.Device.Gpio.PinValue.get_Low"] = SmallStruct,
        ["System.Device.Gpio.PinValue.get_High"] = SmallStruct,
        ["System.Device.Gpio.GpioPin.Write"] = SmallStruct,
        ["System.Device.Gpio.GpioPin.Read"] = SmallStruct,
    };

    /// <summary>Bytes of one call; 0 for a method of which none are known.</summary>
    /// <param name="method">With its parameter types, as <see cref="DeviceCalls.NameOf"/> has it.</param>
    public static int Of(string method) =>
        PerCall.GetValueOrDefault(method[..method.IndexOf('(', StringComparison.Ordinal)]);
}
