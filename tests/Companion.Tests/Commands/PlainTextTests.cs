using System.CommandLine;
using Backstep.Companion.Commands;
using Backstep.Companion.Tests.Sessions;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Commands;

/// <summary>Where there is no terminal, whatever a command says fits in 80 columns: counted in cells, with names of any
/// script.</summary>
public sealed class PlainTextTests : IDisposable
{
    private const string WideName = "山田太郎 한국어 Wolfeschlegelsteinhausen"; // 40 cells

    private static readonly string Recording =
        Path.Combine(AppContext.BaseDirectory, "Recordings", "13_xio_short_walk.csv");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_help_fits()
    {
        using var environment = new CommandEnvironment { Out = TextWriter.Null, Error = TextWriter.Null };
        foreach (string[] path in Paths(Root.Build(environment), []))
        {
            AssertFits(CommandRun.Of([.. path, "--help"]), [.. path, "--help"]);
        }
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("plan", "--rules")]
    [InlineData("sessions")]
    [InlineData("sessions", "--everyone")]
    [InlineData("sessions", "--last", "1")]
    [InlineData("show", "1")]
    [InlineData("show", "2", "--units", "us")]
    [InlineData("trends")]
    [InlineData("trends", "--weeks", "1", "--with-simulated")]
    [InlineData("walkers")]
    [InlineData("walkers", "rename", WideName, "Bo")]
    [InlineData("walkers", "remove", WideName, "--yes")]
    [InlineData("delete", "1", "--yes")]
    [InlineData("settings")]
    [InlineData("settings", "units", "us")]
    [InlineData("log", "pain", "7")]
    [InlineData("log", "pain", "2", "--morning")]
    [InlineData("demo", "--fast", "--seconds", "60")]
    [InlineData("demo", "--fast", "--seconds", "40", "--mode", "hill", "--keep")]
    [InlineData("demo", "--fast", "--seconds", "40", "--wrist")]
    [InlineData("replay", "~/walked.csv", "--mount", "auto")]
    [InlineData("record", "--seconds", "20", "--out", "~/walk.csv")]
    [InlineData("calibrate", "mount", "--simulated")]
    [InlineData("export", "1", "--out", "~/1.json", "--format", "json")]
    [InlineData("report", "1", "--out", "~/1.html")]
    [InlineData("backup", "~/1.db")]
    public void Everything_that_a_command_says_fits(params string[] args)
    {
        Fill();
        File.Copy(Recording, _folder["walked.csv"]);
        string[] line = [.. args.Select(word => word.Replace("~", _folder.Path, StringComparison.Ordinal))];
        AssertFits(CommandRun.In(_folder["data"], line), args);
    }

    [Fact]
    public async Task What_the_doctor_finds_fits()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment
        {
            Out = output,
            Error = output,
            ExamineBluetooth = _ => Task.FromResult<IReadOnlyList<DoctorCheck>>(
            [
                new DoctorCheck("bluetoothd", false,
                    "it is not running, or this user may not speak with it over the system bus of this computer",
                    "sudo systemctl enable --now bluetooth && sudo usermod --append --groups bluetooth $USER"),
                new DoctorCheck("a name that is longer than its column", true, "hci0 山田太郎 00:11:22:33:44:55", null),
            ]),
        };
        int code = await ConsoleProgram.RunAsync(() => Root.Build(environment), ["doctor"], environment);
        AssertFits(new CommandRun(code, output.ToString(), ""), ["doctor"]);
    }

    [Fact]
    public void Everyones_sessions_tell_whose_and_what_is_simulated_whatever_the_name()
    {
        Fill();
        string[] lines = CommandRun.In(_folder["data"], "sessions", "--everyone").Out.TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal(2, lines.Count(line => line.StartsWith("山田太", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith("Ann ", StringComparison.Ordinal));
        Assert.Contains(" SIMULATED", Assert.Single(lines, line => line.Contains(" 2 ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    private void Fill()
    {
        using var store = SessionStore.Open(_folder["data"], TimeProvider.System);
        long ann = store.WalkerNamed("Ann").Id;
        long other = store.WalkerNamed(WideName).Id;
        Keep(store, Kept.Header(ann, Kept.Morning));
        Keep(store, Kept.Header(other, Kept.Morning.AddDays(15), simulated: true));
        Keep(store, Kept.Header(other, Kept.Morning.AddDays(16)) with
        {
            IsStartUnknown = true,
            Sensors = [.. Enumerable.Repeat(new SessionSensor(WideName, "AA:BB:CC:00:00:01",
                Protocol.Placement.RightShoe), 3)],
        });
        store.Note(new PainNote(other, null, Kept.Morning.AddDays(17), PainMoment.Before, 6));
    }

    private static void Keep(SessionStore store, SessionHeader header)
    {
        var strides = Kept.Strides(200, rails: Posture.Held);
        store.Keep(new KeptSession(
            new SessionSummary(header, SessionTotals.Of(header.Sensors, strides, []), header.IsSimulated),
            new WalkerProfile(header.WalkerId, "", header.StartedAt), strides,
            [.. Enumerable.Range(1, 30).Select(i => new SessionMark(TimeSpan.FromSeconds(i * 9), MarkKind.Walker))],
            []));
    }

    private static void AssertFits(CommandRun run, string[] args)
    {
        Assert.True(run.ExitCode is ExitCode.Ok or ExitCode.Sensor, run.Error);
        // One word, as a path is, is never cut in two.
        foreach (string line in run.Out.Split('\n').Where(line => line.Trim().Contains(' ', StringComparison.Ordinal)))
        {
            Assert.True(Cells.Width(line) <= 80, $"{string.Join(' ', args)}: {line}");
        }
    }

    private static IEnumerable<string[]> Paths(Command command, string[] path) =>
        command.Subcommands.SelectMany(child => Paths(child, [.. path, child.Name])).Prepend(path);
}
