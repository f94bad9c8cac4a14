using System.Text.Json.Nodes;

namespace Backstep.WebEngine.Tests;

/// <summary>A recording on the page gives to the letter what <c>backstep replay</c> gives.</summary>
public sealed class ReplayTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Recordings");

    public static TheoryData<string> Recordings =>
    [
        .. Directory.GetFiles(Folder, "*.csv").Select(path => Path.GetFileName(path))
            .Where(name => !name.EndsWith("_events.csv", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void There_are_recordings() => Assert.Equal(5, Recordings.Count);

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Line_by_line_as_the_command_writes_it(string name)
    {
        string path = Path.Combine(Folder, name);
        string mountFile = Path.ChangeExtension(path, ".mount");
        string? mount = File.Exists(mountFile) ? File.ReadAllText(mountFile).Trim() : null;
        string? side = name.Contains("left", StringComparison.Ordinal) ? "left"
            : name.Contains("right", StringComparison.Ordinal) ? "right" : null;
        using var folder = new TemporaryFolder();
        string[] told = [.. mount == null ? Array.Empty<string>() : ["--mount", mount],
            .. side == null ? Array.Empty<string>() : ["--side", side]];
        var command = CommandRun.Of(["replay", path, "--json", "--events", folder["events.csv"], .. told]);
        Assert.Equal(0, command.ExitCode);

        var page = JsonNode.Parse(PageEngine.ReplayRun(name, File.ReadAllBytes(path),
            new JsonObject { ["mount"] = mount, ["side"] = side }.ToJsonString()))!;
        string[] lines = File.ReadAllLines(folder["events.csv"]);
        Assert.True(lines.Length > 10);
        Assert.Equal(lines, page["eventsCsv"]!.GetValue<string>().TrimEnd('\n').Split('\n'));
        Assert.Equal(File.ReadAllText(folder["events.csv"]), page["eventsCsv"]!.GetValue<string>());
        Assert.Equal(lines.Length - 1, page["strides"]!.AsArray().Count);

        var figures = JsonNode.Parse(command.Out)!.AsObject();
        figures["file"] = name; // a page knows no path
        figures["events"] = null; // nor where its events go
        Assert.Empty(JsonDifferences.Of(figures, page["figures"]));
    }

    [Theory]
    [InlineData("nonsense", "{}", "lacks")]
    [InlineData("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n0,0,0,1,0,0,x\n", "{}", "line 2")]
    [InlineData("", """{"mount":"sideways"}""", "--mount")]
    [InlineData("", """{"side":"both"}""", "left or right")]
    public void What_cannot_be_used_is_told_in_words(string csv, string options, string words)
    {
        var fault = Assert.ThrowsAny<Walks.ExplainedException>(() =>
            PageEngine.ReplayRun("walk.csv", System.Text.Encoding.UTF8.GetBytes(csv), options));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }
}
