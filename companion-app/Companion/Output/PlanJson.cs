using System.Globalization;
using System.Text.Json.Serialization;
using Backstep.Walks.Programme;

namespace Backstep.Companion.Output;

/// <summary><c>backstep plan --json</c>. Dates are those of the place where the walker is.</summary>
/// <param name="Walker">Whose plan; null when nobody has walked yet.</param>
/// <param name="Day">The day, as 2026-03-02.</param>
/// <param name="Advice">walk, rest or stop; answer: the questions before the first walk are not answered.</param>
/// <param name="TargetMinutes">How long to walk backward; null unless the advice is to walk.</param>
/// <param name="Reasons">Why, the most important first.</param>
/// <param name="NextWalk">The next day on which to walk if nothing else happens; null when that depends on
/// pain.</param>
/// <param name="BuildUp">How far it has come.</param>
/// <param name="LastSevenDays">What was walked, today last.</param>
/// <param name="MostDaysInSeven">No more than that.</param>
/// <param name="Answers">To the questions before the first walk.</param>
/// <param name="Dose">What a professional has set; null when nothing.</param>
/// <param name="Feedback">Which part of today's walk has cues on form.</param>
/// <param name="Adherence">Walked of planned days; null in the first week.</param>
/// <param name="WhatItIsNot">What the programme is not.</param>
public sealed record PlanJson(
    string? Walker,
    string Day,
    string Advice,
    int? TargetMinutes,
    IReadOnlyList<PlanReasonJson> Reasons,
    string? NextWalk,
    PlanBuildUpJson BuildUp,
    IReadOnlyList<PlanDayJson> LastSevenDays,
    int MostDaysInSeven,
    PlanAnswersJson? Answers,
    PlanDoseJson? Dose,
    PlanFeedbackJson Feedback,
    PlanAdherenceJson? Adherence,
    string WhatItIsNot)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.plan/1";

    /// <summary>From a plan.</summary>
    public static PlanJson From(string? walker, Plan plan) => new(
        Walker: walker,
        Day: Date(plan.Day),
        Advice: PlanWords.Word(plan.Advice),
        TargetMinutes: plan.Target is { } target ? (int)target.TotalMinutes : null,
        Reasons: [
            .. plan.Reasons.Select(
                reason => new PlanReasonJson(reason.Rule.Name, reason.Text, reason.Rule.Says, reason.Rule.Source))],
        NextWalk: plan.NextWalk is { } next ? Date(next) : null,
        BuildUp: new PlanBuildUpJson(Walks.Programme.Dose.StepsMinutes, plan.Step, plan.SessionsOnStep),
        LastSevenDays: [
            .. plan.LastSevenDays.Select(
                day => new PlanDayJson(Date(day.Day), Math.Round(day.Walked.TotalMinutes, 1), day.Counts))],
        MostDaysInSeven: plan.MostDays,
        Answers: plan.Answers is { } answers
            ? new PlanAnswersJson(answers.Pain?.ToString().ToLowerInvariant(), answers.ProfessionalAgrees,
                answers.Place?.ToString().ToLowerInvariant(), answers.IsSkipped)
            : null,
        Dose: plan.Dose is { } dose
            ? new PlanDoseJson(dose.Minutes, dose.Days, dose.InclinePercent, dose.MetersPerSecond)
            : null,
        Feedback: new PlanFeedbackJson(plan.Feedback.Session, plan.Feedback.CuedShare,
            FeedbackSchedule.Block.TotalSeconds, PlanWords.Cues(plan)),
        Adherence: plan.Adherence is { } kept ? new PlanAdherenceJson(kept.Walked, kept.Planned, kept.Weeks) : null,
        WhatItIsNot: Rules.WhatItIsNot);

    private static string Date(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>A reason.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Text">What it found.</param>
/// <param name="Says">The rule.</param>
/// <param name="Source">Where the rule comes from; null when it is ours.</param>
public sealed record PlanReasonJson(string Rule, string Text, string Says, string? Source);

/// <summary>The build-up.</summary>
/// <param name="StepsMinutes">All steps.</param>
/// <param name="Step">The one that is reached, from 0.</param>
/// <param name="SessionsOnStep">Sessions completed on it.</param>
public sealed record PlanBuildUpJson(IReadOnlyList<int> StepsMinutes, int Step, int SessionsOnStep);

/// <summary>A day.</summary>
/// <param name="Day">Its date.</param>
/// <param name="BackwardMinutes">Walked backward, simulated sessions left out.</param>
/// <param name="Counts">Whether it was enough for a day of the programme.</param>
public sealed record PlanDayJson(string Day, double BackwardMinutes, bool Counts);

/// <summary>Answers before the first walk; null where there is none.</summary>
/// <param name="Knee">none, mild or strong.</param>
/// <param name="ProfessionalAgrees">Whether one has looked at the knee and agrees.</param>
/// <param name="Place">treadmill, hill or sled.</param>
/// <param name="Skipped">Whether the walker would rather not be asked.</param>
public sealed record PlanAnswersJson(string? Knee, bool? ProfessionalAgrees, string? Place, bool Skipped);

/// <summary>A professional's dose; null where nothing is set.</summary>
/// <param name="Minutes">A day.</param>
/// <param name="Days">In any seven.</param>
/// <param name="InclinePercent">In %.</param>
/// <param name="MetersPerSecond">Belt speed.</param>
public sealed record PlanDoseJson(int? Minutes, int? Days, double? InclinePercent, double? MetersPerSecond);

/// <summary>Which part of a walk has cues on form.</summary>
/// <param name="Session">The walker's session, from 1.</param>
/// <param name="CuedShare">Part of each block with cues, 0 to 1; the rest is quiet.</param>
/// <param name="BlockSeconds">Length of a block.</param>
/// <param name="InWords">The same in a sentence.</param>
public sealed record PlanFeedbackJson(int Session, double CuedShare, double BlockSeconds, string InWords);

/// <summary>Days walked of days planned, over so many weeks.</summary>
public sealed record PlanAdherenceJson(int Walked, int Planned, int Weeks);
