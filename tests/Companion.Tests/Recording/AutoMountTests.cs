using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks;

namespace Backstep.Companion.Tests.Recording;

public sealed class AutoMountTests
{
    public static TheoryData<string, Direction> EveryWay()
    {
        var data = new TheoryData<string, Direction>();
        foreach (string board in (string[])["straight", "on edge", "across", "back to front"])
        {
            data.Add(board, Direction.Forward);
            data.Add(board, Direction.Backward);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public void However_the_chip_sits_its_axis_is_found_and_up_is_up(string board, Direction direction)
    {
        var walker = WalkedRows.Walker(direction, Board(board));
        var found = AutoMount.Find(WalkedRows.Of(walker), "test.csv");
        var m = found.Mount;
        var truth = walker.Mount;

        Assert.True(DegreesBetween([m.ZX, m.ZY, m.ZZ], [truth.ZX, truth.ZY, truth.ZZ]) < 1, "up");
        double axis = DegreesBetween([m.YX, m.YY, m.YZ], [truth.YX, truth.YY, truth.YZ]);
        // toes point outward and the clip is yawed: no axis is nearer
        Assert.True(Math.Min(axis, 180 - axis) < 15, $"the axis is {axis:0} degrees off");
        Assert.True(m.YY > 0, "the arrow is taken to point to the toes, so the chip's y to the left");
        Assert.InRange(found.RestFromSeconds, 0, 0.1);
        double determinant = (m.XX * ((m.YY * m.ZZ) - (m.YZ * m.ZY))) - (m.XY * ((m.YX * m.ZZ) - (m.YZ * m.ZX)))
            + (m.XZ * ((m.YX * m.ZY) - (m.YY * m.ZX)));
        Assert.Equal(1, determinant, 1e-4);
    }

    [Fact]
    public void An_arrow_that_points_sideways_leaves_only_a_guess_and_that_is_said()
    {
        var found = AutoMount.Find(WalkedRows.Of(WalkedRows.Walker(Direction.Backward, WalkedRows.Across)), "test.csv");
        Assert.InRange(found.OffArrowDegrees, 70, 90);
        Assert.Contains("little more than a guess", found.Description, StringComparison.Ordinal);
        Assert.Contains("ASSUMED", found.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Direction.Backward, 1.25)]
    [InlineData(Direction.Backward, 1.35)]
    [InlineData(Direction.Forward, 1.3)]
    public void A_foot_that_turns_nearly_as_much_across_its_axis_is_told_by_its_strides_however_the_clip_is_turned(
        Direction direction, double ratio)
    {
        foreach (int yaw in (int[])[-40, -20, 0, 20, 40])
        {
            var (rows, truth) = WalkedRows.Shaken(direction, ratio, yaw);
            var found = AutoMount.Find(rows, "test.csv");
            Assert.InRange(found.Ratio, 1.15, 1.5);
            Assert.True(found.Strides >= 4);
            Assert.True(
                DegreesBetween([found.Mount.YX, found.Mount.YY, found.Mount.YZ], [truth.YX, truth.YY, truth.YZ]) < 20,
                $"yaw {yaw}");
            var strides = Replay.Strides(rows, found.Mount, FootSide.Right);
            Assert.All(strides, one => Assert.NotEqual(DirectionCheck.Opposite(direction), one.Stride.Direction));
            Assert.True(strides.Count(one => one.Stride.Direction == direction) >= 10);
        }
    }

    [Theory]
    [InlineData("heel")]
    [InlineData("toes")]
    [InlineData("side")]
    public void At_every_place_forward_backward_and_reversed_the_direction_is_never_the_wrong_one(string place)
    {
        var where = place switch { "heel" => SensorPlace.Heel, "toes" => SensorPlace.Toes, _ => SensorPlace.Side };
        foreach (var direction in new[] { Direction.Forward, Direction.Backward })
        {
            foreach (int yaw in (int[])[-30, 0, 30])
            {
                var walk =
                    (direction == Direction.Forward ? WalkParameters.Forward(1) : WalkParameters.Backward(0.6)).Rolling(
                        20, where);
                var walker = new Walker(
                    [new Stand(3), new Walk(walk, 20), new Stand(2)],
                    new WalkerSettings { HeadingDegrees = direction == Direction.Forward ? 0 : 180,
                        Place = where with { YawDegrees = yaw, PitchUpDegrees = -20 } });
                var rows = WalkedRows.Of(walker);
                var mount = AutoMount.Find(rows, "test.csv").Mount;
                var found = Replay.Strides(rows, mount, FootSide.Right);
                var reversed = Replay.Strides([.. TimeReversal.Reverse(rows)], mount, FootSide.Right);
                Assert.DoesNotContain(found, one => one.Stride.Direction == DirectionCheck.Opposite(direction));
                Assert.True(found.Count(one => one.Stride.Direction == direction) > 5, $"{direction} {yaw}");
                Assert.DoesNotContain(reversed, one => one.Stride.Direction == direction);
            }
        }
    }

    [Fact]
    public void Much_turning_about_no_one_axis_is_refused_though_the_foot_is_seldom_still()
    {
        var walker = new Walker([new Stand(3), new Carry(30)]);
        var rows = WalkedRows.Of(walker).ConvertAll(row => row with { GxDps = row.GxDps * 1.2 });
        Assert.Throws<BadInputException>(
            () => Replay.Run(rows, "test.csv", new ReplayOptions(MountSpec.Auto),
                TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Without_an_arrow_to_go_by_the_walker_must_say_which_way()
    {
        var rows = WalkedRows.Of(WalkedRows.Walker(Direction.Backward, WalkedRows.Across));
        var error =
            Assert.Throws<BadInputException>(
                () => Replay.Run(rows, "across.csv", new ReplayOptions(MountSpec.Auto),
                    TestContext.Current.CancellationToken));
        Assert.Contains("--walked", error.Message, StringComparison.Ordinal);
        var told = Replay.Run(rows, "across.csv", new ReplayOptions(MountSpec.Auto, Walked: Direction.Backward),
            TestContext.Current.CancellationToken);
        Assert.True(told.Strides.Count > 10);
        Assert.DoesNotContain(told.Strides, one => one.Stride.Direction == Direction.Forward);
    }

    [Fact]
    public void A_gyroscope_that_is_far_off_changes_nothing()
    {
        var rows = WalkedRows.Of(WalkedRows.Walker(Direction.Backward, WalkedRows.Straight));
        var honest = AutoMount.Find(rows, "test.csv");
        var found = AutoMount.Find(rows.ConvertAll(row => row with { GxDps = row.GxDps + 18, GyDps = row.GyDps - 15 }),
            "test.csv");
        Assert.InRange(found.RestFromSeconds, 0, 0.1);
        Assert.Equal(honest.OffArrowDegrees, found.OffArrowDegrees, 0.1);
        Assert.Equal(honest.Ratio, found.Ratio, 0.01);
    }

    [Fact]
    public void Without_rest_there_is_no_up()
    {
        var rows = Recordings.Rows(1000, 100, at => new MotionRow(0, 0, 0, 1, 0, 200 * Math.Sin(at * 9), 0)).ToList();
        var error = Assert.Throws<BadInputException>(() => AutoMount.Find(rows, "shaky.csv"));
        Assert.Contains("shaky.csv: the foot nowhere stands still", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(100, 90)]
    public void Without_one_main_axis_there_is_no_mount(double alongX, double alongY)
    {
        var rows = Recordings.Rows(1000, 100,
            at => at < 2 ? new MotionRow(0, 0, 0, 1, 0, 0, 0)
                : new MotionRow(0, 0, 0, 1, alongX * Math.Sin(at * 9), alongY * Math.Cos(at * 9), 0)).ToList();
        var error = Assert.Throws<BadInputException>(() => AutoMount.Find(rows, "test.csv"));
        Assert.Contains("no walking", error.Message, StringComparison.Ordinal);
    }

    private static Mount Board(string name) => name switch
    {
        "straight" => WalkedRows.Straight,
        "on edge" => WalkedRows.OnEdge,
        "across" => WalkedRows.Across,
        _ => WalkedRows.BackToFront,
    };

    private static double DegreesBetween(float[] a, float[] b) =>
        double.RadiansToDegrees(Math.Acos(Math.Clamp((a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]), -1, 1)));
}
