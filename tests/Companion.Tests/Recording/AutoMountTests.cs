using Backstep.Files.Recording;
using Backstep.Gait;
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
        Assert.True(Math.Min(axis, 180 - axis) < 15, $"the axis is {axis:0} degrees off"); // toes point outward and the clip is yawed: no axis is nearer
        Assert.True(m.YY > 0, "the arrow is taken to point to the toes, so the chip's y to the left");
        Assert.InRange(found.RestFromSeconds, 0, 0.1);
        double determinant = (m.XX * ((m.YY * m.ZZ) - (m.YZ * m.ZY))) - (m.XY * ((m.YX * m.ZZ) - (m.YZ * m.ZX))) + (m.XZ * ((m.YX * m.ZY) - (m.YY * m.ZX)));
        Assert.Equal(1, determinant, 1e-4);
    }

    [Fact]
    public void An_arrow_that_points_sideways_leaves_only_a_guess_and_that_is_said()
    {
        var found = AutoMount.Find(WalkedRows.Of(WalkedRows.Walker(Direction.Backward, WalkedRows.Across)), "test.csv");
        Assert.InRange(found.OffArrowDegrees, 70, 90);
        Assert.Contains("little more than a guess", found.Words, StringComparison.Ordinal);
        Assert.Contains("ASSUMED", found.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gyroscope_that_is_far_off_changes_nothing()
    {
        var rows = WalkedRows.Of(WalkedRows.Walker(Direction.Backward, WalkedRows.Straight));
        var honest = AutoMount.Find(rows, "test.csv");
        var found = AutoMount.Find(rows.ConvertAll(row => row with { GxDps = row.GxDps + 18, GyDps = row.GyDps - 15 }), "test.csv");
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
        var rows = Recordings.Rows(1000, 100, at => at < 2 ? new MotionRow(0, 0, 0, 1, 0, 0, 0) : new MotionRow(0, 0, 0, 1, alongX * Math.Sin(at * 9), alongY * Math.Cos(at * 9), 0)).ToList();
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
