using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Backstep.Companion.Commands;
using Backstep.Companion.Tests.Export;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Terminal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>One walk with two pauses, in which the feet go on: everybody who tells of it tells the same.</summary>
public sealed partial class PausedWalkTests : IDisposable
{
    private static readonly (double At, char Key)[] Keys = [(40, 'p'), (52, 'p'), (80, 'p'), (84, 'p'), (130, 's')];

    private readonly TemporaryFolder _folder = new();
    private readonly VirtualDevice _device = new(new Walker(
        [new Stand(3), new Walk(WalkParameters.Backward(0.8), 160), new Stand(400)], new WalkerSettings()));

    private readonly Dictionary<string, (double Minutes, double Timer, double Meters, double Strides)> _told = [];

    public void Dispose()
    {
        _device.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("treadmill")]
    [InlineData("hill")]
    public async Task Everybody_tells_the_same_minutes_metres_and_strides(string mode)
    {
        string summary = await RunAsync(new Queue<(double, char)>(Keys), "live", "--anyway", "--sensor", "A1",
            "--mode", mode, "--seconds", "150");
        var walked = WalkedLine().Match(summary);
        Tell("live summary", Clock(walked.Groups[1].Value), Number(walked.Groups[2].Value),
            Number(walked.Groups[3].Value));
        await TellOfTheStoreAsync();
        TellOfTheReport(await RunAsync(new Queue<(double, char)>(), "report", "1", "--out", _folder["report.html"]));
        await TellOfTheFilesAsync();
        await TellOfTheSensorAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(Table(mode));

        var (minutes, _, meters, strides) = _told["show"];
        // What the foot did as a key was pressed reaches the sensor a moment later: it may differ by a stride.
        Assert.InRange(minutes * 60, 130 - 16 - 10, 130 - 16 - 4); // up to the key that stops, without both pauses
        foreach (var (who, told) in _told)
        {
            Assert.True(Math.Abs(told.Strides - strides) <= (who == "sensor" ? 1 : 0)
                || double.IsNaN(told.Strides), $"{who}: {told.Strides} strides, not {strides}");
            Assert.True(Math.Abs(told.Meters - meters) <= (who == "sensor" ? 1.5 : 0.51)
                || double.IsNaN(told.Meters), $"{who}: {told.Meters} m, not {meters}");
            Assert.True(double.IsNaN(told.Minutes) || Math.Abs(told.Minutes - minutes)
                <= ((who == "sensor" ? 2 : 1) / 60.0) + (who is "trends" or "plan" ? 0.051 : 0),
                $"{who}: {told.Minutes * 60} s, not {minutes * 60}");
            Assert.True(double.IsNaN(told.Timer) || Math.Abs(told.Timer - _told["FIT"].Timer) < 0.001,
                $"{who}: a timer of {told.Timer * 60} s, not {_told["FIT"].Timer * 60}");
        }
    }

    private async Task TellOfTheStoreAsync()
    {
        using var shown = JsonDocument.Parse(await RunAsync(new Queue<(double, char)>(), "show", "1", "--json"));
        Tell("show", shown.RootElement.GetProperty("session").GetProperty("totals"));
        var parts = shown.RootElement.GetProperty("parts").EnumerateArray().ToArray();
        Tell("show, its parts", _told["show"].Minutes, double.NaN,
            parts.Sum(part => part.GetProperty("strides").GetInt32()));
        using var listed = JsonDocument.Parse(await RunAsync(new Queue<(double, char)>(), "sessions", "--json"));
        Tell("sessions", listed.RootElement.GetProperty("sessions")[0].GetProperty("totals"));
        using var trends = JsonDocument.Parse(await RunAsync(new Queue<(double, char)>(), "trends", "--json"));
        var week = trends.RootElement.GetProperty("weeks")[0];
        Tell("trends", week.GetProperty("activeMinutes").GetDouble(), double.NaN,
            week.GetProperty("backwardStrides").GetInt32());
        using var plan = JsonDocument.Parse(await RunAsync(new Queue<(double, char)>(), "plan", "--json"));
        Tell("plan", plan.RootElement.GetProperty("lastSevenDays")[6].GetProperty("backwardMinutes").GetDouble(),
            double.NaN, double.NaN);
    }

    private void TellOfTheReport(string output)
    {
        string page = Regex.Replace(File.ReadAllText(_folder["report.html"]), "<[^>]*>", " ");
        Assert.Contains("report.html", output, StringComparison.Ordinal);
        Tell("report", Clock(Regex.Match(page, @"Walking\s+(\d+:\d\d)").Groups[1].Value),
            Number(Regex.Match(page, @"Distance\s+(\d+) m").Groups[1].Value),
            Number(Regex.Match(page, @"(\d+) strides; 0 forward, 0 unknown").Groups[1].Value));
    }

