using System.Globalization;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Coaching;

/// <summary>
/// What is said when the time is over: at once, again while the walk goes on, with how long ago the dose was passed,
/// and insistently at the most that anybody is advised to walk (<see cref="Rules.Minutes"/>).
/// </summary>
public static class TimeIsUp
{
    /// <summary>The most that is advised in one go, whatever was set.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(Dose.StepsMinutes[^1]);

    // Ours: often enough not to be missed over a fan or music, seldom enough to be listened to; and then insistently.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Insistently = TimeSpan.FromSeconds(6);

    /// <summary>Whether the time is over.</summary>
    public static bool Is(WalkMoment moment) => moment.Walked >= Limit(moment);

    /// <summary>What to say then; null before.</summary>
    /// <param name="moment">The walk.</param>
    /// <param name="isWalking">Whether it goes on, as far as is known.</param>
    public static Cue? CueFor(WalkMoment moment, bool isWalking)
    {
        if (!Is(moment))
        {
            return null;
        }

        var limit = Limit(moment)!.Value;
        string stop = moment.Mode == WalkMode.Treadmill ? "Slow the belt down and step off when it stands"
            : "Slow down and stop";
        if (!isWalking)
        {
            return new Cue(CueKind.TargetReached, CueTone.Praise, $"Well done: {Clock(limit)} walked. Press s to end");
        }

        if (moment.Walked >= Most)
        {
            string passed = moment.Target < Most ? $" Your time was up at {Clock(limit)}." : "";
            return new Cue(CueKind.TargetReached, CueTone.Safety,
                string.Create(CultureInfo.InvariantCulture,
                    $"Stop now: {Most.TotalMinutes:0} minutes are the most.{passed} {stop}")) { Again = Insistently };
        }

        int over = (int)(moment.Walked - limit).TotalMinutes;
        string since = over == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture,
                $" since {Clock(limit)}, {over} minute{(over == 1 ? "" : "s")} ago");
        return new Cue(CueKind.TargetReached, CueTone.Enough, $"Time is up{since}. {stop}") { Again = Again };
    }

    // In free walking and in intervals nobody has set a belt going that would have to be stopped.
    private static TimeSpan? Limit(WalkMoment moment) => moment.Target is { } target ? target < Most ? target : Most
        : moment is { Mode: WalkMode.Treadmill, Interval: null } ? Most : null;

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");
}
