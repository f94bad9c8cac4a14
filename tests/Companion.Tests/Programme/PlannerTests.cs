using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Programme;

/// <summary>Each rule by itself.</summary>
public class PlannerTests
{
    [Fact]
    public void A_beginner_walks_three_minutes_and_is_told_why()
    {
        var plan = new Diary().Plan(0);
        Assert.Equal((Advice.Walk, TimeSpan.FromMinutes(3), Diary.First), (plan.Advice, plan.Target, plan.NextWalk));
        var reason = Assert.Single(plan.Reasons);
        Assert.Equal(Rules.Minutes, reason.Rule);
        Assert.Contains("BMC Musculoskelet Disord 2019 20:159", reason.Rule.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(2, 4)]
    [InlineData(4, 5)]
    [InlineData(6, 6)]
    [InlineData(8, 8)]
    [InlineData(10, 10)]
    [InlineData(12, 12)]
    [InlineData(14, 15)]
    [InlineData(30, 15)]
    public void Two_completed_sessions_make_it_longer_up_to_15_minutes_and_never_more(int completed, int minutes)
    {
        Assert.Equal(TimeSpan.FromMinutes(minutes), new Diary().Completed(completed).Plan(completed * 3).Target);
    }

    [Fact]
    public void Without_a_word_about_pain_it_takes_three()
    {
        var diary = new Diary().Walk(0, 3).Walk(3, 3);
        Assert.Equal(TimeSpan.FromMinutes(3), diary.Plan(6).Target);
        Assert.Equal(TimeSpan.FromMinutes(4), diary.Walk(6, 3).Plan(9).Target);
    }

    [Theory]
    [InlineData(2.7, 4)] // nine tenths are enough
    [InlineData(2.6, 3)]
    public void A_session_that_was_broken_off_does_not_count(double minutes, int next)
    {
        var diary = new Diary();
        foreach (int day in (int[])[0, 3, 6])
        {
            diary.Walk(day, minutes);
        }

        Assert.Equal(TimeSpan.FromMinutes(next), diary.Plan(9).Target);
    }

    [Fact]
    public void Only_what_was_walked_backward_counts()
    {
        var diary = new Diary();
        foreach (int day in (int[])[0, 3, 6])
        {
            diary.Walk(day, 5, backwardShare: 0.4);
        }

        Assert.Equal(TimeSpan.FromMinutes(3), diary.Plan(9).Target);
    }

    [Fact]
    public void Simulated_sessions_are_no_sessions()
    {
        var diary = new Diary();
        foreach (int day in (int[])[0, 1, 2, 3, 4])
        {
            diary.Walk(day, 10, simulated: true);
        }

        var plan = diary.Plan(4);
        Assert.Equal((Advice.Walk, TimeSpan.FromMinutes(3)), (plan.Advice, plan.Target));
        Assert.All(plan.LastSevenDays, day => Assert.Equal((TimeSpan.Zero, false), (day.Walked, day.Counts)));
    }

    [Theory]
    [InlineData(WalkMode.Hill)]
    [InlineData(WalkMode.Sled)]
    [InlineData(WalkMode.Free)]
    public void Other_modes_are_days_of_walking_but_build_up_no_minutes(WalkMode mode)
    {
        var diary = new Diary();
        foreach (int day in (int[])[0, 3, 6])
        {
            diary.Walk(day, 10, mode);
        }

        Assert.Equal(TimeSpan.FromMinutes(3), diary.Plan(9).Target);
        Assert.Equal(Advice.Rest, diary.Plan(7).Advice);
    }

    [Fact]
    public void The_day_after_walking_is_a_day_of_rest()
    {
        var diary = new Diary().Walk(0, 3);
        Assert.Equal((Advice.Rest, Rules.DayBetween), (diary.Plan(0).Advice, diary.Plan(0).Reasons[0].Rule));
        Assert.Equal((Advice.Rest, Rules.DayBetween), (diary.Plan(1).Advice, diary.Plan(1).Reasons[0].Rule));
        Assert.Equal(Diary.First.AddDays(2), diary.Plan(1).NextWalk);
        Assert.Equal(Advice.Walk, diary.Plan(2).Advice);
    }

    [Fact]
    public void Three_days_in_seven_are_enough()
    {
        var diary = new Diary().Walk(0, 3).Walk(2, 3).Walk(4, 3);
        var plan = diary.Plan(6);
        Assert.Equal((Advice.Rest, Rules.DaysAWeek, Diary.First.AddDays(7)),
            (plan.Advice, plan.Reasons[0].Rule, plan.NextWalk));
        Assert.Equal([true, false, true, false, true, false, false], plan.LastSevenDays.Select(day => day.Counts));
        Assert.Equal(Advice.Walk, diary.Plan(7).Advice);
    }

    [Fact]
    public void A_try_of_some_seconds_is_no_day()
    {
        Assert.Equal(Advice.Walk, new Diary().Walk(0, 0.9).Plan(1).Advice);
    }

    [Theory]
    [InlineData(13, 5)]
    [InlineData(14, 4)]
    [InlineData(21, 3)]
    [InlineData(200, 3)]
    public void A_break_goes_back_step_by_step(int daysOff, int minutes)
    {
        var plan = new Diary().Completed(4).Plan(9 + daysOff);
        Assert.Equal(TimeSpan.FromMinutes(minutes), plan.Target);
        Assert.Equal(minutes < 5, plan.Reasons.Any(reason => reason.Rule == Rules.Break));
    }

    [Theory]
    [InlineData(5, Advice.Rest)] // more than before it: not yet
    [InlineData(6, Advice.Stop)]
    [InlineData(10, Advice.Stop)]
    public void Pain_above_5_means_stop_and_a_professional(int level, Advice advice)
    {
        var plan = new Diary().Completed(4).Morning(11, level).Plan(12);
        Assert.Equal(advice, plan.Advice);
        Assert.Null(plan.Target);
        Assert.Equal(advice == Advice.Stop, plan.Reasons[0].Text.Contains("professional", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, Advice.Stop)]
    [InlineData(2, Advice.Walk)]
    public void After_a_stop_it_begins_anew_when_the_pain_is_in_the_safe_zone(int later, Advice advice)
    {
        var plan = new Diary().Completed(6).After(17, 8).Before(40, later).Plan(40);
        Assert.Equal(advice, plan.Advice);
        Assert.Equal(advice == Advice.Walk ? TimeSpan.FromMinutes(3) : null, plan.Target);
    }

    [Fact]
    public void A_stop_does_not_wear_off_by_itself()
    {
        Assert.Equal(Advice.Stop, new Diary().Completed(2).After(5, 7).Plan(100).Advice);
    }

    [Fact]
    public void Pain_that_is_higher_next_morning_means_rest_until_it_is_back_and_then_a_step_shorter()
    {
        var diary = new Diary().Completed(4).Before(12, 1).Walk(12, 5).Morning(13, 3);
        Assert.Equal((Advice.Rest, Rules.PainLingers), (diary.Plan(14).Advice, diary.Plan(14).Reasons[0].Rule));
        var back = diary.Morning(15, 1).Plan(15);
        Assert.Equal(Advice.Rest, diary.Plan(14).Advice);
        Assert.Equal((Advice.Walk, TimeSpan.FromMinutes(4)), (back.Advice, back.Target)); // it was 5
        Assert.Contains(back.Reasons, reason => reason.Rule == Rules.PainLingers);
    }

    [Fact]
    public void When_it_lingers_twice_in_a_row_it_is_a_matter_for_a_professional()
    {
        var diary = new Diary().Before(0, 1).Walk(0, 3).Morning(1, 2).Before(3, 1).Walk(3, 3).Morning(4, 2);
        var plan = diary.Plan(5);
        Assert.Equal((Advice.Stop, Rules.PainLingersAgain), (plan.Advice, plan.Reasons[0].Rule));
        Assert.Contains("professional", plan.Reasons[0].Text, StringComparison.Ordinal);
        Assert.Equal(Advice.Walk, diary.Before(8, 1).Plan(8).Advice);
    }

    [Theory]
    [InlineData(2, 5)] // one more is walking, not harm
    [InlineData(3, 4)]
    public void Pain_that_rises_by_two_makes_it_a_step_shorter(int after, int minutes)
    {
        var plan = new Diary().Completed(4).Before(12, 1).Walk(12, 4).After(12, after).Plan(15);
        Assert.Equal(TimeSpan.FromMinutes(minutes), plan.Target);
        Assert.Equal(minutes == 4, plan.Reasons.Any(reason => reason.Rule == Rules.PainRises));
    }

    [Fact]
    public void Pain_that_grows_over_the_weeks_makes_it_a_step_shorter()
    {
        var diary = new Diary().Completed(4);
        Assert.Equal(TimeSpan.FromMinutes(5), diary.Plan(12).Target);
        foreach (int day in (int[])[12, 15, 18])
        {
            diary.Before(day, 2).Walk(day, 4).After(day, 2).Morning(day + 1, 2);
        }

        var plan = diary.Plan(21);
        Assert.Equal((TimeSpan.FromMinutes(4), Rules.PainTrend), (plan.Target, plan.Reasons[0].Rule));
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 4)]
    [InlineData(5, 4)]
    public void Pain_today_makes_today_a_step_shorter(int level, int minutes)
    {
        var diary = new Diary().Completed(4).Before(12, level);
        Assert.Equal(TimeSpan.FromMinutes(minutes), diary.Plan(12).Target);
    }

    [Theory]
    [InlineData(2.0, null, "at 2 %; 5 % is the dose")]
    [InlineData(2.0, 2.0, null)]
    [InlineData(4.1, null, null)]
    [InlineData(null, null, null)]
    public void A_belt_that_was_not_at_the_dose_is_thought_of_before_the_next_walk(double? measured, double? dose,
        string? words)
    {
        var diary = new Diary().Completed(4);
        diary.Dose = new PrescribedDose { InclinePercent = dose };
        diary.Sessions[^1] = diary.Sessions[^1] with
        {
            MeasuredIncline = measured is { } percent ? new MeasuredIncline(percent, TimeSpan.FromMinutes(4)) : null,
        };
        var reason = diary.Plan(12).Reasons.FirstOrDefault(one => one.Rule == Rules.Incline);
        Assert.Equal(words == null ? null : $"in the last walk the shoe measured the belt {words}", reason?.Text);
        Assert.DoesNotContain(diary.Plan(10).Reasons, one => one.Rule == Rules.Incline); // a day of rest
    }

    [Fact]
    public void What_happens_later_is_not_known_yet()
    {
        var diary = new Diary().Completed(2).After(3, 9);
        Assert.Equal((Advice.Walk, TimeSpan.FromMinutes(3)), (diary.Plan(2).Advice, diary.Plan(2).Target));
    }

    [Fact]
    public void Every_rule_says_where_it_comes_from_or_is_ours()
    {
        Assert.Equal(Rules.All.Count, Rules.All.Select(rule => rule.Name).Distinct().Count());
        Assert.All(Rules.All, rule => Assert.True(rule.Source is null or { Length: > 20 }));
        Assert.All((Rule[])[Rules.Minutes, Rules.DaysAWeek, Rules.PainHigh, Rules.PainLingers],
            rule => Assert.NotNull(rule.Source));
        Assert.All((Rule[])[Rules.BuildUp, Rules.DayBetween, Rules.Break, Rules.PainRises],
            rule => Assert.Null(rule.Source));
        Assert.Contains("no medical advice", Rules.WhatItIsNot, StringComparison.Ordinal);
        Assert.Contains("professional", Rules.WhatItIsNot, StringComparison.Ordinal);
    }
}
