using Backstep.Protocol;

namespace Backstep.Walks.Sessions;

/// <summary>What is known of a session when it begins.</summary>
public sealed record SessionHeader
{
    /// <summary>Its key in the store, from 1; 0 while it is not kept yet.</summary>
    public long Id { get; init; }

    /// <summary>Who walks.</summary>
    public long WalkerId { get; init; }

    /// <summary>When it began, with the offset of the place where it did.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>
    /// Whether the time of the start is not known, because a sensor kept the session alone and its clock was not set:
    /// <see cref="StartedAt"/> is then when it was fetched, the latest that it can have begun.
    /// </summary>
    public bool IsStartUnknown { get; init; }

    /// <summary>Where and how.</summary>
    public WalkMode Mode { get; init; }

    /// <summary>Whether no person walked. Such a session is marked wherever it is shown, and never counts towards the
    /// programme.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The time that was set, if any.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>Incline of belt or hill in %, if the walker told.</summary>
    public double? InclinePercent { get; init; }

    /// <summary>The sensors, at least one; a stride names its own by the position in this list.</summary>
    public required IReadOnlyList<SessionSensor> Sensors { get; init; }
}

/// <summary>A sensor's part in a session.</summary>
/// <param name="Name">Its name, or the scenario of a simulated walk.</param>
/// <param name="Address">Its Bluetooth address; null when simulated.</param>
/// <param name="Placement">Where it sat.</param>
public sealed record SessionSensor(string Name, string? Address, Placement Placement)
{
    /// <summary>The number that the sensor itself gave the session, 1 to 65535; null when it had none. With address and
    /// <see cref="Flash"/> it tells which of the sensor's sessions is kept already.</summary>
    public int? SessionNumber { get; init; }

    /// <summary>The flash that counted it, under which the number never comes again; null when the sensor did not
    /// tell.</summary>
    public uint? Flash { get; init; }
}
