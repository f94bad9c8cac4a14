using System.Globalization;
using Backstep.Lab.Evaluation;
using Backstep.Files.Recording;
using Backstep.Gait;

namespace Backstep.Replay.Tests;

/// <summary>
/// Real feet whose strides were measured on the floor. These recordings are not part of this repository: where they do
/// not lie in ../shared, nothing is tested.
/// </summary>
public sealed class MeasuredLengthsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("14_gdin_walk_exp32", 0)]
    [InlineData("15_gdin_walk_exp41", 0)]
    [InlineData("14_gdin_walk_exp32", 20)]
    [InlineData("15_gdin_walk_exp41", -20)]
    public void A_stride_is_as_long_as_it_was_on_the_floor(string name, double biasDps)
    {
        var ratios = Ratios(name, reverse: false, biasDps);
        Assert.InRange(At(ratios, 0.5), 0.98, 1.02);
        Assert.InRange(At(ratios, 0.05), 0.92, 1.08);
        Assert.InRange(At(ratios, 0.95), 0.92, 1.08);
    }

    // Synthetic: the foot is called flat while its heel still comes down, so more of the stride is lost than forward.
    [Theory]
    [InlineData("14_gdin_walk_exp32")]
    [InlineData("15_gdin_walk_exp41")]
    public void Played_backwards_it_is_a_little_short(string name)
    {
        Assert.InRange(At(Ratios(name, reverse: true, 0), 0.5), 0.94, 1.02);
    }

    private List<double> Ratios(string name, bool reverse, double biasDps)
    {
        string path = Path.Combine(Shared(name), name);
        using var reader = MotionCsvReader.Open(path + ".csv");
        var rows = reader.Rows().Select(row => row with { GyDps = row.GyDps + biasDps }).ToList();
        double ends = rows[0].Seconds + rows[^1].Seconds;
        var strides = Played.Of(reverse ? TimeReversal.Reverse(rows) : rows, Mount.Identity, 0, out double origin)
            .Select(s => (Seconds: origin + (s.ContactMilliseconds / 1000.0), Meters: s.LengthMillimeters / 1000.0))
            .ToList();
        var ratios = new List<double>();
        foreach (var truth in LengthsCsv.Read(path + LengthsCsv.Ending))
        {
            double from = reverse ? ends - truth.ToSeconds : truth.FromSeconds;
            double to = reverse ? ends - truth.FromSeconds : truth.ToSeconds;
            var found = strides.Where(s => s.Seconds > from && s.Seconds < to).Take(1);
            ratios.AddRange(found.Select(s => s.Meters / truth.LengthMeters));
        }

        ratios.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {ratios.Count} strides, {At(ratios, 0.5):F3} of the truth, "
            + $"{At(ratios, 0.05):F2} to {At(ratios, 0.95):F2}"));
        return ratios;
    }

    internal static string Shared(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "gait-data");
            if (File.Exists(Path.Combine(folder, name + ".csv")))
            {
                return folder;
            }
        }

        Assert.Skip($"{name} is not beside this checkout, in ../shared/gait-data");
        return "";
    }

    private static double At(List<double> sorted, double share) =>
        sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
}
