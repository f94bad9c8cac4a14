using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Sessions;

public sealed class SessionTotalsTests
{
    private static readonly SessionSensor Right = new("right", null, Placement.RightShoe);
    private static readonly SessionSensor Left = new("left", null, Placement.LeftShoe);
    private static readonly SessionSensor Wrist = new("wrist", null, Placement.Wrist);

    private static KeptStride At(double seconds, Stride stride, int sensor = 0, Posture rails = Posture.Unknown) =>
        new(sensor, 1, TimeSpan.FromSeconds(seconds), stride, rails);

    private static IEnumerable<KeptStride> Walk(int sensor, double from, int count, int strideMilliseconds = 1400,
        double meters = 0.9) => Enumerable.Range(0, count)
        .Select(
            i => At(from + (i * strideMilliseconds / 1000.0),
                Strides.Make((uint)i + 1, strideMilliseconds: strideMilliseconds, meters: meters), sensor));

    private static SessionTotals Totals(IReadOnlyList<SessionSensor> sensors, IEnumerable<KeptStride> strides,
        params SessionMark[] marks) => SessionTotals.Of(sensors, strides, marks);

    [Fact]
    public void Nothing_gives_nothing()
    {
        Assert.Equal(new SessionTotals(), Totals([Right], []));
    }

    [Fact]
    public void One_shoe()
    {
        var totals = Totals(
            [Right],
            [
                At(1.4, Strides.Make(1, footStrikeDegrees: -20, tiltDegrees: 4), rails: Posture.Held),
                At(2.8, Strides.Make(2, landing: Landing.Heel, footStrikeDegrees: 10, tiltDegrees: 8),
                    rails: Posture.Free),
                At(4.2, Strides.Make(3, Direction.Forward, Landing.Heel, footStrikeDegrees: 25, meters: 1.1)),
                At(5.6, Strides.Make(4, Direction.Unknown, Landing.Unknown, meters: 0.5)),
            ]);
        Assert.Equal(TimeSpan.FromSeconds(5.6), totals.Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(5.6), totals.Active);
        Assert.Equal((2, 1, 1), (totals.BackwardStrides, totals.ForwardStrides, totals.UnknownStrides));
        Assert.Equal((2, 1), (totals.LandedStrides, totals.ToeFirstStrides));
        Assert.Equal((2, 1), (totals.PosturedStrides, totals.HeldStrides));
        Assert.Equal(120 / 1.4, totals.CadenceStepsPerMinute!.Value, 9);
        Assert.Equal(-5, totals.FootStrikeDegrees);
        Assert.Equal(6, totals.TiltDegrees);
        Assert.Equal(3.4, totals.DistanceMeters!.Value, 9);
        Assert.Equal(1.8 / 2.8, totals.BeltMetersPerSecond!.Value, 9); // backward by itself
        Assert.Null(totals.RhythmSettledAfter);
    }

    [Fact]
    public void A_pause_counts_as_elapsed_and_not_as_walking()
    {
        // the engine tells the time since the last contact, however long ago
        var first = Strides.Make(11, strideMilliseconds: 61400);
        var totals = Totals([Right], [.. Walk(0, 1.4, 10), At(14 + 61.4, first), .. Walk(0, 14 + 62.8, 5)]);
        Assert.Equal(TimeSpan.FromSeconds(14 + 62.8 + (4 * 1.4)), totals.Elapsed);
        Assert.Equal(14 + 0.45 + (5 * 1.4), totals.Active.TotalSeconds, 6); // its swing is walked
        Assert.Equal(120 / 1.4, totals.CadenceStepsPerMinute!.Value, 9);
        Assert.Equal(0.9 / 1.4, totals.BeltMetersPerSecond!.Value, 9);
    }

    [Fact]
    public void What_is_walked_in_a_pause_counts_nowhere()
    {
        SessionMark[] pauses =
        [
            new(TimeSpan.FromSeconds(20), MarkKind.Paused), new(TimeSpan.FromSeconds(25), MarkKind.Paused), // twice
            new(TimeSpan.FromSeconds(34), MarkKind.Resumed), new(TimeSpan.FromSeconds(60), MarkKind.Paused),
        ];
        var totals = Totals([Right], Walk(0, 1.4, 50), pauses); // contacts to 70 s
        Assert.Equal(42 - 10, totals.BackwardStrides);
        Assert.Equal(0.9 * 32, totals.DistanceMeters!.Value, 9);
        Assert.Equal(42 * 1.4, totals.Elapsed.TotalSeconds, 9); // nobody went on after the last
        Assert.Equal((31 * 1.4) + 0.45, totals.Active.TotalSeconds, 6);
        Assert.Equal(120 / 1.4, totals.CadenceStepsPerMinute!.Value, 9);
    }

    [Fact]
    public void A_swing_over_the_end_of_a_pause_is_walked_from_there()
    {
        var totals = Totals([Right], Walk(0, 1.4, 10), new SessionMark(TimeSpan.FromSeconds(7.1), MarkKind.Paused),
            new SessionMark(TimeSpan.FromSeconds(8.3), MarkKind.Resumed)); // a contact at 8.4 s
        Assert.Equal((9 * 1.4) + 0.1, totals.Active.TotalSeconds, 6);
    }

    [Fact]
    public void Two_shoes_walk_one_way_and_one_time()
    {
        var totals = Totals([Right, Left], [.. Walk(0, 1.4, 20), .. Walk(1, 2.1, 20)]);
        Assert.Equal(40, totals.BackwardStrides);
        Assert.Equal(28.7, totals.Active.TotalSeconds, 6);
        Assert.Equal(120 / 1.4, totals.CadenceStepsPerMinute!.Value, 9);
        Assert.Equal(18, totals.DistanceMeters!.Value, 9);
    }

    [Fact]
    public void A_shoe_that_was_followed_for_a_part_only_does_not_shorten_the_way()
    {
        var totals = Totals([Right, Left], [.. Walk(0, 1.4, 20), .. Walk(1, 2.1, 5)]);
        Assert.Equal(18, totals.DistanceMeters!.Value, 9);
    }

    [Fact]
    public void What_a_wrist_takes_for_strides_is_none()
    {
        var shoe = Walk(0, 1.4, 20).ToArray();
        Assert.Equal(Totals([Right], shoe), Totals([Right, Wrist], [.. shoe, .. Walk(1, 2.1, 30)]));
    }

    [Fact]
    public void The_order_in_which_strides_came_does_not_matter()
    {
        var shoe = Walk(0, 1.4, 50).ToArray();
        Assert.Equal(Totals([Right], shoe), Totals([Right], shoe.Reverse()));
    }

    [Fact]
    public void The_rhythm_has_settled_when_twenty_strides_are_even()
    {
        var uneven = Enumerable.Range(0, 30)
            .Select(i => At(1.4 * (i + 1), Strides.Make((uint)i, strideMilliseconds: i % 2 == 0 ? 1200 : 1600)))
            .ToArray();
        Assert.Null(Totals([Right], uneven).RhythmSettledAfter);

        var even = Walk(0, 42 + 1.4, 30).ToArray();
        var settled = Totals([Right], [.. uneven, .. even]).RhythmSettledAfter;
        Assert.InRange(settled!.Value, even[10].At, even[19].At);

        var turned = Totals([Right],
            [.. even[..15], At(64.4, Strides.Make(99, Direction.Forward)), .. even[15..]]);
        Assert.Null(turned.RhythmSettledAfter);
    }
}
