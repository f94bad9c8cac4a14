using System.Globalization;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>The programme: from what was walked and what was noted about pain to what to do today. Pure; not tested on
/// people.</summary>
public static class Planner
{
    private const int Week = 7;
    private const int TrendNotes = 3;

    /// <summary>The plan of a day, where nothing but walks and pain is known.</summary>
    /// <param name="sessions">All of one walker's, in any order. Simulated ones do not count.</param>
    /// <param name="pain">All that the walker noted, in any order.</param>
    /// <param name="today">The day.</param>
    public static Plan For(IReadOnlyList<SessionSummary> sessions, IReadOnlyList<PainNote> pain, DateOnly today) =>
        For(new WalkerDiary(sessions, pain), today);

    /// <summary>The plan of a day.</summary>
    public static Plan For(WalkerDiary diary, DateOnly today) =>
        OfTheDay(diary, today) with { Adherence = Adherence.Of(diary, today) };

    /// <summary>The same without how the weeks before went, which is dear and changes nothing of the day.</summary>
    internal static Plan OfTheDay(WalkerDiary diary, DateOnly today)
    {
        var days = WalkedDay.From(diary, today);
        var notes = diary.Pain.Where(note => WalkedDay.DayOf(note.At) <= today).OrderBy(note => note.At).ToArray();
        var buildUp = BuildUp.Through(days, notes, today);
        var plan = new Plan
        {
            Day = today,
            Advice = Advice.Walk,
            Reasons = [],
            Step = buildUp.Step,
            SessionsOnStep = buildUp.Sessions,
            Dose = diary.Dose,
            Answers = diary.Answers,
            Feedback = new FeedbackSchedule(1 + SensorDays(diary, today)),
            LastSevenDays =
                [.. Enumerable.Range(0, Week).Select(i => Day(diary, days, today.AddDays(i - Week + 1)))],
        };
        if ((Stop(buildUp, notes, today) ?? Before.Stop(diary.Answers)) is { } stop)
        {
            return plan with { Advice = Advice.Stop, Reasons = [stop] };
        }

        if (days.Count == 0 && Before.Question(diary.Answers) is { } question)
        {
            return plan with { Advice = Advice.Answer, Reasons = [question] };
        }

        if (PainRest(days, notes, today) is { } pained)
        {
            return plan with { Advice = Advice.Rest, Reasons = [pained] };
        }

        var next = Enumerable.Range(0, Week + 1).Select(today.AddDays)
            .First(day => DayRest(days, day, plan.MostDays) == null);
        var planned = DayRest(days, today, plan.MostDays) is { } rest
            ? plan with { Advice = Advice.Rest, Reasons = [rest, .. WhyThatStep(buildUp)] }
            : Walk(plan, buildUp, notes);
        return planned with { NextWalk = next, Reasons = [.. planned.Reasons,
            .. BeltIncline.Reminder(diary, planned) is { } incline ? [incline] : Array.Empty<PlanReason>(),
            .. Before.Reminders(diary.Answers)] };
    }

    /// <summary>Whether pain forbade walking on a day, as far as was known in its morning.</summary>
    internal static bool WasForbidden(DiaryByDay diary, DateOnly day)
    {
        var (days, notes) = diary.InTheMorningOf(day);
        return Stop(BuildUp.Through(days, notes, day), notes, day) != null || PainRest(days, notes, day) != null;
    }

    /// <summary>An alarm that no note in the safe zone has lifted: one of a later day, because a lower number on the
    /// same day may be no more than a painkiller.</summary>
    private static PlanReason? Stop(BuildUp buildUp, PainNote[] notes, DateOnly today)
    {
        if (buildUp.Alarm is not { } alarm
            || Array.Exists(notes, note => WalkedDay.DayOf(note.At) > WalkedDay.DayOf(alarm.At)
                && note.Level <= Dose.SafePain))
        {
            return null;
        }

        string found = alarm.Rule == Rules.PainHigh
            ? string.Create(CultureInfo.InvariantCulture, $"you noted pain of {alarm.Level} on {alarm.At:MMMM d}")
            : string.Create(CultureInfo.InvariantCulture,
                $"the pain was higher on the morning after two sessions in a row, {alarm.Level} at last");
        string lower = notes[^1].Level <= Dose.SafePain && WalkedDay.DayOf(alarm.At) == today
            ? ". A lower number on the same day does not undo that" : "";
        return new PlanReason(alarm.Rule, $"{found}. Do not walk; have a professional look at it{lower}");
    }

    /// <summary>Pain of the last session that has not gone back yet.</summary>
    private static PlanReason? PainRest(IReadOnlyList<WalkedDay> days, PainNote[] notes, DateOnly today)
    {
        if (days.Count == 0 || !days[^1].Lingers || notes[^1].Level <= days[^1].Baseline
            || today.DayNumber - WalkedDay.DayOf(notes[^1].At).DayNumber >= Dose.NotesAreFresh.Days)
        {
            return null;
        }

        return new PlanReason(
            Rules.PainLingers,
            string.Create(CultureInfo.InvariantCulture,
                $"the pain is {notes[^1].Level} still, more than before the last session. Rest until it is back to "
            + $"{days[^1].Baseline} or less, and note it then"));
    }

