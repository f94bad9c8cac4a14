namespace Backstep.VirtualSensor.Radio;

/// <summary>ATT errors that this radio gives itself (Core Specification, vol. 3, part F, 3.4.1.1).</summary>
public static class GattErrors
{
    /// <summary>No such attribute handle.</summary>
    public const byte InvalidHandle = 0x01;

    /// <summary>The characteristic cannot be read.</summary>
    public const byte ReadNotPermitted = 0x02;

    /// <summary>The characteristic cannot be written.</summary>
    public const byte WriteNotPermitted = 0x03;

    /// <summary>The link must be authenticated, or it must be encrypted and the peers share no keys yet.</summary>
    public const byte InsufficientAuthentication = 0x05;

    /// <summary>The device does not know such requests.</summary>
    public const byte RequestNotSupported = 0x06;

    /// <summary>Beyond the end of the value.</summary>
    public const byte InvalidOffset = 0x07;

    /// <summary>The peer may not do that.</summary>
    public const byte InsufficientAuthorization = 0x08;

    /// <summary>It has no descriptor for notifications.</summary>
    public const byte AttributeNotFound = 0x0A;

    /// <summary>Too long.</summary>
    public const byte InvalidLength = 0x0D;

    /// <summary>The application did not answer, or nobody handles the request.</summary>
    public const byte Unlikely = 0x0E;

    /// <summary>The peers share keys, but the link is not encrypted.</summary>
    public const byte InsufficientEncryption = 0x0F;
}
