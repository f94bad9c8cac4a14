using Backstep.Gait;
using Backstep.Walks.Events;

namespace Backstep.Gym.Gateway;

/// <summary>When a session out of a clip's flash was walked.</summary>
internal static class ClipSessionTimes
{
    /// <summary>When it began; null when the clip's clock was not set then.</summary>
    public static DateTimeOffset? Began(SessionWalkedAlone alone) => alone.Start.StartUnixSeconds == 0 ? null
        : DateTimeOffset.FromUnixTimeSeconds(alone.Start.StartUnixSeconds);

    /// <summary>When a stride of it was. Where the clip did not know the time, as if it had ended just now: the session
    /// then tells no beginning.</summary>
    /// <param name="alone">The session; it has strides.</param>
    /// <param name="stride">One of them.</param>
    /// <param name="now">The gateway's clock.</param>
    public static DateTimeOffset Of(SessionWalkedAlone alone, Stride stride, DateTimeOffset now) =>
        ClipTime.Whole(Began(alone) is { } began
            ? began + Between(alone.Strides[0].ClearanceMilliseconds, stride.ContactMilliseconds)
            : now - Between(stride.ContactMilliseconds, alone.Strides[^1].ContactMilliseconds));

    private static TimeSpan Between(uint from, uint until) => TimeSpan.FromMilliseconds((int)(until - from));
}
