using Backstep.Companion.Output;
using Backstep.Companion.Tests.Programme;
using Backstep.Gait;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Output;

/// <summary>What happened in a walk, in a sentence or two.</summary>
public class WalkWordsTests
{
    [Theory]
    [InlineData(60, 40, "better than the walk before (40 %)", "reach farther back")]
    [InlineData(40, 60, "worse than the walk before (60 %)", "reach farther back")]
    [InlineData(82, 80, "as in the walk before (80 %)", "just the same")]
    public void Better_or_worse_is_said_and_the_one_thing_to_try(int now, int before, string expected, string next)
    {
        string text = string.Join(" ", WalkWords.Of(Walk(now, 180), Walk(before, 180), 0));
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains(next, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Whether_the_target_was_reached_is_said_and_a_belt_that_was_too_fast_comes_first()
    {
        Assert.Contains("target is reached", WalkWords.Of(Walk(80, 178), null, 0)[0], StringComparison.Ordinal);
        Assert.Contains("2:00 of 3:00: the target is not reached", WalkWords.Of(Walk(80, 120), null, 0)[0],
            StringComparison.Ordinal);
        Assert.Contains("slower belt", WalkWords.Of(Walk(20, 180, belt: 1.1), null, 0)[^1], StringComparison.Ordinal);
        Assert.Contains("4 intervals", WalkWords.Of(Walk(80, 120), null, 4)[0], StringComparison.Ordinal);
        Assert.Contains("not known", WalkWords.Of(Walk(null, 120), null, 0)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 5, "The shoe measured the belt at 2 %; 5 % is the dose.")]
    [InlineData(2, 2, null)]
    [InlineData(4, 5, null)]
    [InlineData(0, 5, "The shoe measured the belt level; 5 % is the dose.")]
    public void A_belt_that_was_not_at_the_dose_is_spoken_of(double percent, double dose, string? said)
    {
        var walk = Walk(80, 180) with { MeasuredIncline = new MeasuredIncline(percent, TimeSpan.FromMinutes(3)) };
        Assert.Equal(said, WalkWords.Of(walk, null, 0, dose)
            .FirstOrDefault(sentence => sentence.Contains("shoe measured", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_walk_before_is_one_of_the_same_walker_and_mode_and_as_real()
    {
        var header = Walk(80, 180).Header with { Id = 9, StartedAt = At(9) };
        SessionSummary Other(int id, Func<SessionHeader, SessionHeader> make) =>
            Walk(id, 180) with { Header = make(header with { Id = id, StartedAt = At(id) }) };
        var before = WalkWords.Before(header, [
            Other(3, one => one), Other(4, one => one), Other(5, one => one with { IsSimulated = true }),
            Other(6, one => one with { Mode = WalkMode.Hill }), Other(7, one => one with { WalkerId = 2 }),
            Other(12, one => one)]);
        Assert.Equal(4, before!.Header.Id);
    }

    [Fact]
    public void Days_on_which_pain_forbade_walking_are_nobodys_omission()
    {
        var diary = new Diary().Walk(0, 3).Walk(2, 3).Walk(7, 3);
        Assert.Equal(new Adherence(3, 4, 2), diary.Plan(13).Adherence);
        diary.After(7, 8); // STOP from the next day on, until a note of a later day lifts it
        Assert.Equal(new Adherence(3, 3, 2), diary.Plan(13).Adherence);
        Assert.Equal(new Adherence(2, 2, 1), diary.Plan(6).Adherence); // the week before is as it was
        diary.Before(9, 1);
        Assert.Equal(new Adherence(3, 4, 2), diary.Plan(13).Adherence); // from the third day on it may be walked
    }

    [Fact]
    public void Weeks_of_nothing_but_stop_were_not_planned()
    {
        var diary = new Diary().Walk(0, 3).After(0, 9);
        Assert.Equal(new Adherence(1, 1, 1), diary.Plan(6).Adherence);
        Assert.Equal(new Adherence(1, 1, 2), diary.Plan(13).Adherence);
    }

    [Fact]
    public void Walked_of_planned_counts_no_more_in_a_week_than_was_planned()
    {
        var diary = new Diary();
        foreach (int day in (int[])[0, 2, 4, 14, 21, 23])
        {
            diary.Walk(day, 3);
        }

        Assert.Null(diary.Plan(5).Adherence);
        Assert.Equal(new Adherence(2, 2, 1), diary.Plan(6).Adherence);
        Assert.Equal(new Adherence(5, 8, 4), diary.Plan(27).Adherence);
        diary.Dose = new PrescribedDose { Days = 3 };
        Assert.Equal(new Adherence(6, 12, 4), diary.Plan(27).Adherence);
    }

    [Fact]
    public void Intervals_are_told_the_way_up_apart_from_the_way_down()
    {
        var strides = new List<KeptStride>();
        for (int second = 0; second < 180; second++)
        {
            bool up = second % 90 is >= 15 and < 45;
            strides.Add(new KeptStride(0, 1, TimeSpan.FromSeconds(second), Strides.Make((uint)second + 1,
                direction: up ? Direction.Backward : Direction.Forward, strideMilliseconds: 1000), Posture.Unknown));
        }

        SessionMark[] marks = [.. Enumerable.Range(0, 2).Select(i => 15 + (90 * i)).SelectMany(at => new[]
        {
            new SessionMark(TimeSpan.FromSeconds(at), MarkKind.IntervalBegins),
            new SessionMark(TimeSpan.FromSeconds(at + 30), MarkKind.IntervalEnds),
        })];
        var header = Walk(80, 180).Header with { Mode = WalkMode.Hill };
        var session = new KeptSession(
            new SessionSummary(header, SessionTotals.Of(header.Sensors, strides, marks), true),
            new WalkerProfile(1, "Ann", default), strides, marks, []);
        var parts = IntervalPart.Of(session);
        Assert.Equal([(1, true), (1, false), (2, true), (2, false)], parts.Select(part => (part.Number, part.IsWork)));
        Assert.Equal([(30, 0), (0, 60), (30, 0), (0, 45)], parts.Select(part => (part.Backward, part.Forward)));
        Assert.All(parts.Where(part => part.IsWork), part => Assert.Equal(1, part.ToeFirstShare));
        using var writer = new StringWriter();
        IntervalText.Write(writer, parts, WalkMode.Hill);
        Assert.Contains("up, backward", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("back down", writer.ToString(), StringComparison.Ordinal);
        Assert.Empty(IntervalPart.Of(session with { Marks = [] }));
    }

    private static DateTimeOffset At(int day) => new(2026, 3, day, 9, 0, 0, TimeSpan.Zero);

    private static SessionSummary Walk(int? toeFirst, int seconds, double belt = 0.7) => new(
        new SessionHeader
        {
            WalkerId = 1,
            StartedAt = At(1),
            Target = TimeSpan.FromMinutes(3),
            Sensors = [new SessionSensor("shoe", null, Protocol.Placement.LeftShoe)],
        },
        new SessionTotals
        {
            Active = TimeSpan.FromSeconds(seconds),
            LandedStrides = toeFirst == null ? 0 : 100,
            ToeFirstStrides = toeFirst ?? 0,
            BeltMetersPerSecond = belt,
            RhythmSettledAfter = TimeSpan.FromSeconds(40),
        },
        true);
}
