using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using System.Device.Adc;
using System.Device.Gpio;
using System.Device.I2c;

namespace Backstep.Cost;

/// <summary>
/// What nanoFramework's own objects take, with all that only they lead to: NanoHost's stand-ins have other fields. From
/// the fields of the libraries' sources (Device.Bluetooth 1.1.123, System.Device.Gpio 1.1.62), or, where it says so,
/// from what was measured on the 32-bit CLR.
/// </summary>
public static class LibraryMemory
{
    /// <summary>An ArrayList (items, size, lock) and the array of four that it begins with.</summary>
    private static readonly long List = DeviceMemory.ObjectOf(3) + DeviceMemory.ArrayOf(4, DeviceMemory.BlockBytes);

    private static readonly long Uuid = DeviceMemory.ArrayOf(16, 1);

    /// <summary>16 fields, the UUID, four lists, an empty description: 732 bytes. Measured: about 730.</summary>
    public static long Characteristic { get; } =
        DeviceMemory.ObjectOf(16) + Uuid + (4 * List) + DeviceMemory.LiteralBytes;

    /// <summary>Status, service, publisher; the service's UUID and its list: 240 bytes.</summary>
    public static long Service { get; } = DeviceMemory.ObjectOf(3) + DeviceMemory.ObjectOf(2) + Uuid + List;

    private static readonly long Buffer = DeviceMemory.ObjectOf(2);

    /// <summary>
    /// Two characteristics of the Device Information service that the library makes with the first service. They live
    /// on when that service is replaced, since events are looked up by characteristic. With the first service and its
    /// own: 2,136 bytes, as measured.
    /// </summary>
    public static long DefaultInformation { get; } = 2 * (Characteristic + Buffer + DeviceMemory.ArrayOf(32, 1));

    /// <summary>
    /// The advertisement with its sections, the publisher, and the two packets. Measured: what StartAdvertising leaves.
    /// </summary>
    public const long Advertising = 1260;

    /// <summary>The server, its session, its pairing. Measured.</summary>
    public const long Server = 348;

    /// <summary>The two lists of 23 characteristics and 5 services beyond the four that a list begins with.</summary>
    public static long Lists(int characteristics, int services) => Grown(characteristics) + Grown(services);

    /// <summary>What a list of so many takes beyond an empty one: it doubles.</summary>
    public static long Grown(int count)
    {
        int capacity = 4;
        while (capacity < count)
        {
            capacity *= 2;
        }

        return DeviceMemory.ArrayOf(capacity, DeviceMemory.BlockBytes)
            - DeviceMemory.ArrayOf(4, DeviceMemory.BlockBytes);
    }

    /// <summary>A client's subscription: the entry (2 blocks), a session (5) and a device id (2) of its own.</summary>
    public static long Subscription { get; } =
        DeviceMemory.ObjectOf(1) + DeviceMemory.ObjectOf(4) + DeviceMemory.ObjectOf(1);

    /// <summary>
    /// The bytes of a library's object; null for an object that is none of theirs, or that is counted with another.
    /// </summary>
    public static long? Of(object live) => live switch
    {
        GattLocalCharacteristic => Characteristic,
        GattServiceProvider => Service,
        nanoFramework.Device.Bluetooth.Buffer => Buffer,
        GpioPin => 252, // with half of the controller. Measured: 636 for the controller, two pins, light and button
        I2cDevice => 168, // settings, a byte, a lock, a finalizer's entry. Measured: 684 for the chip with it
        AdcChannel => 144, // with its controller. Measured: 216 for the battery with it

        // Counted with what leads to them.
        GpioController or AdcController or BluetoothLEServer or GattSession or GattLocalService => 0,
        _ => null,
    };
}
