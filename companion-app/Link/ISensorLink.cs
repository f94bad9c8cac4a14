namespace Backstep.Link;

/// <summary>
/// One Bluetooth LE link to one sensor, and nothing above it: the in-memory radio, BlueZ and WinRT stand behind these
/// few members. What the radio brings waits until whoever drives the link calls <see cref="ReceiveAsync"/>; handlers
/// run inside that call and must not call back into the link.
/// </summary>
public interface ISensorLink : IDisposable
{
    /// <summary>What to call the sensor on screen.</summary>
    string Name { get; }

    /// <summary>Whether the link is up right now.</summary>
    bool IsConnected { get; }

    /// <summary>Raised when the link is lost, by whomever, with the reason in words as far as it is known.</summary>
    event Action<string>? Lost;

    /// <summary>Sets up an encrypted link with as large an MTU as both sides bear.</summary>
    /// <exception cref="SensorLinkException">The sensor is out of reach, or refuses.</exception>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Reads a characteristic.</summary>
    /// <exception cref="SensorLinkException">The link is gone, or the sensor refuses.</exception>
    Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken);

    /// <summary>Writes a characteristic and waits for the sensor's answer that it came.</summary>
    /// <exception cref="SensorLinkException">The link is gone, or the sensor refuses.</exception>
    Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken);

    /// <summary>Switches notifications or indications on. They end with the link.</summary>
    /// <exception cref="SensorLinkException">The link is gone, or the sensor has no such characteristic.</exception>
    Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue, CancellationToken cancellationToken);

    /// <summary>Waits until something has come, at most so long, and hands on all that came. Values may also be handed
    /// on inside the other calls.</summary>
    Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Lets the sensor go. Not a loss.</summary>
    Task DisconnectAsync();
}

/// <summary>What went wrong on a link, in words for a person.</summary>
public sealed class SensorLinkException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The ATT error with which the sensor refused, where it is known.</summary>
    public byte? AttError { get; init; }

    /// <summary>Whether it is of no use to try again: a key that the sensor has forgotten, a wrong passkey, Bluetooth
    /// that is off.</summary>
    public bool IsLasting { get; init; }
}
