namespace Backstep.Gym.Gateway;

/// <summary>A clip as the plan sees it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Adapter">That holds a link to it, or sets one up; null for none.</param>
/// <param name="IsLeaving">Whether it is being let go.</param>
/// <param name="IsWalking">Whether it walked when last heard of.</param>
/// <param name="IsComplete">Whether all that it is known to hold has come.</param>
/// <param name="LinkedFor">Since when it has its link.</param>
/// <param name="WaitsFor">Since when it has none; null when it never had one.</param>
/// <param name="MayConnect">Whether it is near and not to be left alone after a failure.</param>
/// <param name="Heard">Adapters that hear it, with the signal in dBm where it is known.</param>
internal sealed record PlannedClip(string Id, string? Adapter, bool IsLeaving, bool IsWalking, bool IsComplete,
    TimeSpan LinkedFor, TimeSpan? WaitsFor, bool MayConnect, IReadOnlyDictionary<string, int?> Heard);

/// <summary>What to do now.</summary>
/// <param name="Start">Clips to connect to, each by an adapter.</param>
/// <param name="LetGo">Clips to let go, so that others have a turn.</param>
internal sealed record RadioSteps(IReadOnlyList<(string Clip, string Adapter)> Start, IReadOnlyList<string> LetGo);

/// <summary>
/// Which clips have a link when there are more clips than links. Who walks comes first; the others are visited in turn,
/// for what they kept. An adapter's links stay with those who walk, but for one where others wait: so everybody is
/// heard of.
/// </summary>
internal static class RadioPlan
{
    /// <summary>A turn takes so long at least: setting a link up takes seconds itself.</summary>
    public static readonly TimeSpan ShortestTurn = TimeSpan.FromSeconds(15);

    /// <summary>And so long at most while others wait, also when something does not come.</summary>
    public static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(60);

    // Ours: one who walks waits a quarter as long as one who does not.
    private const int WalkersWeight = 4;

    // Ours: a signal that is not known is a middling one, and a link more weighs as much as 4 dB.
    private const int UsualSignalDbm = -70;
    private const int DecibelsPerLink = 4;

    /// <summary>Decides.</summary>
    /// <param name="clips">All that are known.</param>
    /// <param name="limits">Adapters that work, each with the most links that it holds.</param>
    public static RadioSteps Decide(IReadOnlyList<PlannedClip> clips, IReadOnlyDictionary<string, int> limits)
    {
        var loads = limits.Keys.ToDictionary(name => name, name => clips.Count(clip => clip.Adapter == name),
            StringComparer.Ordinal);
        var start = new List<(string, string)>();
        var unserved = new List<PlannedClip>();
        foreach (var clip in clips.Where(one => one is { Adapter: null, MayConnect: true }).OrderByDescending(Urgency)
            .ThenBy(one => one.Id, StringComparer.Ordinal))
        {
            string? best = clip.Heard.Keys.Where(name => loads.TryGetValue(name, out int load) && load < limits[name])
                .OrderByDescending(name => (clip.Heard[name] ?? UsualSignalDbm) - (DecibelsPerLink * loads[name]))
                .ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();
            if (best != null)
            {
                loads[best]++;
                start.Add((clip.Id, best));
            }
            else
            {
                unserved.Add(clip);
            }
        }

        return new RadioSteps(start, LetGo(clips, unserved, [.. start.Select(one => one.Item2)]));
    }

    private static List<string> LetGo(IReadOnlyList<PlannedClip> clips, List<PlannedClip> unserved,
        HashSet<string> starting)
    {
        var going = clips.Where(clip => clip.IsLeaving).Select(clip => clip.Id).ToHashSet(StringComparer.Ordinal);
        int alreadyFree = going.Count;
        foreach (var waiting in unserved.Skip(alreadyFree))
        {
            var linked = clips.Where(clip => clip.Adapter is { } name && waiting.Heard.ContainsKey(name)).ToArray();
            if ((Resting(linked, going) ?? Walking(linked, going, starting)) is { } next)
            {
                going.Add(next.Id);
            }
        }

        going.ExceptWith(clips.Where(clip => clip.IsLeaving).Select(clip => clip.Id));
        return [.. going];
    }

    private static PlannedClip? Resting(PlannedClip[] linked, HashSet<string> going) => linked
        .Where(clip => !clip.IsWalking && HasHadItsTurn(clip) && !going.Contains(clip.Id))
        .OrderByDescending(clip => clip.LinkedFor).FirstOrDefault();

    // One link of an adapter goes round, the one that was set up last; and only where nobody rests.
    private static PlannedClip? Walking(PlannedClip[] linked, HashSet<string> going, HashSet<string> starting) => linked
        .GroupBy(clip => clip.Adapter!, StringComparer.Ordinal)
        .Where(links => !starting.Contains(links.Key) && links.All(clip => clip.IsWalking && !going.Contains(clip.Id)))
        .Select(links => links.OrderBy(clip => clip.LinkedFor).First())
        .Where(HasHadItsTurn)
        .OrderByDescending(clip => clip.LinkedFor).FirstOrDefault();

    private static bool HasHadItsTurn(PlannedClip clip) =>
        clip.LinkedFor >= (clip.IsComplete ? ShortestTurn : LongestTurn);

    private static double Urgency(PlannedClip clip) => clip.WaitsFor is { } waits
        ? waits.TotalSeconds * (clip.IsWalking ? WalkersWeight : 1) : double.MaxValue;
}
