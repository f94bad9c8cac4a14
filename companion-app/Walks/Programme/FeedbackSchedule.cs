using System.Globalization;

namespace Backstep.Walks.Programme;

/// <summary>
/// Which part of a walk has cues on form, by the walker's session. Between them are quiet blocks, which measure what
/// has stayed. Safety and dose never fade. See <see cref="Rules.FadedFeedback"/>: that feedback fades is published,
/// this schedule for backward walking is ours and was not tested on people.
/// </summary>
/// <param name="Session">The walker's session, from 1.</param>
public sealed record FeedbackSchedule(int Session)
{
    /// <summary>Sessions with all cues (running studies in Table 1 of PMC7083994: continual in the first four of
    /// eight).</summary>
    public const int ContinualSessions = 4;

    /// <summary>Sessions from then on in which cues grow fewer; then there are check-ups.</summary>
    public const int FadingSessions = 4;

    /// <summary>After the fading every so many sessions there are a few cues again. Ours.</summary>
    public const int CheckUpEvery = 4;

    /// <summary>A block of cues and the quiet one after it. Ours: a dozen strides on each side even at the shortest
    /// share, so that a block can be told from chance over a session.</summary>
    public static readonly TimeSpan Block = TimeSpan.FromSeconds(60);

    private const int IntervalsOfABlock = 4; // as many as are usual: every share of a block is whole intervals

    // Sessions 5 to 8; after them, in a check-up. Ours.
    private static readonly double[] Shares = [0.75, 0.5, 0.5, 0.25];
    private const double CheckUpShare = 0.25;

    /// <summary>Part of each block with cues, 0 to 1.</summary>
    public double CuedShare => Session <= ContinualSessions ? 1
        : Session <= ContinualSessions + FadingSessions ? Shares[Session - ContinualSessions - 1]
        : (Session - ContinualSessions - FadingSessions) % CheckUpEvery == 0 ? CheckUpShare : 0;

    /// <summary>Whether cues come only after an error beyond a wider band.</summary>
    public bool IsBandWide => Session > ContinualSessions;

    /// <summary>Seconds of each block with cues.</summary>
    public TimeSpan Cued => Block * CuedShare;

    /// <summary>Whether form is left alone now.</summary>
    /// <param name="walked">Time walked so far.</param>
    public bool IsQuiet(TimeSpan walked) => walked.Ticks % Block.Ticks >= Cued.Ticks;

    /// <summary>The same in an interval: what a block is in time, four intervals are up a hill.</summary>
    /// <param name="interval">Which, from 1.</param>
    public bool IsQuiet(int interval) => (interval - 1) % IntervalsOfABlock >= CuedIntervals;

    private double CuedIntervals => CuedShare * IntervalsOfABlock;

    /// <summary>Which part of a walk of intervals is quiet and why, in a sentence.</summary>
    public string InWordsOfIntervals => CuedShare is 0 or 1 ? InWords : string.Create(CultureInfo.InvariantCulture,
        $"session {Session}: cues on form in the first {CuedIntervals:0} of {IntervalsOfABlock} intervals, the others "
        + $"are quiet, so that what you learn stays without cues; they are measured. Safety and time are said as "
        + $"always");

    /// <summary>Which part is quiet and why, in a sentence.</summary>
    public string InWords => CuedShare switch
    {
        1 => string.Create(CultureInfo.InvariantCulture,
            $"session {Session}: all cues. From session {ContinualSessions + 1} on they grow fewer, so that what you "
            + $"learn stays without them"),
        0 => string.Create(CultureInfo.InvariantCulture,
            $"session {Session}: quiet from the first to the last minute, to measure what has stayed. Safety and time "
            + $"are said as always"),
        var share => string.Create(CultureInfo.InvariantCulture,
            $"session {Session}{(Session > ContinualSessions + FadingSessions ? ", a check-up" : "")}: cues on form in "
            + $"the first {Cued.TotalSeconds:0} s of each minute, the other {(Block - Cued).TotalSeconds:0} s are quiet"
            + $", so that what you learn stays without cues; they are measured. Safety and time are said as always"),
    };
}
