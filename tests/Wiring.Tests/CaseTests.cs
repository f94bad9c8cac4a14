using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Wiring.Tests;

/// <summary>The case holds what the page says is in it, and is as large as the page says.</summary>
public partial class CaseTests
{
    private static readonly string Source = Page.Read("firmware/case/case.scad");

    [Fact]
    public void Boards_and_cell_are_as_large_as_the_page_says()
    {
        // In the page length and width; the source adds the height of what stands on a board.
        Assert.Contains(Length(Named("xiao"), 2), Page.Text, StringComparison.Ordinal);
        Assert.Contains(Length(Named("gy521"), 2), Page.Text, StringComparison.Ordinal);
        Assert.Contains(Length(Named("cell"), 3), Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_it_fits_beside_and_above_each_other()
    {
        double[] xiao = Named("xiao"), gy521 = Named("gy521"), cell = Named("cell");
        double air = Number("air");
        double length = Math.Max(xiao[0] + gy521[0] + (3 * air), cell[0] + (2 * air));
        double width = cell[1] + (2 * air);
        double height = Math.Max(xiao[2], gy521[2]) + Number("wires") + Number("tray_floor") + cell[2] + Number("lip");
        double[] outer =
        [
            length + (2 * Number("wall")), width + (2 * Number("wall")) + (2 * Number("ear")),
            height + (2 * Number("floor")),
        ];
        Assert.Contains(Length([.. outer.Select(side => Math.Round(side))], 3), Page.Text, StringComparison.Ordinal);
        // Beside the XIAO there is room for the button.
        Assert.True((width - xiao[1]) / 2 > Number("button"));
    }

    [Fact]
    public void OpenSCAD_makes_three_parts_of_that_size()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/usr/bin/openscad"),
            "OpenSCAD is not on this computer: apt install openscad");
        string folder = Directory.CreateTempSubdirectory("backstep-case").FullName;
        try
        {
            using var make = Process.Start(new ProcessStartInfo(Path.Combine(Page.Root, "firmware/case/make"), [folder])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            _ = make.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.True(make.WaitForExit(TimeSpan.FromMinutes(2)), "it does not end");
            Assert.Equal(0, make.ExitCode);
            Assert.Equal(["base.stl", "lid.stl", "tray.stl"],
                Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            double[] size = SizeOf(Path.Combine(folder, "base.stl"));
            Assert.Contains(Length([Math.Round(size[0]), Math.Round(size[1])], 2), Page.Text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double[] Named(string name) =>
        [.. Regex.Match(Source, $@"^{name} = \[([^\]]+)\];", RegexOptions.Multiline).Groups[1].Value.Split(',')
            .Select(side => double.Parse(side, CultureInfo.InvariantCulture))];

    private static double Number(string name) => double.Parse(
        Regex.Match(Source, $@"^{name} = ([0-9.]+);", RegexOptions.Multiline).Groups[1].Value,
        CultureInfo.InvariantCulture);

    // As the page writes it: "21 x 17.8 mm".
    private static string Length(double[] sides, int count) =>
        string.Join(" x ", sides.Take(count).Select(side => side.ToString("0.#", CultureInfo.InvariantCulture)));

    private static double[] SizeOf(string stl)
    {
        var points = Vertex().Matches(File.ReadAllText(stl)).Select(match => Enumerable.Range(1, 3)
            .Select(axis => double.Parse(match.Groups[axis].Value, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return [.. Enumerable.Range(0, 3).Select(axis => points.Max(point => point[axis])
            - points.Min(point => point[axis]))];
    }

    [GeneratedRegex(@"vertex (\S+) (\S+) (\S+)")]
    private static partial Regex Vertex();
}
