using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Programme;

/// <summary>To which day of walking a note about pain belongs.</summary>
public sealed class WalkedDayTests
{
    private readonly Diary _diary = new Diary().Walk(2, 5).Walk(4, 5).Walk(8, 5);

    [Fact]
    public void A_morning_is_that_after_the_last_day_walked_before()
    {
        _diary.Morning(2, 9); // before all
        _diary.Morning(3, 1).Morning(4, 2); // the next day of walking is a morning, too
        _diary.Morning(6, 3).Morning(7, 2);
        Assert.Equal([2, 3, null], Days().Select(day => day.Morning)); // the highest
        Assert.Equal(Diary.First.AddDays(7), WalkedDay.DayOf(Days()[1].MorningAt!.Value)); // of the last
        _diary.Morning(9, 5);
        Assert.Equal(5, Days()[2].Morning);
    }

    [Fact]
    public void Before_and_after_are_those_of_the_day_the_last_and_the_highest()
    {
        _diary.Before(2, 3).Before(2, 1).After(2, 5).After(2, 4);
        _diary.Before(3, 8).After(3, 8); // of no day of walking
        Assert.Equal([(1, 5), (null, null), (null, null)], Days().Select(day => (day.Before, day.After)));
    }

    [Fact]
    public void A_note_about_a_session_belongs_to_its_day_whenever_it_was_noted()
    {
        foreach (var moment in Enum.GetValues<PainMoment>())
        {
            _diary.At(8, 12, moment, 4);
            _diary.Pain[^1] = _diary.Pain[^1] with { SessionId = _diary.Sessions[0].Header.Id };
        }

        Assert.Equal((4, 4, 4), (Days()[0].Before, Days()[0].After, Days()[0].Morning));
        Assert.All(Days().Skip(1), day => Assert.False(day.IsNoted));
    }

    [Fact]
    public void What_is_not_yet_does_not_count()
    {
        _diary.Morning(9, 5);
        Assert.Equal([Diary.First.AddDays(2), Diary.First.AddDays(4)], Days(until: 7).Select(day => day.Day));
        Assert.Null(Days(until: 8)[2].Morning);
    }

    private IReadOnlyList<WalkedDay> Days(int until = 20) =>
        WalkedDay.From(new WalkerDiary(_diary.Sessions, _diary.Pain), Diary.First.AddDays(until));
}
