namespace Backstep.Gym.Board;

/// <summary>
/// How far a gateway's clock is from ours, told by the quickest of its messages, so that a clock that is set wrong
/// makes no stride late. What is older than the rest by far was sent late, or is sent again by somebody else.
/// </summary>
internal sealed class GatewayClock
{
    // Ours: a clock that drifts is followed, one message that came late is not.
    private static readonly TimeSpan Drift = TimeSpan.FromMilliseconds(20);

    // Ours: after so long a silence the clock may have been set anew.
    private static readonly TimeSpan Forgets = TimeSpan.FromSeconds(30);

    private TimeSpan? _behind;
    private DateTimeOffset _heardAt;

    /// <summary>A message that is sent as soon as it is written came.</summary>
    /// <returns>How old it is.</returns>
    public TimeSpan Hear(DateTimeOffset at, DateTimeOffset now)
    {
        var seen = now - at;
        if (_behind is not { } behind || now - _heardAt > Forgets || seen < behind)
        {
            (_behind, _heardAt) = (seen, now);
            return TimeSpan.Zero;
        }

        var age = seen - behind;
        if (age < BoardOptions.Stale)
        {
            (_behind, _heardAt) = (age < Drift ? seen : behind + Drift, now);
        }

        return age;
    }

    /// <summary>How old something is by that clock.</summary>
    public TimeSpan Age(DateTimeOffset at, DateTimeOffset now) => now - at - (_behind ?? TimeSpan.Zero);
}
