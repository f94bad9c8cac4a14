using System.Globalization;
using Backstep.Walks.Coaching;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Output;

/// <summary>What a plan says of today, in one place for all commands.</summary>
public static class PlanWords
{
    /// <summary>How to answer the questions before the first walk, where nobody can be asked.</summary>
    public const string HowToAnswer =
        "backstep plan --knee none|mild|strong --professional yes|no --place treadmill|hill|sled";

    /// <summary>The advice as a word of JSON.</summary>
    public static string Word(Advice advice) => advice switch
    {
        Advice.Walk => "walk",
        Advice.Rest => "rest",
        Advice.Answer => "answer",
        _ => "stop",
    };

    /// <summary>Today in a line.</summary>
    public static string InALine(Plan plan) => plan.Advice switch
    {
        Advice.Walk => plan.Answers?.Place is { } place && Intervals.AreFor(place) ? $"walk {ByPlace(place)}"
            : string.Create(CultureInfo.InvariantCulture, $"walk {plan.Target!.Value.TotalMinutes:0} minutes"),
        Advice.Rest => $"rest: {plan.Reasons[0].Text}",
        Advice.Answer => $"not yet: {plan.Reasons[0].Text}. {HowToAnswer}",
        _ => $"STOP: {plan.Reasons[0].Text}",
    };

    /// <summary>Today in full: how much, how fast, where, how.</summary>
    public static string Today(Plan plan, Units units) => plan.Advice switch
    {
        Advice.Walk => Walk(plan, units),
        Advice.Rest => "REST",
        Advice.Answer => "NOT YET. Three questions come before the first walk",
        _ => "STOP. Do not walk; have a professional look at the pain",
    };

    /// <summary>Which part of the walk has cues on form, and why.</summary>
    public static string Cues(Plan plan) => plan.Answers?.Place is { } place && Intervals.AreFor(place)
        ? plan.Feedback.InWordsOfIntervals : plan.Feedback.InWords;

    private static string Walk(Plan plan, Units units)
    {
        if (plan.Answers?.Place is { } place && Intervals.AreFor(place))
        {
            return $"WALK {ByPlace(place)}. {(place == WalkMode.Hill
                ? "A safe hill: no traffic, no obstacles, nothing to trip over; somebody who looks where you go helps"
                : "A level, clear lane: nothing to trip over behind you")}. Big toe first";
        }

        double speed = plan.Dose?.MetersPerSecond ?? Coach.BeltLimitMetersPerSecond;
        string incline = plan.Dose?.InclinePercent is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.#} % incline")
            : string.Create(CultureInfo.InvariantCulture, $"about {Dose.InclinePercent:0} % incline");
        return string.Create(CultureInfo.InvariantCulture,
            $"WALK {plan.Target!.Value.TotalMinutes:0} minutes backward, the belt at {units.Speed(speed)} or slower, "
            + $"{incline}, near the front of the belt, by the controls; big toe first, hands on the rails until the "
            + $"rhythm is even. As a warm-up before a run or strength work, if you do either");
    }

    private static string ByPlace(WalkMode place) => string.Create(CultureInfo.InvariantCulture,
        $"{Intervals.Fewest} to {Intervals.Most} times {Intervals.Usual.Work.TotalSeconds:0} s backward "
        + $"{(place == WalkMode.Hill ? "up a hill of about 5 %" : "with the sled")}");
}
