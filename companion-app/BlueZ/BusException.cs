namespace Backstep.BlueZ;

/// <summary>A call over D-Bus that did not succeed.</summary>
/// <param name="name">The error's D-Bus name, such as org.bluez.Error.NotReady, or <see cref="OnThisSide"/>.</param>
/// <param name="message">What the other side said.</param>
public sealed class BusException(string name, string message) : Exception(message)
{
    /// <summary>It came from this side of the bus: the socket, or a message that is none.</summary>
    public const string OnThisSide = "local";

    /// <summary>No answer in time.</summary>
    public const string NoReply = "org.freedesktop.DBus.Error.NoReply";

    /// <summary>The connection to the bus is gone.</summary>
    public const string Disconnected = "org.freedesktop.DBus.Error.Disconnected";

    /// <summary>There is no adapter, or not the one that was asked for.</summary>
    public const string NoAdapter = "org.bluez.Error.NoSuchAdapter";

    /// <summary>The connection to the bus is gone.</summary>
    public static BusException Gone() => new(Disconnected, "the connection to the D-Bus daemon has ended");

    /// <summary>The error's D-Bus name.</summary>
    public string Name { get; } = name;
}
