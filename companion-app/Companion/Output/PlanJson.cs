using System.Globalization;
using System.Text.Json.Serialization;
using Backstep.Walks.Programme;

namespace Backstep.Companion.Output;

/// <summary><c>backstep plan --json</c>. Dates are those of the place where the walker is.</summary>
/// <param name="Walker">Whose plan; null when nobody has walked yet.</param>
/// <param name="Day">The day, as 2026-03-02.</param>
/// <param name="Advice">walk, rest or stop.</param>
/// <param name="TargetMinutes">How long to walk backward; null unless the advice is to walk.</param>
/// <param name="Reasons">Why, the most important first.</param>
/// <param name="NextWalk">The next day on which to walk if nothing else happens; null when that depends on
/// pain.</param>
/// <param name="BuildUp">How far it has come.</param>
/// <param name="LastSevenDays">What was walked, today last.</param>
/// <param name="MostDaysInSeven">No more than that.</param>
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
    string WhatItIsNot)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.plan/1";

    /// <summary>From a plan.</summary>
    public static PlanJson From(string? walker, Plan plan) => new(
        Walker: walker,
        Day: Date(plan.Day),
        Advice: plan.Advice switch
        {
            Walks.Programme.Advice.Walk => "walk",
            Walks.Programme.Advice.Rest => "rest",
            _ => "stop",
        },
        TargetMinutes: plan.Target is { } target ? (int)target.TotalMinutes : null,
        Reasons: [
            .. plan.Reasons.Select(
                reason => new PlanReasonJson(reason.Rule.Name, reason.Text, reason.Rule.Says, reason.Rule.Source))],
        NextWalk: plan.NextWalk is { } next ? Date(next) : null,
        BuildUp: new PlanBuildUpJson(Dose.StepsMinutes, plan.Step, plan.SessionsOnStep),
        LastSevenDays: [
            .. plan.LastSevenDays.Select(
                day => new PlanDayJson(Date(day.Day), Math.Round(day.Walked.TotalMinutes, 1), day.Counts))],
        MostDaysInSeven: Dose.MostDaysInSeven,
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
