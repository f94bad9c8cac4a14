namespace Backstep.Walks.Sessions;

/// <summary>What a walker noted besides pain: a walk without a sensor, or something in words.</summary>
/// <param name="WalkerId">Whose.</param>
/// <param name="At">When it was walked, or noted.</param>
public sealed record WalkerNote(long WalkerId, DateTimeOffset At)
{
    /// <summary>Longest text, in characters.</summary>
    public const int LongestText = 200;

    /// <summary>Time walked backward, as the walker says; null when it is no walk.</summary>
    public TimeSpan? Walked { get; init; }

    /// <summary>Where and how it was walked.</summary>
    public WalkMode Mode { get; init; }

    /// <summary>The words; null when there are none.</summary>
    public string? Text { get; init; }
}

/// <summary>A note that was taken back: one of the two.</summary>
/// <param name="Pain">About pain.</param>
/// <param name="Note">About anything else.</param>
public sealed record TakenBack(PainNote? Pain, WalkerNote? Note);
