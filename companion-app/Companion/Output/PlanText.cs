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
        lines.Line("today", Today(plan, units));
        foreach (var (i, reason) in plan.Reasons.Index())
        {
            lines.Line(i == 0 ? "why" : "",
                $"{reason.Text} ({(reason.Rule.Source == null ? "our rule" : "rule")}: {reason.Rule.Name})");
        }

        lines.Line("this week", Week(plan));
        if (plan.Advice == Advice.Rest && plan.NextWalk is { } next)
        {
            lines.Line("next walk", string.Create(CultureInfo.InvariantCulture, $"{next:dddd d MMMM}"));
        }

        lines.Line("build-up", BuildUp(plan));
        writer.WriteLine();
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

    private static string Today(Plan plan, Units units) => plan.Advice switch
    {
        Advice.Walk =>
            $"WALK {plan.Target!.Value.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes backward, "
            + $"the belt at "
            + $"{units.Speed(Coach.BeltLimitMetersPerSecond)} or slower, about 5 % incline, big toe first, hands on "
            + $"the rails until the rhythm is even",
        Advice.Rest => "REST",
        _ => "STOP. Do not walk; have a professional look at the pain",
    };

    // Letters rather than marks: a screen reader says them, and they need no colour.
    private static string Week(Plan plan)
    {
        string days = string.Join("  ", plan.LastSevenDays.Select(day => string.Create(
            CultureInfo.InvariantCulture,
            $"{day.Day:ddd} {(day.Walked > TimeSpan.Zero ? $"{day.Walked.TotalMinutes:0.#}" : "-")}")));
        return string.Create(CultureInfo.InvariantCulture,
            $"{days}  (minutes; {plan.LastSevenDays.Count(day => day.Counts)} of at most {Dose.MostDaysInSeven} days)");
    }

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
