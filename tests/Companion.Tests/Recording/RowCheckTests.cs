using Backstep.Files.Recording;
using Backstep.Walks;

namespace Backstep.Companion.Tests.Recording;

/// <summary>Recordings that people bring in other units, with columns that are copies, rows that repeat: each is told
/// in words, and a real recording gets none of these notes.</summary>
public sealed class RowCheckTests
{
    private static readonly List<MotionRow> Real = Rows("09_gaitmap_healthy_left.csv");

    public static TheoryData<string> RealRecordings =>
    [
        "07_gdin_walk_slow_exp36.csv", "08_gdin_walk_to_run_exp38.csv", "09_gaitmap_healthy_left.csv",
        "10_gaitmap_healthy_right.csv", "13_xio_short_walk.csv",
    ];

    [Theory]
    [MemberData(nameof(RealRecordings))]
    public void A_real_recording_is_not_suspected(string file) => Assert.Empty(Notes(Rows(file)));

    [Theory]
    [InlineData("rad/s", "look like rad/s")]
    [InlineData("m/s2", "looks like m/s2")]
    [InlineData("milli-g", "looks like milli-g")]
    [InlineData("counts of 2 g", "raw counts: divide by 16384")]
    [InlineData("counts of 16 g", "raw counts: divide by 2048")]
    [InlineData("counts of 250 deg/s", "the chip's raw counts (divide by 131")]
    [InlineData("gravity taken out", "Was gravity taken out?")]
    [InlineData("no gyroscope", "gx_dps, gy_dps, gz_dps never change")]
    [InlineData("a column twice", "gx_dps and gy_dps are the same in every row")]
    [InlineData("held rows", "repeat the row before")]
    [InlineData("hung", "all numbers stand still")]
    public void What_a_sensor_cannot_have_written_is_told(string how, string words)
    {
        var rows = Real.Select((row, i) => Changed(how, row, i)).ToList();
        Assert.Contains(Notes(rows), note => note.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1e3, "t_s looks like milliseconds")]
    [InlineData(1e6, "t_s looks like microseconds")]
    [InlineData(1e9, "t_s looks like nanoseconds")]
    public void A_clock_in_another_unit_is_told(double factor, string words)
    {
        var rows = Real.Select(row => row with { Seconds = row.Seconds * factor }).ToList();
        var e = Assert.Throws<BadInputException>(() => Run(rows));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4_294_967.296)] // 2^32 ms, in which strides are timed
    [InlineData(1e9)]
    [InlineData(100_000)]
    public void A_clock_that_was_set_in_mid_recording_is_refused(double jump)
    {
        var rows = Real.Select((row, i) => i < 1500 ? row : row with { Seconds = row.Seconds + jump }).ToList();
        var e = Assert.Throws<BadInputException>(() => Run(rows));
        Assert.Contains("the clock was set in the middle", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_that_does_not_fit_into_memory_is_refused_where_all_of_it_is_needed()
    {
        int told = 0;
        IEnumerable<MotionRow> Endless()
        {
            for (; ; told++)
            {
                yield return Real[told % Real.Count] with { Seconds = told / 100.0 };
            }
        }

        foreach (var options in new[] { new ReplayOptions(MountSpec.Identity, Reverse: true) })
        {
            var e = Assert.Throws<BadInputException>(() => Replay.Run(Endless(), "long.csv", options,
                TestContext.Current.CancellationToken));
            Assert.Contains("Cut it into parts", e.Message, StringComparison.Ordinal);
            Assert.InRange(told, RowCheck.MostHeldRows, RowCheck.MostHeldRows + 1);
        }
    }

    private static MotionRow Changed(string how, MotionRow row, int i) => how switch
    {
        "rad/s" => row with { GxDps = row.GxDps / 57.3, GyDps = row.GyDps / 57.3, GzDps = row.GzDps / 57.3 },
        "m/s2" => Scaled(row, 9.80665),
        "milli-g" => Scaled(row, 1000),
        "counts of 2 g" => Scaled(row, 16384),
        "counts of 16 g" => Scaled(row, 2048),
        "counts of 250 deg/s" => row with { GxDps = row.GxDps * 131, GyDps = row.GyDps * 131, GzDps = row.GzDps * 131 },
        "gravity taken out" => row with
        {
            AxG = row.AxG - Real[0].AxG, AyG = row.AyG - Real[0].AyG, AzG = row.AzG - Real[0].AzG,
        },
        "no gyroscope" => row with { GxDps = 0, GyDps = 0, GzDps = 0 },
        "a column twice" => row with { GyDps = row.GxDps },
        "held rows" => Real[i / 4 * 4] with { Seconds = row.Seconds },
        _ => (i is > 1000 and < 1400 ? Real[1000] : row) with { Seconds = row.Seconds },
    };

    private static MotionRow Scaled(MotionRow row, double factor) =>
        row with { AxG = row.AxG * factor, AyG = row.AyG * factor, AzG = row.AzG * factor };

    private static IReadOnlyList<string> Notes(List<MotionRow> rows)
    {
        var check = new RowCheck("test.csv");
        foreach (var row in rows)
        {
            check.Add(row);
        }

        return [.. check.Notes([.. rows.TakeWhile(row => row.Seconds - rows[0].Seconds <= 1)])];
    }

    private static void Run(List<MotionRow> rows) => Replay.Run(rows, "test.csv",
        new ReplayOptions(MountSpec.Identity), TestContext.Current.CancellationToken);

    private static List<MotionRow> Rows(string file)
    {
        using var reader = MotionCsvReader.Open(Path.Combine(AppContext.BaseDirectory, "Recordings", file));
        return [.. reader.Rows()];
    }
}
