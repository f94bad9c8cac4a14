using System.Globalization;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Programme;

/// <summary>
/// Goes through all days from the first and tells how far the build-up has come. A state (step, sessions on it) that is
/// ahead of another stays ahead of it or level with it through any day, so more pain noted can never end in more
/// minutes.
/// </summary>
public sealed class BuildUp
{
    private const int LingersToStop = 2;
    private const int DaysOfBreak = 7;

    private int _lingering;
    private DateOnly? _last;

    private BuildUp()
    {
    }

    /// <summary>Position in <see cref="Dose.StepsMinutes"/>.</summary>
    public int Step { get; private set; }

    /// <summary>Sessions completed on it.</summary>
    public int Sessions { get; private set; }

    /// <summary>The newest alarm: the rule, the level, and when; null when there was none.</summary>
    public (Rule Rule, int Level, DateTimeOffset At)? Alarm { get; private set; }

    /// <summary>What moved the step last, other than a completed session; null when nothing did.</summary>
    public PlanReason? SetBack { get; private set; }

    /// <summary>Goes through them.</summary>
    public static BuildUp Through(IReadOnlyList<WalkedDay> days, IReadOnlyList<PainNote> notes, DateOnly today)
    {
        var buildUp = new BuildUp();
        PainNote[] high = [.. notes.Where(note => note.Level > Dose.AcceptablePain)];
        foreach (var day in days)
        {
            buildUp.Pause(day.Day);
            bool alarmed = buildUp.RingFor(high, day.Day);
            buildUp._last = day.Day;
            buildUp.Take(day, alarmed);
        }

        buildUp.RingFor(high, today);
        buildUp.Pause(today);
        return buildUp;
    }

    /// <summary>Days without walking, up to one on which it is walked or might be.</summary>
    private void Pause(DateOnly until)
    {
        if (_last is { } last && (until.DayNumber - last.DayNumber) / DaysOfBreak - 1 is var back and > 0)
        {
            GoBack(back,
                new PlanReason(Rules.Break,
                    string.Create(CultureInfo.InvariantCulture,
                        $"the last session was {until.DayNumber - last.DayNumber} days before")));
        }
    }

    /// <summary>Alarms since the last day of walking.</summary>
    private bool RingFor(PainNote[] high, DateOnly until)
    {
        if (Array.FindLast(high, note => WalkedDay.DayOf(note.At) is var day && day <= until && !(day <= _last))
            is not { } newest)
        {
            return false;
        }

        Ring(Rules.PainHigh, newest.Level, newest.At);
        return true;
    }

    private void Take(WalkedDay day, bool alarmed)
    {
        _lingering = day.Morning == null ? _lingering : day.Lingers ? _lingering + 1 : 0;
        if (day.Lingers && _lingering >= LingersToStop)
        {
            Ring(Rules.PainLingersAgain, day.Morning ?? 0, day.MorningAt ?? DateTimeOffset.MinValue);
        }
        else if (alarmed)
        {
            return; // a day on which the alarm rang completes nothing
        }
        else if (day.Lingers)
        {
            GoBack(1,
                new PlanReason(Rules.PainLingers,
                    string.Create(CultureInfo.InvariantCulture,
                        $"after {day.Day:MMMM d} the pain was {day.Morning} on the next morning, {Was(day)} before")));
        }
        else if (day.Rises)
        {
            GoBack(1,
                new PlanReason(Rules.PainRises,
                    string.Create(CultureInfo.InvariantCulture,
                        $"on {day.Day:MMMM d} the pain was {day.After} after walking, {Was(day)} before")));
        }
        else if (day.OnTreadmill >= TimeSpan.FromMinutes(Dose.StepsMinutes[Step]) * Dose.CompleteShare)
        {
            Complete(day);
        }
    }

    private void Complete(WalkedDay day)
    {
        Sessions++;
        if (Sessions >= (day.IsNoted ? Dose.SessionsToGoUp : Dose.SessionsToGoUpWithoutNotes))
        {
            Step = Math.Min(Step + 1, Dose.StepsMinutes.Count - 1);
            Sessions = 0;
            SetBack = null;
        }
    }

    private void Ring(Rule rule, int level, DateTimeOffset at)
    {
        Alarm = Alarm is { } known && known.At > at ? known : (rule, level, at);
        (Step, Sessions) = (0, 0);
        SetBack = null;
    }

    private void GoBack(int steps, PlanReason reason)
    {
        SetBack = Step > 0 ? reason : SetBack;
        Step = Math.Max(0, Step - steps);
        Sessions = 0;
    }

    private static string Was(WalkedDay day) =>
        day.Before?.ToString(CultureInfo.InvariantCulture) ?? "not noted";
}
