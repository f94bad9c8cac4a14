namespace Backstep.Walks.Events;

/// <summary>How the link to the sensor stands.</summary>
public enum LinkState
{
    /// <summary>Not connected, and nobody tries.</summary>
    Disconnected,

    /// <summary>Being set up for the first time.</summary>
    Connecting,

    /// <summary>Up.</summary>
    Connected,

    /// <summary>Lost; being set up again. The sensor counts on.</summary>
    Reconnecting,
}
