using System.Globalization;
using Backstep.Terminal;
using Backstep.Walks.Coaching;
using Backstep.Walks.Programme;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Output;

/// <summary>A plan in plain text: the same facts as its JSON.</summary>
public static class PlanText
{
    private const int Names = 12;

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="walker">Whose; null when nobody has walked yet.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="units">For the belt's limit.</param>
    /// <param name="withRules">Whether every rule follows, with its source.</param>
    public static void Write(TextWriter writer, string? walker, Plan plan, Units units, bool withRules)
    {
        var lines = new SummaryWriter(writer, Names);
        lines.Line(walker ?? "TODAY", string.Create(CultureInfo.InvariantCulture, $"{plan.Day:dddd d MMMM yyyy}"));
        lines.Line("today", PlanWords.Today(plan, units));
        foreach (var (i, reason) in plan.Reasons.Index())
        {
            lines.Line(i == 0 ? "why" : "",
                $"{reason.Text} ({(reason.Rule.Source == null ? "our rule" : "rule")}: {reason.Rule.Name})");
        }

        if (plan.Advice == Advice.Answer)
        {
            lines.Line("answer", PlanWords.HowToAnswer);
            lines.Line("", "or on a terminal: backstep plan");
        }

        lines.Line("this week", Week(plan));
        if (WalkWords.Of(plan.Adherence) is { } kept)
        {
            lines.Line("kept to", kept);
        }

        if (plan.Advice == Advice.Rest && plan.NextWalk is { } next)
        {
            lines.Line("next walk", string.Create(CultureInfo.InvariantCulture, $"{next:dddd d MMMM}"));
        }

        lines.Line("build-up", BuildUp(plan));
        if (plan.Advice == Advice.Walk)
        {
            lines.Line("cues", $"{PlanWords.Cues(plan)} (rule: {Rules.FadedFeedback.Name})");
        }

        if (plan.Dose is { } dose)
        {
            lines.Line("dose", Prescribed(dose, units));
        }

        writer.WriteLine();
        if (plan.Advice == Advice.Answer)
        {
            foreach (string text in Article.BeforeTheFirstWalk)
            {
                SummaryWriter.Wrap(writer, text);
                writer.WriteLine();
            }
        }

        if (withRules)
        {
            WriteRules(lines);
            writer.WriteLine();
        }

        SummaryWriter.Wrap(writer, Rules.WhatItIsNot);
        SummaryWriter.Wrap(writer, withRules
            ? "Note pain with 'backstep log pain N', 0 to 10: --before and --after a session, and --morning on the "
                + "next day."
            : "Note pain with 'backstep log pain N', 0 to 10: --before and --after a session, and --morning on the "
                + "next day. All rules with their sources: 'backstep plan --rules'.");
    }

    // Letters rather than marks: a screen reader says them, and they need no colour.
    private static string Week(Plan plan)
    {
        string days = string.Join("  ", plan.LastSevenDays.Select(day => string.Create(
            CultureInfo.InvariantCulture,
            $"{(day.Day == plan.Day ? "today" : $"{day.Day:ddd}")} "
            + $"{(day.Walked > TimeSpan.Zero ? $"{day.Walked.TotalMinutes:0.#}" : "-")}")));
        return string.Create(CultureInfo.InvariantCulture,
            $"{days}  (minutes; {plan.LastSevenDays.Count(day => day.Counts)} of at most {plan.MostDays} days)");
    }

    /// <summary>A professional's dose.</summary>
    public static string Prescribed(PrescribedDose dose, Units units) => string.Join(", ", new[]
    {
        dose.Minutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes") : "",
        dose.Days is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days} days a week") : "",
        dose.InclinePercent is { } incline ? string.Create(CultureInfo.InvariantCulture, $"{incline:0.#} %") : "",
        dose.MetersPerSecond is { } speed ? units.Speed(speed) : "",
    }.Where(part => part.Length > 0)) + ": set by a professional (rule: prescribed)";

    private static string BuildUp(Plan plan)
    {
        string steps = string.Join(" ",
            Dose.StepsMinutes.Select(
                (minutes, i) => i == plan.Step ? string.Create(CultureInfo.InvariantCulture, $"[{minutes}]")
                    : minutes.ToString(CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture,
            $"{steps} minutes; {plan.SessionsOnStep} completed on this step");
    }

    private static void WriteRules(SummaryWriter lines)
    {
        foreach (var rule in Rules.All)
        {
            lines.Line("rule", $"{rule.Name}: {rule.Says} Source: {rule.Source ?? "ours, a careful guess"}.");
        }
    }
}
