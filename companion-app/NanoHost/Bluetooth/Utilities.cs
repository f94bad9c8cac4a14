namespace nanoFramework.Device.Bluetooth;

/// <summary>Short and long UUIDs.</summary>
public static class Utilities
{
    /// <summary>The Bluetooth base UUID: a short UUID sits in its first field.</summary>
    private static readonly byte[] Base = new Guid("00000000-0000-1000-8000-00805f9b34fb").ToByteArray();

    /// <summary>Length of a UUID on the air.</summary>
    public enum UuidType
    {
        Uuid16 = 0,
        Uuid32 = 1,
        Uuid128 = 2,
    }

    /// <summary>The first 16 bits.</summary>
    public static ushort ConvertUuidToShortId(Guid uuid) => (ushort)ConvertUuidToIntId(uuid);

    /// <summary>The first 32 bits.</summary>
    public static uint ConvertUuidToIntId(Guid uuid) => BitConverter.ToUInt32(uuid.ToByteArray(), 0);

    /// <summary>A long UUID from 16 bits.</summary>
    public static Guid CreateUuidFromShortCode(ushort uuid16) =>
        new(uuid16, 0, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5f, 0x9b, 0x34, 0xfb);

    /// <summary>Made from the base UUID.</summary>
    public static bool IsBluetoothSigUUID(Guid uuid) => uuid.ToByteArray().AsSpan(4).SequenceEqual(Base.AsSpan(4));

    /// <summary>Made from the base UUID and 16 bits.</summary>
    public static bool IsBluetoothSigUUID16(Guid uuid) =>
        IsBluetoothSigUUID(uuid) && ConvertUuidToIntId(uuid) <= 0xFFFF;

    /// <summary>The shortest form that holds it.</summary>
    public static UuidType TypeOfUuid(Guid uuid) =>
        IsBluetoothSigUUID16(uuid) ? UuidType.Uuid16 : IsBluetoothSigUUID(uuid) ? UuidType.Uuid32 : UuidType.Uuid128;
}
