namespace Backstep.VirtualSensor.Radio;

/// <summary>The device answered with an ATT error.</summary>
public sealed class GattException(byte attError) : Exception($"ATT error 0x{attError:X2}: {Name(attError)}")
{
    /// <summary>The error: 0x01 to 0x13 of the specification, 0x80 to 0x9F of the application.</summary>
    public byte AttError { get; } = attError;

    private static string Name(byte error) => error switch
    {
        GattErrors.InvalidHandle => "invalid handle",
        GattErrors.ReadNotPermitted => "read not permitted",
        GattErrors.WriteNotPermitted => "write not permitted",
        GattErrors.InsufficientAuthentication => "insufficient authentication",
        GattErrors.AttributeNotFound => "attribute not found",
        GattErrors.InvalidLength => "invalid attribute value length",
        GattErrors.Unlikely => "unlikely error, or no answer within 2 s",
        GattErrors.InsufficientEncryption => "insufficient encryption",
        >= 0x80 and <= 0x9F => "application error",
        _ => "see the Core Specification, vol. 3, part F, 3.4.1.1",
    };
}

/// <summary>The link went while something waited for an answer, or was gone already.</summary>
public sealed class LinkLostException() : Exception("The Bluetooth link is gone.");

/// <summary>Pairing did not succeed.</summary>
public sealed class PairingException(string reason) : Exception("Pairing failed: " + reason);
