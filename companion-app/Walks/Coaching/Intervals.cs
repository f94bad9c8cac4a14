using System.Globalization;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Coaching;

/// <summary>Where a session of intervals stands.</summary>
public enum IntervalPhase
{
    /// <summary>Not begun: get into place.</summary>
    GetReady,

    /// <summary>Walk backward.</summary>
    Work,

    /// <summary>Rest, or walk back down.</summary>
    Rest,

    /// <summary>All done.</summary>
    Done,
}

/// <summary>A moment of a session of intervals.</summary>
/// <param name="Phase">What is on.</param>
/// <param name="Number">Which interval, from 1: the one that is on, or the one that comes next.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Left">Until the phase ends; zero when all is done.</param>
/// <param name="Length">Of the phase.</param>
public sealed record IntervalMoment(IntervalPhase Phase, int Number, int Of, TimeSpan Left, TimeSpan Length);

/// <summary>
/// Intervals up a hill or with a sled: 4 to 5 times 30 s (article "Treadmill workout to address runner's knee", with A.
/// M. Helms). How long to rest between is not said there; it is a guess of ours.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="Work">How long each.</param>
/// <param name="Rest">How long between two.</param>
/// <param name="GetReady">How long before the first.</param>
public sealed record Intervals(int Count, TimeSpan Work, TimeSpan Rest, TimeSpan GetReady)
{
    /// <summary>Fewest.</summary>
    public const int Fewest = 4;

    /// <summary>Most.</summary>
    public const int Most = 5;

    /// <summary>Before an end is near, a cue says so.</summary>
    public static readonly TimeSpan NearlyOver = TimeSpan.FromSeconds(5);

    /// <summary>What is usual.</summary>
    public static Intervals Usual { get; } = new(Fewest, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60),
        TimeSpan.FromSeconds(15));

    /// <summary>From the beginning to the end of the last.</summary>
    public TimeSpan Length => GetReady + (Count * Work) + ((Count - 1) * Rest);

    /// <summary>Whether a mode is walked in intervals.</summary>
    public static bool AreFor(WalkMode mode) => mode is WalkMode.Hill or WalkMode.Sled;

    /// <summary>Where it stands.</summary>
    /// <param name="elapsed">Since the beginning, pauses left out.</param>
    public IntervalMoment At(TimeSpan elapsed)
    {
        if (elapsed < GetReady)
        {
            return new IntervalMoment(IntervalPhase.GetReady, 1, Count, GetReady - elapsed, GetReady);
        }

        var since = elapsed - GetReady;
        int number = Math.Min(Count, (int)(since / (Work + Rest)) + 1);
        var within = since - ((number - 1) * (Work + Rest));
        return within < Work ? new IntervalMoment(IntervalPhase.Work, number, Count, Work - within, Work)
            : number == Count ? new IntervalMoment(IntervalPhase.Done, Count, Count, TimeSpan.Zero, TimeSpan.Zero)
            : new IntervalMoment(IntervalPhase.Rest, number + 1, Count, Work + Rest - within, Rest);
    }

    /// <summary>What to say at that moment; null when there is nothing to say about the intervals and the steps come
    /// first.</summary>
    public static Cue? CueFor(IntervalMoment moment, WalkMode mode)
    {
        string how = mode == WalkMode.Sled ? "drag the sled backward" : "backward up the hill";
        var gone = moment.Length - moment.Left;
        return moment.Phase switch
        {
            IntervalPhase.GetReady when moment.Left <= NearlyOver => Call("Ready: the first interval begins"),
            IntervalPhase.GetReady =>
                Call(mode == WalkMode.Sled ? "Take the strap, face the sled, get ready" : "Stand at the foot of the "
                    + "hill, your back to it"),
            IntervalPhase.Work when gone < CueBoard.MinimumShown => Call($"Go: {how}, big toe first", "GO"),
            IntervalPhase.Work when moment.Left <= NearlyOver => Call("Five seconds more", "5 SECONDS"),
            IntervalPhase.Work => null,
            IntervalPhase.Rest when moment.Left <= NearlyOver =>
                Call(string.Create(CultureInfo.InvariantCulture, $"Ready: interval {moment.Number} of {moment.Of} "
                    + $"begins")),
            IntervalPhase.Rest =>
                Call(mode == WalkMode.Sled ? "Rest. Stand easy and breathe" : "Rest. Walk forward, back down", "REST"),
            _ => new Cue(CueKind.TargetReached, CueTone.Enough, "All intervals done. Walk easy for a while")
            {
                Headline = "ALL DONE",
            },
        };
    }

    private static Cue Call(string text, string headline = "GET READY") =>
        new(CueKind.Interval, CueTone.Call, text) { Headline = headline };
}
