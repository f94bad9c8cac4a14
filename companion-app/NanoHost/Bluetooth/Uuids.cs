namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>Services of the Bluetooth SIG that the firmware names. (The real class has more; it has no Fitness
/// Machine.)</summary>
public static class GattServiceUuids
{
    /// <summary>0x180F.</summary>
    public static Guid Battery => Utilities.CreateUuidFromShortCode(0x180F);

    /// <summary>0x180A.</summary>
    public static Guid DeviceInformation => Utilities.CreateUuidFromShortCode(0x180A);

    /// <summary>0x1800.</summary>
    public static Guid GenericAccess => Utilities.CreateUuidFromShortCode(0x1800);

    /// <summary>0x1801.</summary>
    public static Guid GenericAttribute => Utilities.CreateUuidFromShortCode(0x1801);

    /// <summary>0x1814.</summary>
    public static Guid RunningSpeedAndCadence => Utilities.CreateUuidFromShortCode(0x1814);
}

/// <summary>Characteristics of the Bluetooth SIG that the firmware names.</summary>
public static class GattCharacteristicUuids
{
    /// <summary>0x2A19.</summary>
    public static Guid BatteryLevel => Utilities.CreateUuidFromShortCode(0x2A19);

    /// <summary>0x2A54.</summary>
    public static Guid RscFeature => Utilities.CreateUuidFromShortCode(0x2A54);

    /// <summary>0x2A53.</summary>
    public static Guid RscMeasurement => Utilities.CreateUuidFromShortCode(0x2A53);

    /// <summary>0x2A55.</summary>
    public static Guid SCControlPoint => Utilities.CreateUuidFromShortCode(0x2A55);

    /// <summary>0x2A5D.</summary>
    public static Guid SensorLocation => Utilities.CreateUuidFromShortCode(0x2A5D);

    /// <summary>0x2A29.</summary>
    public static Guid ManufacturerNameString => Utilities.CreateUuidFromShortCode(0x2A29);

    /// <summary>0x2A24.</summary>
    public static Guid ModelNumberString => Utilities.CreateUuidFromShortCode(0x2A24);

    /// <summary>0x2A25.</summary>
    public static Guid SerialNumberString => Utilities.CreateUuidFromShortCode(0x2A25);

    /// <summary>0x2A27.</summary>
    public static Guid HardwareRevisionString => Utilities.CreateUuidFromShortCode(0x2A27);

    /// <summary>0x2A26.</summary>
    public static Guid FirmwareRevisionString => Utilities.CreateUuidFromShortCode(0x2A26);

    /// <summary>0x2A28.</summary>
    public static Guid SoftwareRevisionString => Utilities.CreateUuidFromShortCode(0x2A28);

    /// <summary>0x2A00.</summary>
    public static Guid GapDeviceName => Utilities.CreateUuidFromShortCode(0x2A00);

    /// <summary>0x2A01.</summary>
    public static Guid GapAppearance => Utilities.CreateUuidFromShortCode(0x2A01);
}

/// <summary>ATT errors. <see cref="InsufficientEncryption"/> and <see cref="UnsupportedGroupType"/> are both 15 in the
/// real class (the specification has 0x10 for the latter).</summary>
public static class GattProtocolError
{
    /// <summary>1.</summary>
    public static byte InvalidHandle => 1;

    /// <summary>2.</summary>
    public static byte ReadNotPermitted => 2;

    /// <summary>3.</summary>
    public static byte WriteNotPermitted => 3;

    /// <summary>4.</summary>
    public static byte InvalidPdu => 4;

    /// <summary>5.</summary>
    public static byte InsufficientAuthentication => 5;

    /// <summary>6.</summary>
    public static byte RequestNotSupported => 6;

    /// <summary>7.</summary>
    public static byte InvalidOffset => 7;

    /// <summary>8.</summary>
    public static byte InsufficientAuthorization => 8;

    /// <summary>9.</summary>
    public static byte PrepareQueueFull => 9;

    /// <summary>10.</summary>
    public static byte AttributeNotFound => 10;

    /// <summary>11.</summary>
    public static byte AttributeNotLong => 11;

    /// <summary>12.</summary>
    public static byte InsufficientEncryptionKeySize => 12;

    /// <summary>13.</summary>
    public static byte InvalidAttributeValueLength => 13;

    /// <summary>14.</summary>
    public static byte UnlikelyError => 14;

    /// <summary>15.</summary>
    public static byte InsufficientEncryption => 15;

    /// <summary>15.</summary>
    public static byte UnsupportedGroupType => 15;

    /// <summary>17.</summary>
    public static byte InsufficientResources => 17;
}
