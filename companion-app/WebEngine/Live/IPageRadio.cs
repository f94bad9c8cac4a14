namespace Backstep.WebEngine.Live;

/// <summary>A browser's Bluetooth, as far as a page has it: one call for each of Web Bluetooth's. What it brings comes
/// through <see cref="PageBluetooth"/>.</summary>
/// <remarks>Every call may fail with a <see cref="Link.SensorLinkException"/>: see <see cref="PageRadioText"/>.
/// </remarks>
public interface IPageRadio
{
    /// <summary>Sets up the link to a device that the walker has chosen.</summary>
    Task ConnectAsync(string deviceId);

    /// <summary>Lets it go.</summary>
    Task DisconnectAsync(string deviceId);

    /// <summary>Reads a value.</summary>
    Task<byte[]> ReadAsync(string deviceId, Guid service, Guid characteristic);

    /// <summary>Writes a value, and waits for the answer that it came.</summary>
    Task WriteAsync(string deviceId, Guid service, Guid characteristic, byte[] value);

    /// <summary>Has the values of a characteristic come.</summary>
    Task SubscribeAsync(string deviceId, Guid service, Guid characteristic);
}
