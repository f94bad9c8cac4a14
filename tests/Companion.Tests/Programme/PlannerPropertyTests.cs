using Backstep.Protocol.Tests.Support;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using CsCheck;

namespace Backstep.Companion.Tests.Programme;

/// <summary>What must hold whatever somebody walks and notes.</summary>
public class PlannerPropertyTests
{
    private const int Days = 60;

    private static readonly Gen<Entry> Entries = Gen.Select(
        Gen.Int[0, Days - 1], Gen.Double[0, 20], Gen.Enum<WalkMode>(), Gen.Int[-4, 10], Gen.Int[-4, 10],
        Gen.Int[-4, 10], Gen.Bool,
        (day, minutes, mode, before, after, morning, simulated) => new Entry(day, minutes, mode, before, after,
            morning, simulated));

    private static readonly Gen<Entry[]> Diaries = Entries.Array[0, 25];

    [Fact]
    public void Never_more_than_15_minutes_never_less_than_3_and_always_a_reason()
    {
        Sampling.ForAll(
            Diaries, 300,
            entries =>
            {
                var diary = Write(entries);
                for (int day = 0; day < Days; day += 7)
                {
                    var plan = diary.Plan(day);
                    Assert.NotEmpty(plan.Reasons);
                    Assert.Equal(plan.Advice == Advice.Walk, plan.Target != null);
                    Assert.True(
                        plan.Target is null
                            || (plan.Target >= TimeSpan.FromMinutes(3) && plan.Target <= TimeSpan.FromMinutes(15)));
                    Assert.True(plan.Advice != Advice.Stop || plan.NextWalk == null);
                    Assert.Contains("professional", plan.Advice == Advice.Stop ? plan.Reasons[0].Text : "professional",
                        StringComparison.Ordinal);
                }
            });
    }

    [Fact]
    public void Who_follows_it_never_walks_on_more_than_three_days_in_seven_nor_two_days_running()
    {
        Sampling.ForAll(
            Gen.Select(Gen.Double[0.5, 1.2].Array[Days], Gen.Int[0, 3].Array[Days]), 50,
            (share, pain) =>
            {
                var diary = new Diary();
                var walked = new bool[Days];
                for (int day = 0; day < Days; day++)
                {
                    var plan = diary.Plan(day);
                    if (plan.Target is { } target)
                    {
                        walked[day] = true;
                        diary.Before(day, pain[day]).Walk(day, Math.Max(1, target.TotalMinutes * share[day]));
                    }

                    Assert.InRange(walked[Math.Max(0, day - 6)..(day + 1)].Count(one => one), 0, Dose.MostDaysInSeven);
                    Assert.False(day > 0 && walked[day] && walked[day - 1]);
                }
            });
    }

    [Fact]
    public void More_pain_after_a_session_or_next_morning_never_means_longer()
    {
        Sampling.ForAll(
            Gen.Select(Diaries, Gen.Int[0, 1000], Gen.Int[1, 10]), 1000,
            (entries, pick, more) =>
            {
                var diary = Write(entries);
                var worse = Write(entries);
                var candidates = worse.Pain.Index().Where(note => note.Item.Moment != PainMoment.Before).ToArray();
                if (candidates.Length > 0)
                {
                    var (i, note) = candidates[pick % candidates.Length];
                    worse.Pain[i] = note with { Level = Math.Min(10, note.Level + more) };
                }

                AssertNeverLonger(diary, worse);
            });
    }

    [Fact]
    public void More_pain_in_the_newest_note_never_means_longer()
    {
        Sampling.ForAll(
            Gen.Select(Diaries, Gen.Int[1, 10]), 1000,
            (entries, more) =>
            {
                var diary = Write(entries);
                var worse = Write(entries);
                if (worse.Pain.Count > 0)
                {
                    var newest = worse.Pain.MaxBy(note => note.At)!;
                    worse.Pain[worse.Pain.LastIndexOf(newest)] =
                        newest with { Level = Math.Min(10, newest.Level + more) };
                    int day = DateOnly.FromDateTime(newest.At.DateTime).DayNumber - Diary.First.DayNumber;
                    Assert.True(Minutes(worse, day) <= Minutes(diary, day));
                }
            });
    }

    [Fact]
    public void The_order_in_which_it_is_told_does_not_matter()
    {
        Sampling.ForAll(
            Gen.Select(Diaries, Gen.Int[0, Days]), 300,
            (entries, day) =>
            {
                var diary = Write(entries);
                var sessions = diary.Sessions.AsEnumerable().Reverse().ToArray();
                var one = diary.Plan(day);
                var other = Planner.For(sessions, diary.Pain, Diary.First.AddDays(day));
                Assert.Equal((one.Advice, one.Target, one.Step, one.SessionsOnStep, one.NextWalk),
                    (other.Advice, other.Target, other.Step, other.SessionsOnStep, other.NextWalk));
            });
    }

    [Fact]
    public void A_diary_that_is_sorted_once_knows_of_each_morning_what_was_known_then()
    {
        Sampling.ForAll(
            Gen.Select(Diaries, Gen.Int[0, 1000]), 100,
            (entries, pick) =>
            {
                var diary = Write(entries);
                for (int i = pick % 3; i < diary.Pain.Count; i += 3)
                {
                    // about whatever session, even a later one
                    diary.Pain[i] = diary.Pain[i] with { SessionId = 1 + ((pick + i) % (diary.Sessions.Count + 1)) };
                }

                var whole = new WalkerDiary(diary.Sessions, diary.Pain);
                var sorted = new DiaryByDay(whole);
                for (int day = 0; day < Days + 2; day++)
                {
                    var date = Diary.First.AddDays(day);
                    var known = whole.InTheMorningOf(date);
                    var (days, notes) = sorted.InTheMorningOf(date);
                    Assert.Equal(new DiaryByDay(known).Until(date), days);
                    Assert.Equal(known.Pain.OrderBy(note => note.At), notes);
                }
            });
    }

    private static void AssertNeverLonger(Diary diary, Diary worse)
    {
        for (int day = 0; day < Days + 10; day += 5)
        {
            Assert.True(Minutes(worse, day) <= Minutes(diary, day), $"day {day}");
        }
    }

    // Without how the weeks before went, which is dear and of no account here.
    private static double Minutes(Diary diary, int day) => Planner.OfTheDay(
        new WalkerDiary(diary.Sessions, diary.Pain), Diary.First.AddDays(day)).Target?.TotalMinutes ?? 0;

    private static Diary Write(Entry[] entries)
    {
        var diary = new Diary();
        foreach (var entry in entries.DistinctBy(entry => entry.Day))
        {
            diary.Walk(entry.Day, entry.Minutes, entry.Mode, entry.Simulated);
            if (entry.Before >= 0)
            {
                diary.Before(entry.Day, entry.Before);
            }

            if (entry.After >= 0)
            {
                diary.After(entry.Day, entry.After);
            }

            if (entry.Morning >= 0)
            {
                diary.Morning(entry.Day + 1, entry.Morning);
            }
        }

        return diary;
    }

    private sealed record Entry(int Day, double Minutes, WalkMode Mode, int Before, int After, int Morning,
        bool Simulated);
}
