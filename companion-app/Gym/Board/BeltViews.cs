using Backstep.Walks.Coaching;

namespace Backstep.Gym.Board;

/// <summary>From a clip to what its belt shows.</summary>
internal static class BeltViews
{
    /// <summary>The view.</summary>
    public static BeltView Of(int number, string? nickname, TimeSpan? target, ClipModel clip)
    {
        var live = clip.Live!;
        var limit = target < TimeIsUp.Most ? target.Value : TimeIsUp.Most;
        return new BeltView(number, nickname, live.State ?? "idle", clip.IsStale, live.Simulated)
        {
            WalkedSeconds = live.ActiveSeconds,
            TargetSeconds = (int?)target?.TotalSeconds,
            LimitSeconds = (int)limit.TotalSeconds,
            RemainingSeconds = live.ActiveSeconds is { } walked ? Math.Max(0, (int)limit.TotalSeconds - walked) : null,
            CadenceStepsPerMinute = live.CadenceStepsPerMinute,
            ToeFirstPercent = live.ToeFirstPercent,
            LastContactAt = clip.LastContactAt,
            Marks = clip.Marks,
            Cue = clip.Cue(target),
            Rails = live.Rails ?? "unknown",
            IsRhythmSettled = clip.Recent.IsRhythmSettled,
            BeltMetersPerSecond = clip.Recent.BeltMetersPerSecond() is { } speed ? Math.Round(speed, 2) : null,
            InclinePercent = live.InclinePercent is { } incline ? Math.Round(incline, 1) : null,
            BatteryPercent = live.BatteryPercent,
            IsBatteryLow = Walks.Words.BatteryCharge.IsLow(live.BatteryPercent),
            Link = live.Link,
        };
    }
}