    private async Task TellOfTheFilesAsync()
    {
        foreach (string format in new[] { "fit", "tcx", "csv", "json" })
        {
            await RunAsync(new Queue<(double, char)>(), "export", "1", "--format", format, "--out",
                _folder[$"walk.{format}"]);
        }

        var session = FitReader.Read(await File.ReadAllBytesAsync(_folder["walk.fit"]))
            .Single(message => message.Number == 18);
        Tell("FIT", session.UInt32(59) / 60_000.0, session.UInt32(9) / 100.0, session.UInt32(10),
            session.UInt32(8) / 60_000.0);
        Assert.InRange(session.UInt32(8), session.UInt32(59), session.UInt32(59) + 4000u); // never less than moving
        var rows = CsvRows.Of(await File.ReadAllTextAsync(_folder["walk.csv"]));
        var columns = rows[0].ToList();
        var counted = rows.Skip(1).Where(row => row[columns.IndexOf("paused")] == "false").ToArray();
        Assert.InRange(rows.Count - 1 - counted.Length, 10, 18); // the feet went on
        Tell("CSV", _told["show"].Minutes, counted.Sum(row => row[columns.IndexOf("stride_m")] is { Length: > 0 } m
            ? Number(m) : 0), counted.Length);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["walk.json"]));
        Tell("JSON", file.RootElement.GetProperty("totals"));
        await TellOfOthersAsync();
    }

    /// <summary>As decoders understand them that others wrote, where they are installed.</summary>
    private async Task TellOfOthersAsync()
    {
        if (Decoded.DecoderFolder() is not { } decoders)
        {
            return;
        }

        string lines = await Decoded.RunAsync(decoders, [_folder["walk.fit"], _folder["walk.tcx"]]);
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var by = JsonDocument.Parse(line).RootElement;
            string decoder = by.GetProperty("decoder").GetString()!;
            if (decoder is "garmin" or "tcx")
            {
                double timer = by.GetProperty("timerSeconds").GetDouble() / 60;
                Tell(decoder == "tcx" ? "TCX" : "Garmin's decoder", decoder == "tcx"
                        ? Number(by.GetProperty("own").GetProperty("activeSeconds").GetString()!) / 60
                        : by.GetProperty("movingSeconds").GetDouble() / 60,
                    by.GetProperty("distanceMeters").GetDouble(), by.GetProperty("strides").GetDouble(), timer);
                if (decoder == "garmin")
                {
                    Tell("Garmin's, laps", double.NaN, by.GetProperty("lapMeters").GetDouble(),
                        by.GetProperty("lapStrides").GetDouble(), by.GetProperty("lapTimerSeconds").GetDouble() / 60);
                }
            }
        }
    }

    private async Task TellOfTheSensorAsync()
    {
        using var link = InMemoryBluetooth.LinkTo(_device);
        await link.ConnectAsync(CancellationToken.None);
        var session = Session.Decode(await link.ReadAsync(Uuids.Backstep, Uuids.Session, CancellationToken.None),
            out _)!;
        Assert.Equal(SessionState.Ended, session.State);
        Tell("sensor", session.ActiveSeconds / 60.0, session.DistanceCentimeters / 100.0,
            session.BackwardStrides + session.ForwardStrides + session.UnknownStrides);
    }

    private void Tell(string who, JsonElement totals) => Tell(who, totals.GetProperty("activeSeconds").GetDouble() / 60,
        totals.GetProperty("distanceMeters").GetDouble(), totals.GetProperty("backwardStrides").GetInt32()
            + totals.GetProperty("forwardStrides").GetInt32() + totals.GetProperty("unknownStrides").GetInt32());

    private void Tell(string who, double minutes, double meters, double strides, double timer = double.NaN) =>
        _told[who] = (minutes, timer, meters, strides);

    private string Table(string mode)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{mode,-18} minutes  timer   metres strides");
        foreach (var (who, (minutes, timer, meters, strides)) in _told)
        {
            table.AppendLine(CultureInfo.InvariantCulture,
                $"{who,-18} {minutes,7:0.00} {timer,6:0.00} {meters,8:0.0} {strides,7:0}");
        }

        return table.ToString();
    }

    private async Task<string> RunAsync(Queue<(double At, char Key)> keys, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var console = new TestConsole().EmitAnsiSequences().Width(80).Height(24);
        var time = new VirtualTime(_device);
        using var environment = new CommandEnvironment
        {
            Out = output,
            Error = error,
            Terminal = args[0] == "live" ? console : null,
            ReadKey = () => keys.Count > 0 && _device.Elapsed.TotalSeconds >= keys.Peek().At
                ? new ConsoleKeyInfo(keys.Dequeue().Key, ConsoleKey.None, false, false, false) : null,
            Culture = CultureInfo.InvariantCulture,
            DataFolder = _folder["data"],
            Time = time,
            OpenBluetooth = _ => Task.FromResult<IBluetooth>(
                new InMemoryBluetooth(new Dictionary<string, VirtualDevice> { ["A1"] = _device })),
        };
        Assert.Equal((ExitCode.Ok, ""),
            (await ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment), error.ToString()));
        return output.ToString();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Clock(string text) =>
        Number(text.Split(':')[0]) + (Number(text.Split(':')[1]) / 60);

    [GeneratedRegex(@"walked\s+(\d+:\d\d), (\d+) m, (\d+) strides")]
    private static partial Regex WalkedLine();
}