    /// <summary>Rest that the calendar asks for.</summary>
    private static PlanReason? DayRest(IReadOnlyList<WalkedDay> days, DateOnly day, int mostDays)
    {
        int inSeven = days.Count(walked => walked.Day > day.AddDays(-Week) && walked.Day <= day);
        return days.Any(walked => walked.Day == day) ? new PlanReason(Rules.DayBetween, "you have walked today")
            : inSeven >= mostDays
            ? new PlanReason(Rules.DaysAWeek,
                string.Create(CultureInfo.InvariantCulture, $"you have walked on {inSeven} of the last 7 days"))

            // Who may walk on more than every second day by a professional's word cannot rest after each.
            : days.Any(walked => walked.Day == day.AddDays(-1)) && mostDays <= Dose.MostDaysInSeven + 1
            ? new PlanReason(Rules.DayBetween, "you walked yesterday")
            : null;
    }

    private static Plan Walk(Plan plan, BuildUp buildUp, PainNote[] notes)
    {
        var shorter = new List<PlanReason>();
        if (TodayIsWorse(notes, plan.Day) is { } worse)
        {
            shorter.Add(worse);
        }

        if (TrendIsUp(notes) is { } trend)
        {
            shorter.Add(trend);
        }

        if (plan.Dose?.Minutes is { } minutes)
        {
            int less = Dose.StepsMinutes.Where(one => one < minutes).TakeLast(shorter.Count).FirstOrDefault(minutes);
            return plan with { Target = TimeSpan.FromMinutes(less),
                Reasons = [.. shorter, new PlanReason(Rules.Prescribed,
                    string.Create(CultureInfo.InvariantCulture, $"a professional has set {minutes} minutes"))] };
        }

        int step = Math.Max(0, plan.Step - shorter.Count);
        return plan with { Target = TimeSpan.FromMinutes(Dose.StepsMinutes[step]),
            Reasons = [.. shorter, .. WhyThatStep(buildUp)] };
    }

    private static PlanReason? TodayIsWorse(PainNote[] notes, DateOnly today)
    {
        var before = notes.Where(note => note.Moment == PainMoment.Before).TakeLast(2).ToArray();
        return before.Length > 0 && WalkedDay.DayOf(before[^1].At) == today && before[^1].Level > Dose.SafePain
            && (before.Length == 1 || before[^1].Level > before[0].Level)
            ? new PlanReason(Rules.PainToday,
                string.Create(CultureInfo.InvariantCulture, $"the pain is {before[^1].Level} today: a step shorter"))
            : null;
    }

    private static PlanReason? TrendIsUp(PainNote[] notes)
    {
        var before = notes.Where(note => note.Moment == PainMoment.Before).TakeLast(2 * TrendNotes)
            .Select(note => note.Level).ToArray();
        return before.Length == 2 * TrendNotes && before[TrendNotes..].Sum() - before[..TrendNotes].Sum() >= TrendNotes
            ? new PlanReason(Rules.PainTrend,
                "the pain before walking has grown over the last sessions: a step shorter")
            : null;
    }

    private static IEnumerable<PlanReason> WhyThatStep(BuildUp buildUp)
    {
        if (buildUp.SetBack is { } back)
        {
            yield return back with { Text = back.Text + ": the minutes went back" };
        }

        if (buildUp.Step == Dose.StepsMinutes.Count - 1)
        {
            yield return new PlanReason(Rules.Minutes,
                string.Create(CultureInfo.InvariantCulture,
                    $"{Dose.StepsMinutes[^1]} minutes is the full dose: stay with it"));
        }
        else if (buildUp is { Step: 0, Sessions: 0 })
        {
            yield return new PlanReason(Rules.Minutes,
                string.Create(CultureInfo.InvariantCulture, $"begin with {Dose.StepsMinutes[0]} minutes"));
        }
        else
        {
            int left = Math.Max(1, Dose.SessionsToGoUp - buildUp.Sessions);
            yield return new PlanReason(
                Rules.BuildUp,
                string.Create(CultureInfo.InvariantCulture,
                    $"{Dose.StepsMinutes[buildUp.Step]} minutes; after {left} more completed "
                    + $"session{(left == 1 ? "" : "s")} without more pain it will be "
                    + $"{Dose.StepsMinutes[buildUp.Step + 1]}"));
        }
    }

    /// <summary>Days before one that were walked with a sensor for long enough: there cues were given.</summary>
    private static int SensorDays(WalkerDiary diary, DateOnly today) =>
        WalkedDay.From(new WalkerDiary(diary.Sessions, []), today.AddDays(-1)).Count;

    private static PlanDay Day(WalkerDiary diary, IReadOnlyList<WalkedDay> days, DateOnly day) =>
        new(day, diary.Walked(day), days.Any(counted => counted.Day == day));
}
