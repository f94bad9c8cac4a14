namespace Backstep.WebEngine.Keeping;

/// <summary>A piece of a session, as a page keeps it: some of these, and the others null. In the order in which they
/// were written they are the session, so that one that is cut off is whole up to there.</summary>
public sealed record ChunkJson
{
    /// <summary>The layout. A change that an older page would read wrongly makes a new one.</summary>
    public const int Layout = 1;

    /// <summary>It begins.</summary>
    public BeginningJson? Begins { get; init; }

    /// <summary>Strides came.</summary>
    public IReadOnlyList<StrideOfWalkJson>? Strides { get; init; }

    /// <summary>A moment was marked.</summary>
    public MarkOfWalkJson? Mark { get; init; }

    /// <summary>A sensor told its number of it.</summary>
    public NumberJson? Number { get; init; }

    /// <summary>The incline that the shoe measured so far.</summary>
    public InclineOfWalkJson? Incline { get; init; }

    /// <summary>complete: it has ended; open: it goes on.</summary>
    public string? State { get; init; }
}

/// <summary>What is known of a session when it begins.</summary>
public sealed record BeginningJson(int Layout, DateTimeOffset StartedAt, bool IsStartUnknown, string Mode,
    bool IsSimulated, double? TargetSeconds, double? InclinePercent, IReadOnlyList<WornJson> Sensors);

/// <summary>A sensor's part.</summary>
public sealed record WornJson(string Name, string? Address, string Placement, int? SessionNumber, uint? Flash);

/// <summary>A stride.</summary>
/// <param name="Sensor">Position among the sensors.</param>
/// <param name="Run">Which start of the sensor.</param>
/// <param name="AtMilliseconds">Initial contact, since the start.</param>
/// <param name="Rails">held, free, unknown.</param>
/// <param name="Record">The sensor's record, untouched, in Base64.</param>
public sealed record StrideOfWalkJson(int Sensor, int Run, long AtMilliseconds, string Rails, string Record);

/// <summary>A moment that was marked.</summary>
public sealed record MarkOfWalkJson(long AtMilliseconds, string Kind);

/// <summary>What a sensor calls the session.</summary>
public sealed record NumberJson(int Sensor, int SessionNumber, uint? Flash);

/// <summary>An incline that was measured.</summary>
public sealed record InclineOfWalkJson(double Percent, double WalkedSeconds);

/// <summary>A piece as the page gives it back.</summary>
/// <param name="Key">Whose.</param>
/// <param name="At">When it was kept, in ms since 1970.</param>
/// <param name="Text">The piece.</param>
public sealed record RestoredJson(string Key, double At, string Text);
