namespace Backstep.Walks.Programme;

/// <summary>A rule of the programme.</summary>
/// <param name="Name">A short name, the same in text and JSON.</param>
/// <param name="Says">The rule.</param>
/// <param name="Source">Where it comes from; null when it is ours.</param>
public sealed record Rule(string Name, string Says, string? Source);

/// <summary>All rules. What has no source is a careful guess of ours, and is said to be one.</summary>
public static class Rules
{
    private const string Article = "article \"Treadmill workout to address runner's knee\", with A. M. Helms";
    private const string Trial =
        "randomised trial of retro walking in knee osteoarthritis, BMC Musculoskelet Disord 2019 20:159 (10 min, 3 "
        + "days a week, 6 weeks)";
    private const string PainModel =
        "pain-monitoring model, Thomeé, Phys Ther 1997 77:1690 (patellofemoral pain); Silbernagel et al., Am J "
        + "Sports Med 2007 35:897";

    /// <summary>Where the minutes begin and end.</summary>
    public static Rule Minutes { get; } = new("minutes",
        "Begin with 3 to 5 minutes, build up to 10 to 15, never more.", Article + "; " + Trial);

    /// <summary>How often.</summary>
    public static Rule DaysAWeek { get; } = new("days-a-week", "2 to 3 days a week: never more than 3 in any 7 days.",
        Article + "; " + Trial);

    /// <summary>A day between.</summary>
    public static Rule DayBetween { get; } = new("day-between", "A day of rest follows a day of walking.", null);

    /// <summary>When the minutes go up.</summary>
    public static Rule BuildUp { get; } = new(
        "build-up",
        "The minutes go up after 2 completed treadmill sessions, or 3 when nothing was noted about pain. Completed: "
        + "9 tenths of the minutes, walked backward.", null);

    /// <summary>After a break.</summary>
    public static Rule Break { get; } = new("break",
        "After two weeks without a session the minutes go back a step, and another for each week more.", null);

    /// <summary>Too much pain.</summary>
    public static Rule PainHigh { get; } = new(
        "pain-high",
        "Pain above 5 of 10: stop, and have a professional look at it. It begins anew when a note of a later day is 2 "
        + "or less: a painkiller is no reason to walk.",
        PainModel + "; " + Article + " (sharp pain: stop and see a professional)");

    /// <summary>Pain that stays.</summary>
    public static Rule PainLingers { get; } = new(
        "pain-lingers",
        "Pain that is higher on the next morning than before the session: rest until it is back, "
        + "then one step shorter.", PainModel);

    /// <summary>Pain that stays again and again.</summary>
    public static Rule PainLingersAgain { get; } = new(
        "pain-lingers-again",
        "The same after two sessions in a row: stop, and have a professional look at it. It begins anew when a "
        + "note of a later day is 2 or less.",
        Article + " (pain that lingers: stop and see a professional); that twice is enough is ours");

    /// <summary>Pain that walking brings.</summary>
    public static Rule PainRises { get; } = new("pain-rises",
        "Pain that is 2 or more higher after a session than before it: one step shorter.", null);

    /// <summary>Pain that grows over the weeks.</summary>
    public static Rule PainTrend { get; } = new(
        "pain-trend",
        "Pain must not grow from week to week: when the last three notes before a session are 1 or more above the "
        + "three before, one step shorter.", PainModel + "; the figures are ours");

    /// <summary>Pain today.</summary>
    public static Rule PainToday { get; } = new("pain-today",
        "Pain of 3 to 5 today, and more than the last time: one step shorter today.",
        PainModel + " (3 to 5: acceptable, not safe); that it is one step is ours");

    /// <summary>Before the first walk.</summary>
    public static Rule FirstQuestions { get; } = new(
        "first-questions",
        "Before the first walk: what the knee is like, whether a professional has looked at it, and where it will be "
        + "walked. Pain that is sharp, lingers or changes how you walk: not before a professional agrees.",
        Article + " (for mild pain with which one can still run; ask a professional first); that it is three "
        + "questions is ours");

    /// <summary>What a professional has set.</summary>
    public static Rule Prescribed { get; } = new("prescribed",
        "A dose that a professional has set comes before the programme's own, never before a stop; with more pain "
        + "it is a step shorter, and never more than 15 minutes.", null);

    /// <summary>Cues that grow fewer.</summary>
    public static Rule FadedFeedback { get; } = new(
        "faded-feedback",
        "Sessions 1 to 4 have all cues on form; in 5 to 8 they come in ever shorter blocks of each minute, the rest is "
        + "quiet and measured; then there is a check-up every 4th session. Safety and time never fade.",
        "review of gait retraining in patellofemoral pain, PMC7083994: the largest and most lasting relief with faded "
        + "feedback over 8 to 18 sessions, the least where it was absent or continual; the schedule for walking "
        + "backward is ours, not tested on people");

    /// <summary>Cues beyond a band.</summary>
    public static Rule CueBand { get; } = new(
        "cue-band",
        "A cue on form comes only when several strides in a row are beyond a band, and as cues fade the band is wider.",
        null);

    /// <summary>How long a cue stands.</summary>
    public static Rule CueTimes { get; } = new(
        "cue-times",
        "A cue stands for 4 seconds at least, two quick glances from the belt; a voice leaves 8 seconds between two, "
        + "for who is talked at without a break stops listening. Safety, time and calls wait for neither.", null);

    /// <summary>How steep.</summary>
    public static Rule Incline { get; } = new(
        "incline",
        "About 5 % incline, or what a professional has set. Where the shoe measures more than 1.5 % more or less on a "
        + "belt it is said, twice a walk at most, and never before safety, time or direction.",
        Article + " (about 5 %); the 1.5 % and how often it is said are ours");

    /// <summary>What the dose rests on.</summary>
    public static Rule Evidence { get; } = new(
        "evidence",
        "Walking backward beside conventional rehabilitation has lessened pain and disability in trials, more so on a "
        + "treadmill and at a comfortable speed.",
        "Lin et al. 2025, 13 randomised trials, pain g -0.997, disability g -1.015, DOI "
        + "10.1080/09593985.2025.2550532; Alghadir et al. 2019, BMC Musculoskelet Disord 20:159; J Orthop Surg Res "
        + "2023 18:264 (up to 30 min, under supervision: not here)");

    /// <summary>The smallest change of pain that matters.</summary>
    public static Rule SmallestChange { get; } = new(
        "smallest-change",
        "A change of pain counts from 2 points of 10 on; in patellofemoral pain 1.16 has been found.",
        "numeric pain rating scale, PMC7990728; Piva et al. 2009");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
        [FirstQuestions, Prescribed, Minutes, DaysAWeek, DayBetween, BuildUp, Break, FadedFeedback, CueBand,
            CueTimes, Incline, PainHigh, PainLingers, PainLingersAgain, PainRises, PainTrend, PainToday, Evidence,
            SmallestChange];

    /// <summary>What the programme is not. Shown with every plan.</summary>
    public static string WhatItIsNot { get; } =
        "This is no medical advice and diagnoses nothing; it was not tested on people. For mild pain with which you "
        + "can still run. Sharp pain, pain that lingers, or pain that changes how you walk: "
        + "stop, and see a professional. Walking backward is a light stimulus: heavier strength work (squats, "
        + "lunges, the knee travelling over the toes) builds what lasts.";
}
