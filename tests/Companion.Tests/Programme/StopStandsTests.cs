using Backstep.Protocol.Tests.Support;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using CsCheck;

namespace Backstep.Companion.Tests.Programme;

/// <summary>A stop stands for the day, a walk without a sensor counts, and who has answered nothing is asked.</summary>
public class StopStandsTests
{
    private static FirstAnswers Answered { get; } =
        new() { Pain = KneePain.Mild, ProfessionalAgrees = true, Place = WalkMode.Treadmill };

    [Fact]
    public void A_lower_number_on_the_same_day_does_not_undo_a_stop_and_one_on_the_next_day_does()
    {
        var diary = new Diary().At(0, 9, PainMoment.Before, 8).At(0, 11, PainMoment.Before, 1);
        Assert.Equal(Advice.Stop, diary.Plan(0).Advice);
        Assert.Contains("same day", diary.Plan(0).Reasons[0].Text, StringComparison.Ordinal);
        Assert.Equal(Advice.Stop, diary.Plan(1).Advice);
        Assert.Equal(Advice.Walk, diary.Before(1, 2).Plan(1).Advice);
    }

    [Fact]
    public void Whatever_is_noted_later_on_the_day_of_an_alarm_the_stop_stands() =>
        Sampling.ForAll(
            Gen.Select(Gen.Int[6, 10], Gen.Select(Gen.Int[0, 10], Gen.Int[0, 2]).Array[0, 6]), 300,
            (alarm, later) =>
            {
                var diary = new Diary().At(0, 9, PainMoment.After, alarm);
                for (int i = 0; i < later.Length; i++)
                {
                    diary.At(0, 10 + i, (PainMoment)later[i].Item2, later[i].Item1);
                }

                Assert.Equal(Advice.Stop, diary.Plan(0).Advice);
            });

    [Fact]
    public void Walks_without_a_sensor_build_the_minutes_up_and_are_rested_after()
    {
        var diary = new Diary();
        for (int i = 0; i < 3; i++)
        {
            diary.Noted(i * 3, 3);
        }

        Assert.Equal(4, diary.Plan(9).Target!.Value.TotalMinutes);
        Assert.Equal(Advice.Rest, diary.Plan(6).Advice);
        Assert.Equal(TimeSpan.FromMinutes(3), diary.Plan(6).LastSevenDays[^1].Walked);
    }

    [Fact]
    public void A_stranger_is_asked_before_the_first_walk_and_one_who_has_walked_is_reminded()
    {
        Assert.Equal(Advice.Answer, new Diary { Answers = new FirstAnswers() }.Plan(0).Advice);
        Assert.Equal(Advice.Walk, new Diary { Answers = Answered }.Plan(0).Advice);
        var known = new Diary { Answers = new FirstAnswers() }.Walk(0, 3).Plan(2);
        Assert.Equal(Advice.Walk, known.Advice);
        Assert.Contains(known.Reasons, reason => reason.Text.Contains("--ask", StringComparison.Ordinal));
    }

    [Fact]
    public void Strong_pain_is_a_stop_even_for_who_skips_and_skipping_is_said_each_time()
    {
        Assert.Equal(Advice.Stop, new Diary { Answers = Answered with { Pain = KneePain.Strong } }.Plan(0).Advice);
        Assert.Equal(Advice.Stop,
            new Diary { Answers = new FirstAnswers { Pain = KneePain.Strong, IsSkipped = true } }.Plan(0).Advice);
        var skipped = new Diary { Answers = new FirstAnswers { IsSkipped = true } }.Plan(0);
        Assert.Equal(Advice.Walk, skipped.Advice);
        Assert.Contains(skipped.Reasons, reason => reason.Text.Contains("skipped", StringComparison.Ordinal));
        Assert.Contains(new Diary { Answers = Answered with { ProfessionalAgrees = false } }.Plan(0).Reasons,
            reason => reason.Text.Contains("ask one first", StringComparison.Ordinal));
    }

    [Fact]
    public void A_professionals_dose_is_obeyed_and_named_but_never_against_a_stop()
    {
        var dose = new PrescribedDose { Minutes = 7, Days = 5 };
        var plan = new Diary { Answers = Answered, Dose = dose }.Plan(0);
        Assert.Equal((7, Rules.Prescribed), ((int)plan.Target!.Value.TotalMinutes, plan.Reasons[0].Rule));
        Assert.Equal(Advice.Walk, new Diary { Dose = dose }.Walk(0, 7).Plan(1).Advice);
        Assert.Equal(Advice.Rest, new Diary { Dose = dose with { Days = 3 } }.Walk(0, 7).Plan(1).Advice);
        Assert.Equal(Advice.Stop, new Diary { Dose = dose }.Before(0, 7).Plan(0).Advice);
        Assert.Equal(6, new Diary { Dose = dose }.Before(0, 4).Plan(0).Target!.Value.TotalMinutes);
    }
}
