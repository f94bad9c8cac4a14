namespace Backstep.Walks.Sessions;

/// <summary>A session without its strides: what lists and trends need.</summary>
/// <param name="Header">What was known when it began.</param>
/// <param name="Totals">What came of it.</param>
/// <param name="IsComplete">Whether it was ended properly; false while it goes on, or when the program or the computer
/// was stopped in the middle of it.</param>
public sealed record SessionSummary(SessionHeader Header, SessionTotals Totals, bool IsComplete)
{
    /// <summary>Whether it goes on, as far as the store knows: begun and not closed. Its totals are those of the
    /// strides so far.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The incline that the shoe measured; null when it could not. What the walker told stands in the
    /// header.</summary>
    public MeasuredIncline? MeasuredIncline { get; init; }

    /// <summary>The incline in %: measured, else as the walker told it; null when neither is known.</summary>
    public double? InclinePercent => MeasuredIncline?.Percent ?? Header.InclinePercent;
}

/// <summary>A whole session: what charts, reports and exports need. They ask for nothing else.</summary>
/// <param name="Summary">Header and totals.</param>
/// <param name="Walker">Who walked.</param>
/// <param name="Strides">In the order of their contacts, of all sensors.</param>
/// <param name="Marks">Moments that the walker marked, in order.</param>
/// <param name="Pain">What was noted about pain before and after it.</param>
public sealed record KeptSession(
    SessionSummary Summary,
    WalkerProfile Walker,
    IReadOnlyList<KeptStride> Strides,
    IReadOnlyList<SessionMark> Marks,
    IReadOnlyList<PainNote> Pain)
{
    /// <summary>When the walker paused.</summary>
    public Pauses Pauses => Pauses.Of(Marks);

    /// <summary>The strides that count, in order: of feet, outside pauses. Charts and files look at these.</summary>
    public IReadOnlyList<KeptStride> Walked => Pauses.Walked(Summary.Header.Sensors, Strides);
}

/// <summary>A moment in a session that is worth finding again: a key that the walker pressed, or the beginning and end
/// of an interval.</summary>
/// <param name="At">Since the start.</param>
/// <param name="Kind">What it was.</param>
public sealed record SessionMark(TimeSpan At, MarkKind Kind);

/// <summary>Kinds of marks. The numbers stand in the store.</summary>
public enum MarkKind
{
    /// <summary>The walker's own.</summary>
    Walker = 0,

    /// <summary>An interval begins.</summary>
    IntervalBegins = 1,

    /// <summary>An interval ends.</summary>
    IntervalEnds = 2,

    /// <summary>Paused.</summary>
    Paused = 3,

    /// <summary>Gone on.</summary>
    Resumed = 4,

    /// <summary>From here on there are cues on form.</summary>
    CuesOn = 5,

    /// <summary>From here on there are none: what is walked measures what has stayed.</summary>
    CuesQuiet = 6,
}
