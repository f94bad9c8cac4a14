namespace Backstep.Link;

/// <summary>This computer's Bluetooth: finds sensors and makes links to them. One for each operating system.</summary>
public interface IBluetooth : IAsyncDisposable
{
    /// <summary>Sensors that are in the air, one by one, again when something about them changes, until
    /// cancelled.</summary>
    /// <param name="onSeen">Called from any thread, but never twice at once.</param>
    /// <param name="cancellationToken">Ends the search. It then returns; it does not throw.</param>
    /// <exception cref="BluetoothUnavailableException">Bluetooth cannot be used, or no longer.</exception>
    Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken);

    /// <summary>A link to a sensor that was seen; not yet up.</summary>
    ISensorLink LinkTo(SensorSighting sensor);
}

/// <summary>A sensor in the air.</summary>
/// <param name="Name">Its name; null when it told none.</param>
/// <param name="Address">Its Bluetooth address.</param>
/// <param name="SignalDbm">Strength of its signal here; null when not known.</param>
/// <param name="BatteryPercent">When the operating system knows it already; else null.</param>
/// <param name="IsConnected">Whether this computer holds a link to it already; it does not advertise then.</param>
public sealed record SensorSighting(
    string? Name, string Address, int? SignalDbm, int? BatteryPercent, bool IsConnected);

/// <summary>Bluetooth cannot be used on this computer; the message says why and what to do next.</summary>
public sealed class BluetoothUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
