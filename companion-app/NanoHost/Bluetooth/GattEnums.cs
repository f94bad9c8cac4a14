namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>What a central may do with a characteristic.</summary>
[Flags]
public enum GattCharacteristicProperties : uint
{
    None = 0,
    Broadcast = 1,
    Read = 2,
    WriteWithoutResponse = 4,
    Write = 8,
    Notify = 16,
    Indicate = 32,
    AuthenticatedSignedWrites = 64,
    ExtendedProperties = 128,
    ReliableWrites = 256,
    WritableAuxiliaries = 512,
}

/// <summary>How a transfer ended.</summary>
public enum GattCommunicationStatus
{
    Success = 0,
    Unreachable = 1,
    ProtocolError = 2,
    AccessDenied = 3,
}

/// <summary>What an access needs.</summary>
public enum GattProtectionLevel
{
    Plain = 0,
    AuthenticationRequired = 1,
    EncryptionRequired = 2,
    EncryptionAndAuthenticationRequired = 3,
}

/// <summary>State of the advertising.</summary>
public enum GattServiceProviderAdvertisementStatus
{
    Created = 0,
    Stopped = 1,
    Started = 2,
    Aborted = 3,
    StartedWithoutAllAdvertisementData = 4,
}

/// <summary>State of the link.</summary>
public enum GattSessionStatus
{
    Closed = 0,
    Active = 1,
}

/// <summary>Kind of a write.</summary>
public enum GattWriteOption
{
    WriteWithResponse = 0,
    WriteWithoutResponse = 1,
}
