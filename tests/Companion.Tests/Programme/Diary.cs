using Backstep.Protocol;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Programme;

/// <summary>What somebody walked and noted, day by day.</summary>
public sealed class Diary
{
    public static readonly DateOnly First = new(2026, 3, 2); // a Monday

    private long _id;

    public List<SessionSummary> Sessions { get; } = [];

    public List<PainNote> Pain { get; } = [];

    /// <summary>Walked so many minutes on a day.</summary>
    /// <param name="day">Days after the first.</param>
    /// <param name="minutes">Of walking.</param>
    /// <param name="mode">Where.</param>
    /// <param name="simulated">Whether nobody did.</param>
    /// <param name="backwardShare">Share of the strides that went backward.</param>
    public Diary Walk(int day, double minutes, WalkMode mode = WalkMode.Treadmill, bool simulated = false,
        double backwardShare = 1)
    {
        int strides = (int)(minutes * 40);
        int backward = (int)(strides * backwardShare);
        Sessions.Add(new SessionSummary(
            new SessionHeader
            {
                Id = ++_id,
                WalkerId = 1,
                StartedAt = At(day, 9),
                Mode = mode,
                IsSimulated = simulated,
                Sensors = [new SessionSensor("shoe", null, Placement.LeftShoe)],
            },
            new SessionTotals
            {
                Elapsed = TimeSpan.FromMinutes(minutes),
                Active = TimeSpan.FromMinutes(minutes),
                BackwardStrides = backward,
                ForwardStrides = strides - backward,
            },
            IsComplete: true));
        return this;
    }

    public Diary Before(int day, int level) => Note(day, 8, PainMoment.Before, level);

    public Diary After(int day, int level) => Note(day, 10, PainMoment.After, level);

    public Diary Morning(int day, int level) => Note(day, 7, PainMoment.NextMorning, level);

    /// <summary>So many completed treadmill sessions, every third day from the first, with pain of 1 that
    /// goes.</summary>
    public Diary Completed(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int day = i * 3;
            double minutes = Plan(day).Target!.Value.TotalMinutes;
            Before(day, 1).Walk(day, minutes).After(day, 1).Morning(day + 1, 1);
        }

        return this;
    }

    public FirstAnswers? Answers { get; set; }

    public PrescribedDose? Dose { get; set; }

    public List<WalkerNote> Notes { get; } = [];

    /// <summary>Walked without a sensor.</summary>
    public Diary Noted(int day, double minutes)
    {
        Notes.Add(new WalkerNote(1, At(day, 12)) { Walked = TimeSpan.FromMinutes(minutes) });
        return this;
    }

    /// <summary>Noted at an hour of the day.</summary>
    public Diary At(int day, int hour, PainMoment moment, int level) => Note(day, hour, moment, level);

    public Plan Plan(int day) => Planner.For(
        new WalkerDiary(Sessions, Pain) { Notes = Notes, Answers = Answers, Dose = Dose }, First.AddDays(day));

    private Diary Note(int day, int hour, PainMoment moment, int level)
    {
        Pain.Add(new PainNote(1, null, At(day, hour), moment, level));
        return this;
    }

    private static DateTimeOffset At(int day, int hour) =>
        new(First.AddDays(day).ToDateTime(new TimeOnly(hour, 0)), TimeSpan.FromHours(1));
}
