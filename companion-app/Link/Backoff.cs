namespace Backstep.Link;

/// <summary>How long to wait before the next attempt: half a second, twice as long after each that failed, never more
/// than 4 s: a walker who comes back is not kept waiting longer.</summary>
public sealed class Backoff
{
    /// <summary>Before the first attempt.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);

    /// <summary>Ever.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>Attempts that failed.</summary>
    public int Attempts { get; private set; }

    /// <summary>Before the next one.</summary>
    public TimeSpan Wait { get; private set; } = Shortest;

    /// <summary>One more failed.</summary>
    public void Fail()
    {
        Attempts++;
        Wait = Wait * 2 < Longest ? Wait * 2 : Longest;
    }

    /// <summary>The next attempt is the first again.</summary>
    public void Reset() => (Attempts, Wait) = (0, Shortest);
}
