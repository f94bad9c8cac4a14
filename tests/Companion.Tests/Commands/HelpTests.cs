using System.Globalization;
using System.Text.RegularExpressions;
using Backstep.Terminal;

namespace Backstep.Companion.Tests.Commands;

public class HelpTests
{
    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("replay", "--help")]
    [InlineData("replay", "-h")]
    [InlineData("demo", "--help")]
    [InlineData("record", "--help")]
    [InlineData("scan", "--help")]
    [InlineData("live", "--help")]
    [InlineData("doctor", "--help")]
    [InlineData("configure", "--help")]
    [InlineData("calibrate", "--help")]
    [InlineData("calibrate", "mount", "--help")]
    public void Help_teaches_with_examples(params string[] args)
    {
        var run = CommandRun.Of(args);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("Examples:\n  # ", run.Out, StringComparison.Ordinal);
        Assert.Contains("  backstep ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_every_exit_code()
    {
        string help = Regex.Replace(CommandRun.Of("--help").Out, @"\s+", " ");
        var constants = typeof(ExitCode).GetFields().Where(field => field.IsLiteral)
            .Select(field => (int)field.GetRawConstantValue()!).Order();
        Assert.Equal(constants, ExitCode.All.Select(row => row.Code));
        Assert.All(ExitCode.All,
            row => Assert.Contains(string.Create(CultureInfo.InvariantCulture, $" {row.Code} {row.Meaning}"), help,
                StringComparison.Ordinal));
    }

    [Fact]
    public void A_range_is_not_written_as_a_choice_and_no_name_is_lost_in_a_wrapped_list()
    {
        string demo = CommandRun.Of("demo", "--help").Out;
        Assert.Contains("--cues-as-in <1-1000>", demo, StringComparison.Ordinal);
        Assert.Contains("--intervals <4|5>", demo, StringComparison.Ordinal);
        Assert.Contains("\n  heel-first: backward, but wrong", demo, StringComparison.Ordinal);
        Assert.Contains("--session <N>", CommandRun.Of("log", "pain", "--help").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_told_in_words_and_in_json()
    {
        Assert.Matches(@"^backstep \d+\.\d+\.\d+\n$", CommandRun.Of("--version").Out);
        Assert.Matches(@"^\{\n  ""schema"": ""backstep.version/1"",\n  ""version"": ""\d+\.\d+\.\d+""\n\}\n$",
            CommandRun.Of("--version", "--json").Out);
    }
}
