using Backstep.Link;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Bluetooth;

/// <summary>Strides in order, each once; and when their numbers begin anew.</summary>
public sealed class StrideOrderTests
{
    private readonly List<string> _told = [];
    private readonly StrideOrder _order;

    public StrideOrderTests() => _order = new StrideOrder(3, news => _told.Add(news switch
    {
        StrideReceived stride => $"{stride.Stride.Sequence}",
        StridesLost lost => $"lost {lost.FirstSequence}-{lost.LastSequence}",
        _ => "?",
    }));

    [Fact]
    public void What_is_later_than_the_first_that_is_missing_waits_and_nothing_comes_twice()
    {
        Take(5, 4, 4, 2);
        Assert.Empty(_told);
        Assert.Equal((true, true, 3u, 5u), (_order.IsWaiting, _order.HasHole, _order.NextMissing, _order.Newest));
        Take(3, 3, 5);
        Assert.Equal(["3", "4", "5"], _told);
        Assert.Equal((false, false, 6u), (_order.IsWaiting, _order.HasHole, _order.NextMissing));
    }

    [Fact]
    public void Nothing_waits_while_nobody_waits_and_what_was_missing_comes_later()
    {
        Take(5);
        _order.IsOpen = true;
        _order.Release();
        Take(7, 3);
        Assert.Equal(["5", "7", "3"], _told);
    }

    [Fact]
    public void What_is_given_up_is_told_in_its_place()
    {
        Take(5, 8);
        _order.GiveUpBelow(7);
        Assert.Equal(["lost 3-4", "5", "lost 6-6"], _told);
        Take(7);
        Assert.Equal(["lost 3-4", "5", "lost 6-6", "7", "8"], _told);
    }

    [Fact]
    public void After_a_restart_the_old_ones_are_handed_on_and_numbers_begin_at_one()
    {
        Take(5);
        _order.Restart();
        Take(1);
        Assert.Equal(["lost 3-4", "5", "1"], _told);
        Assert.Equal((2u, 1u), (_order.NextMissing, _order.Newest));
    }

    [Theory]
    [InlineData(4, 9u, 40, false)] // the run goes on
    [InlineData(5, 9u, 40, true)]
    [InlineData(4, 8u, 40, true)] // another flash
    [InlineData(4, 9u, 19, true)] // it has counted less than before
    public void Numbers_have_begun_anew_in_another_run_and_where_they_are_lower(int run, uint flash, int last,
        bool hasBegunAnew)
    {
        var known = new SensorRun(new FakeTimeProvider(), new StrideMark(4, 20) { Flash = 9 });
        Assert.False(known.IsKnown);
        Assert.Equal(hasBegunAnew, known.Learn(Held(run, flash, last), 20));
        Assert.Equal((true, run, flash), (known.IsKnown, known.Number, known.Flash));
        Assert.False(known.Learn(Held(run + 1, flash, 1), 20)); // told once on a link
        known.OnLinkUp();
        Assert.True(known.Learn(Held(run + 1, flash, 1), 0));
    }

    [Theory]
    [InlineData(0, 9_000, false)] // ten seconds passed, nine on its clock: the answer was under way
    [InlineData(0, 7_000, true)]
    [InlineData(4, 7_000, false)] // it counts its starts
    public void A_sensor_that_counts_no_starts_gives_itself_away_by_its_clock(int run, int milliseconds,
        bool hasBegunAnew)
    {
        var time = new FakeTimeProvider();
        var known = new SensorRun(time, null);
        known.Learn(Held(run, 9, 20), 0);
        known.OnClock(50_000);
        time.Advance(TimeSpan.FromSeconds(10));
        known.OnClock((uint)(50_000 + milliseconds));
        known.OnLinkUp();
        Assert.Equal(hasBegunAnew, known.Learn(Held(run, 9, 30), 20));
    }

    private static LogRange Held(int run, uint flash, int last) => new(flash, run, 1, (uint)last);

    private void Take(params uint[] numbers)
    {
        foreach (uint number in numbers)
        {
            _order.Take(new StrideReceived(Strides.Make(number), false));
        }
    }
}
