using Backstep.Files.Recording;

namespace Backstep.Companion.Tests.Recording;

public class TimeReversalTests
{
    [Fact]
    public void Rows_are_reversed_accelerations_kept_and_rates_negated_on_the_same_stretch_of_time()
    {
        List<MotionRow> rows = [new(1, 0.1, 0.2, 0.3, 4, 5, 6), new(1.1, 1, 1, 1, 1, 1, 1),
            new(1.3, 0.7, 0.8, 0.9, -10, 11, 12)];
        var reversed = TimeReversal.Reverse(rows).ToList();
        Assert.Equal([1, 1.2, 1.3], reversed.Select(row => Math.Round(row.Seconds, 9)));
        Assert.Equal(rows[2] with { Seconds = 1, GxDps = 10, GyDps = -11, GzDps = -12 },
            reversed[0] with { Seconds = 1 });
    }

    [Fact]
    public void Twice_reversed_is_as_it_was()
    {
        var rows = Recordings.Rows(50, 64, t => new MotionRow(0, t, -t, 1, t, 2 * t, -t)).ToList();
        Assert.Equal(rows, TimeReversal.Reverse(TimeReversal.Reverse(rows).ToList()));
    }
}
