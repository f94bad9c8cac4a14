using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Sensor.Board;

namespace Wiring.Tests;

public partial class PageTests
{
    [Fact]
    public void Every_picture_and_link_of_the_page_is_there_and_described() => Assert.Empty(Links.Problems(Page.Text));

    [Theory]
    [InlineData("](firmware/wiring/clip.svg)", "](firmware/wiring/clips.svg)",
        "firmware/wiring/clips.svg is not there")]
    [InlineData("](#power-and-charging)", "](#power)", "#power is not there")]
    [InlineData("![Desk unit: an ESP32-DevKitC-VE wired to a GY-521, a push button and an LED]", "![Desk]",
        "firmware/wiring/desk-board.svg has no description for who cannot see it")]
    public void A_picture_or_link_that_leads_nowhere_is_caught(string right, string wrong, string problem)
    {
        Assert.Contains(right, Page.Text, StringComparison.Ordinal);
        Assert.Contains(problem, Links.Problems(Page.Text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_drawing_of_the_project_is_shown_on_the_page() => Assert.All(
        Directory.GetFiles(Path.Combine(Page.Root, "firmware", "wiring")),
        file => Assert.Contains($"](firmware/wiring/{Path.GetFileName(file)})", Page.Text, StringComparison.Ordinal));

    [Fact]
    public void The_LED_table_shows_every_word_of_the_LED_exactly_as_the_program_plays_it()
    {
        var rows = MarkdownTable.Find(Page.Text, "signal", "cycle", "what you see", "what it means").Rows;
        var said = rows.ToDictionary(r => MarkdownTable.Plain(r[0]), r => MarkdownTable.Plain(r[1]));
        var played = Enum.GetValues<LedSignal>().ToDictionary(s => s.ToString(), Cycle);
        Assert.Equal(played.OrderBy(p => p.Key, StringComparer.Ordinal),
            said.OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_page_says_that_log_and_scanner_show_is_text_of_the_program()
    {
        var steps = MarkdownTable.Find(Page.Text, "step", "do", "LED", "scanner", "log").Rows;
        var faults = MarkdownTable.Find(Page.Text, "what you see", "what it is", "what to do").Rows;
        var quoted = steps.SelectMany(r => r.Skip(3)).Concat(faults.Select(r => r[0]))
            .SelectMany(c => Code().Matches(c)).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.True(quoted.Count >= 5);
        var texts = TextsOf(typeof(Pins).Assembly.Location).Select(t => t.Trim()).ToHashSet();
        Assert.Empty(quoted.Except(texts));
    }

    [Fact]
    public void The_flash_commands_use_the_target_and_the_program_of_the_project_settings()
    {
        string target = Value("nf.proj-settings/Backstep.nfproj.props", "NanoTarget");
        string program = Value("firmware/Sensor/Backstep.Sensor.nfproj", "AssemblyName");
        string whole = Page.Text.Replace("\\\n  ", "", StringComparison.Ordinal); // a command over two lines
        var lines = whole.Split('\n').Where(l => l.StartsWith("nanoff ", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, lines.Count); // an image and a program, on three systems
        Assert.All(lines, line => Assert.Contains($" --target {target} --serialport ", line, StringComparison.Ordinal));
        Assert.All(
            lines.Where(l => l.Contains("--deploy", StringComparison.Ordinal)),
            line => Assert.EndsWith($"firmware/Sensor/bin/Release/{program}.bin", line.Replace('\\', '/'),
                StringComparison.Ordinal));
        Assert.Equal(3, lines.Count(l => l.Contains("--update", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_mounts_of_the_other_places_turn_the_chips_axes_to_where_the_page_says_they_point()
    {
        var rows = MarkdownTable.Find(Page.Text, "place", "arrow X points to", "chip side faces", "mount").Rows;
        Assert.All(rows, row =>
        {
            Mount mount = MountSpec.Parse(MarkdownTable.Plain(row[3])).Resolve([], row[0]);
            Assert.Equal(Towards(row[1]), new[] { mount.XX, mount.YX, mount.ZX });
            Assert.Equal(Towards(row[2]), new[] { mount.XZ, mount.YZ, mount.ZZ });
        });
    }

    // A direction in the foot frame: x to the toes, y to the left, z up.
    private static float[] Towards(string direction) => direction switch
    {
        "toes" => [1, 0, 0],
        "back" => [-1, 0, 0],
        "left" => [0, 1, 0],
        "right" => [0, -1, 0],
        "up" => [0, 0, 1],
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "no direction"),
    };

    // Twenty tenths of a second; bit n of the word is the n-th.
    private static string Cycle(LedSignal signal) =>
        string.Concat(Enumerable.Range(0, 20).Select(n => ((int)signal >> n & 1) != 0 ? '●' : '·'));

    private static string Value(string path, string element) =>
        XDocument.Parse(Page.Read(path)).Descendants()
            .Single(e => e.Name.LocalName == element && e.Value.Length > 0).Value;

    private static List<string> TextsOf(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        List<string> texts = [.. metadata.FieldDefinitions
            .Select(f => metadata.GetFieldDefinition(f).GetDefaultValue())
            .Where(c => !c.IsNil)
            .Select(metadata.GetConstant)
            .Where(c => c.TypeCode == ConstantTypeCode.String)
            .Select(c => (string)metadata.GetBlobReader(c.Value).ReadConstant(c.TypeCode)!)];
        for (var text = MetadataTokens.UserStringHandle(1); !text.IsNil; text = metadata.GetNextHandle(text))
        {
            texts.Add(metadata.GetUserString(text));
        }

        return texts;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
