namespace Backstep.Walks.Sessions;

/// <summary>When pain was noted. The numbers stand in the store.</summary>
public enum PainMoment
{
    /// <summary>Before a session.</summary>
    Before = 0,

    /// <summary>Right after it.</summary>
    After = 1,

    /// <summary>On the morning after it.</summary>
    NextMorning = 2,
}

/// <summary>Pain, as a walker noted it.</summary>
/// <param name="WalkerId">Whose.</param>
/// <param name="SessionId">The session it belongs to; null when it stands alone.</param>
/// <param name="At">When it was noted.</param>
/// <param name="Moment">Before, after, or the next morning.</param>
/// <param name="Level">0 (none) to 10 (the worst imaginable).</param>
public sealed record PainNote(long WalkerId, long? SessionId, DateTimeOffset At, PainMoment Moment, int Level)
{
    /// <summary>A walk that begins so soon after a note of the pain before it is the walk that was meant.</summary>
    public static readonly TimeSpan BelongsToAWalkWithin = TimeSpan.FromHours(4);
}
