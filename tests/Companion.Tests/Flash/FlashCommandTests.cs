using System.Globalization;
using Backstep.Companion.Commands;
using Backstep.Flash;
using Backstep.Terminal;

namespace Backstep.Companion.Tests.Flash;

public sealed class FlashCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_says_each_step_and_what_comes_next()
    {
        var run = Run(new FakeBoard(), "flash", Image(), "--board", "xiao", "--port", "COM5");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("1/6  file          Backstep.Sensor 0.2.0.0, 3 assemblies", run.Out, StringComparison.Ordinal);
        Assert.Contains("  | Flashing firmware...OK", run.Out, StringComparison.Ordinal);
        Assert.Contains("Next: 'backstep scan'", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        var board = new FakeBoard { Target = "ESP32_S3_OCTAL" };
        var run = Run(board, "flash", "--check", "--port", "COM5");
        Assert.Matches(@"program +none: it was never written", run.Out);
        Assert.DoesNotContain(board.Runs, line => line.Contains("--update", StringComparison.Ordinal)
            || line.Contains("--deploy", StringComparison.Ordinal));
        var json = Run(board, "flash", "--check", "--port", "COM5", "--json");
        Assert.Contains("\"schema\": \"backstep.flash/1\"", json.Out, StringComparison.Ordinal);
        Assert.Contains("\"program\": null", json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_nanoff_it_is_told_how_to_get_it()
    {
        var run = Run(null, "flash", Image(), "--board", "xiao", "--port", "COM5");
        Assert.Equal(ExitCode.Sensor, run.ExitCode);
        Assert.Contains("dotnet tool install -g nanoff", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flash", "--port", "COM5")]
    [InlineData("flash", "x.bin", "--port", "COM5")]
    [InlineData("flash", "x.bin", "--board", "arduino", "--port", "COM5")]
    [InlineData("flash", "x.bin", "--board", "xiao", "--port", "COM5", "--image-version", "new")]
    public void What_is_missing_on_the_command_line_is_said(params string[] args) =>
        Assert.Equal(ExitCode.Usage, Run(new FakeBoard(), args).ExitCode);

    [Fact]
    public void A_file_that_is_not_there_ends_with_3()
    {
        var run = Run(new FakeBoard(), "flash", "gone.bin", "--board", "xiao", "--port", "COM5");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("It comes with a release", run.ErrorLine, StringComparison.Ordinal);
    }

    private string Image()
    {
        string path = Path.Combine(_folder.Path, "sensor.bin");
        File.WriteAllBytes(path, ImageBuilder.Sensor());
        return path;
    }

    private static CommandRun Run(INanoff? nanoff, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment { Out = output, Error = error,
            Culture = CultureInfo.InvariantCulture, FindNanoff = () => nanoff };
        int exitCode = ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment).GetAwaiter()
            .GetResult();
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
