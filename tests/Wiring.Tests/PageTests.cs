using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backstep.Files.Recording;
using Backstep.Flash;
using Backstep.Gait;
using Backstep.Sensor.Board;
using Backstep.Sensor.Imu;

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
    public void Pages_name_the_image_the_address_and_the_tools_that_the_flash_command_uses()
    {
        string page = Page.Read("firmware/flashing.md");
        string program = Value("firmware/Sensor/Backstep.Sensor.nfproj", "AssemblyName");
        Assert.Equal(DeploymentImage.Program, program);
        Assert.Contains($"firmware/Sensor/bin/Release/{program}.bin", page, StringComparison.Ordinal);
        Assert.All(BoardKind.All, board =>
        {
            Assert.Contains($"`{board.Target}`", page, StringComparison.Ordinal);
            Assert.Contains($"`{board.Target}`", Page.Text, StringComparison.Ordinal);
            Assert.Contains($"0x{board.DeploymentAddress:X}", page, StringComparison.Ordinal);
            Assert.Contains($"**{board.ImageVersion}**", page, StringComparison.Ordinal);
            Assert.Contains($"--board {board.Key}", Page.Text, StringComparison.Ordinal);
        });
        Assert.Contains($"nanoff | {Flasher.OldestNanoff} or newer", page, StringComparison.Ordinal);
        Assert.Contains(Value("nf.proj-settings/Backstep.nfproj.props", "NanoTarget"),
            BoardKind.All.Select(board => board.Target));
        foreach (string script in new[] { "firmware/build.sh", "firmware/build.ps1" })
        {
            string extension = Extension().Match(Page.Read(script)).Value;
            Assert.Contains($"| {extension} |", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_chips_of_the_buying_table_are_those_that_the_program_knows()
    {
        var rows = MarkdownTable.Find(Page.Read("firmware/flashing.md"), "WHO_AM_I", "chip", "here").Rows;
        var said = rows.Where(row => row[2].StartsWith("tried", StringComparison.Ordinal)
                || row[2].StartsWith("accepted, by", StringComparison.Ordinal))
            .SelectMany(row => row[0].Split(", ").Zip(row[1].Split(", ")))
            .ToDictionary(pair => Convert.ToByte(pair.First.Trim(), 16), pair => pair.Second.Split(' ')[0]);
        byte[] known = [ChipIdentity.Mpu6050, ChipIdentity.Mpu6500, ChipIdentity.Mpu9250, ChipIdentity.Mpu9255,
            ChipIdentity.Icm20689, ChipIdentity.Mpu6886, ChipIdentity.Icm20602];
        Assert.Equal(known.Order(), said.Keys.Order());
        Assert.All(said, pair => Assert.Equal(ChipIdentity.Name(pair.Key), pair.Value.TrimEnd(',')));
    }

    [Fact]
    public void Every_link_of_every_page_leads_somewhere()
    {
        string[] pages = [.. Directory.GetFiles(Page.Root, "*.md", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Page.Root, file).Split('/', '\\')
                .Any(part => part is "artifacts" or "node_modules" or "obj" or "bin"))];
        Assert.True(pages.Length > 20);
        Assert.Empty(pages.SelectMany(page => Links.Problems(File.ReadAllText(page), Path.GetDirectoryName(page)!)
            .Select(problem => $"{Path.GetRelativePath(Page.Root, page)}: {problem}")));
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

    [GeneratedRegex(@"v2022\.[0-9.]+[0-9]")]
    private static partial Regex Extension();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
