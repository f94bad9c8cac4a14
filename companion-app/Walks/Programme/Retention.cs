using Backstep.Gait;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>Toe-first landings counted.</summary>
/// <param name="Toe">Toes first.</param>
/// <param name="Landed">Backward strides whose landing is known.</param>
public sealed record ToeFirst(int Toe, int Landed)
{
    /// <summary>Fewer say nothing: a share of 40 is known to 15 points or so (binomial, 95 %).</summary>
    public const int Fewest = 40;

    /// <summary>0 to 1; null when there are too few.</summary>
    public double? Share => Landed < Fewest ? null : (double)Toe / Landed;

    /// <summary>Together.</summary>
    public static ToeFirst operator +(ToeFirst one, ToeFirst other) =>
        new(one.Toe + other.Toe, one.Landed + other.Landed);
}

/// <summary>A session, with cues and without.</summary>
/// <param name="At">When it began.</param>
/// <param name="WithCues">While there were cues on form.</param>
/// <param name="Quiet">While there were none.</param>
public sealed record RetentionDay(DateTimeOffset At, ToeFirst WithCues, ToeFirst Quiet)
{
    /// <summary>Of one session; null when nothing is known of its cues.</summary>
    public static RetentionDay? Of(CuedSession session)
    {
        var blocks = CueBlocks.Of(session.Marks);
        if (!blocks.IsKnown)
        {
            return null;
        }

        var landed = Pauses.Of(session.Marks).Walked(session.Sensors, session.Strides)
            .Where(kept => kept.Stride is { Direction: Direction.Backward, Landing: not Landing.Unknown }).ToArray();
        return new RetentionDay(session.At, Count(true), Count(false));

        ToeFirst Count(bool hadCues)
        {
            var those = landed.Where(kept => blocks.HadCues(kept.At) == hadCues).ToArray();
            return new ToeFirst(those.Count(kept => kept.Stride.Landing == Landing.Toe), those.Length);
        }
    }
}

/// <summary>What the figures say of a walker.</summary>
public enum RetentionVerdict
{
    /// <summary>Too little is known yet.</summary>
    NotKnown,

    /// <summary>Neither with cues nor without do the toes come first.</summary>
    NotYet,

    /// <summary>With cues, but not without.</summary>
    NeedsCues,

    /// <summary>Without cues as well.</summary>
    Stays,
}

/// <summary>How much of the toe-first landing stays without cues. Ours: not tested on people.</summary>
/// <param name="Days">Every session of which it is known, oldest first.</param>
/// <param name="WithCues">With cues, over the last of them.</param>
/// <param name="Quiet">Without, over the last of them.</param>
/// <param name="Later">Without, two to four weeks after the last session that had cues in half of it or more; null
/// before there was such a session.</param>
public sealed record Retention(IReadOnlyList<RetentionDay> Days, ToeFirst WithCues, ToeFirst Quiet, ToeFirst? Later)
{
    /// <summary>Sessions that are looked at for the shares of now.</summary>
    public const int Last = 4;

    // Ours: three of four landings are learned (Coach leaves them alone), and what stays is within ten points.
    private const double Learned = 0.75;
    private const double Near = 0.1;

    // The programme's six weeks, and the weeks after it.
    private static readonly TimeSpan LookedAt = TimeSpan.FromDays(120);

    private static readonly TimeSpan TwoWeeks = TimeSpan.FromDays(14);
    private static readonly TimeSpan FourWeeks = TimeSpan.FromDays(28);

    /// <summary>What they say.</summary>
    public RetentionVerdict Verdict => Quiet.Share is not { } quiet ? RetentionVerdict.NotKnown
        : quiet >= Learned || (WithCues.Share is { } one && one >= Learned && one - quiet <= Near)
        ? RetentionVerdict.Stays
        : WithCues.Share is { } cued && cued - quiet > Near ? RetentionVerdict.NeedsCues
        : WithCues.Share == null ? RetentionVerdict.NotKnown
        : RetentionVerdict.NotYet;

    /// <summary>Of what is kept of a walker up to a moment. Simulated sessions count only among simulated
    /// ones.</summary>
    public static Retention Of(ISessionArchive archive, long walkerId, bool ofSimulated, DateTimeOffset until) =>
        Of(archive.Cued(walkerId, ofSimulated, until - LookedAt, until));

    /// <summary>Of a walker's sessions, in any order.</summary>
    public static Retention Of(IEnumerable<CuedSession> sessions)
    {
        RetentionDay[] days = [.. sessions.Select(RetentionDay.Of).OfType<RetentionDay>().OrderBy(day => day.At)];
        var taught = days.LastOrDefault(day => day.WithCues.Landed > day.Quiet.Landed);
        return new Retention(days, Sum(days.Where(day => day.WithCues.Landed > 0).TakeLast(Last), day => day.WithCues),
            Sum(days.Where(day => day.Quiet.Landed > 0).TakeLast(Last), day => day.Quiet),
            taught == null ? null
                : Sum(days.Where(day => day.At - taught.At >= TwoWeeks && day.At - taught.At <= FourWeeks),
                    day => day.Quiet));
    }

    private static ToeFirst Sum(IEnumerable<RetentionDay> days, Func<RetentionDay, ToeFirst> which) =>
        days.Select(which).Aggregate(new ToeFirst(0, 0), (sum, one) => sum + one);
}
