using System.Globalization;
using System.Text.Json;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Commands;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Sessions;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Bluetooth;

/// <summary>The commands for real sensors, over the sensor's own program in memory.</summary>
public sealed class SensorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, VirtualDevice> _air = [];
    private Func<ConsoleKeyInfo?> _readKey = () => null;

    public void Dispose()
    {
        foreach (var device in _air.Values)
        {
            device.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Scan_lists_what_is_in_the_air_and_asks_it_on_demand()
    {
        Put("A1", new Stand(60));
        Assert.Contains("Backstep A1 unknown unknown unknown", Words(await RunAsync("scan")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await RunAsync("configure", "--sensor", "A1", "--placement", "wrist")).ExitCode);
        var asked = await RunAsync("scan", "--ask", "--json");
        using var json = JsonDocument.Parse(asked.Out);
        var sensor = Assert.Single(json.RootElement.GetProperty("sensors").EnumerateArray());
        Assert.Equal("wrist", sensor.GetProperty("placement").GetString());
        Assert.InRange(sensor.GetProperty("batteryPercent").GetInt32(), 1, 100);
    }

    [Fact]
    public async Task On_a_terminal_the_list_of_a_scan_changes_while_it_listens_and_stays_as_text()
    {
        Put("A1", new Stand(60));
        using var terminal = new TestConsole();
        var run = await RunAsync(bluetooth => bluetooth, terminal, "scan");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("Listening ...", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("A1", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Backstep A1 unknown unknown unknown", Words(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configure_shows_sets_and_keeps()
    {
        Put("A1", new Stand(60));
        string fresh = (await RunAsync("configure", "--sensor", "backstep")).Out;
        Assert.Contains("not told", fresh, StringComparison.Ordinal);
        Assert.Contains("Incline: unknown, for the sensor was never told how it sits", fresh.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        var set = await RunAsync("configure", "--sensor", "A1", "--name", "Lefty", "--placement", "left", "--cadence",
            "one-foot", "--toe-landing", "-7.5", "--heel-landing", "9", "--json");
        Assert.Equal((ExitCode.Ok, ""), (set.ExitCode, set.Error));
        foreach (string text in new[] { set.Out, (await RunAsync("configure", "--sensor", "A1", "--json")).Out })
        {
            using var json = JsonDocument.Parse(text);
            var shown = json.RootElement;
            Assert.Equal(("Lefty", "left", "one-foot"),
                (shown.GetProperty("name").GetString(), shown.GetProperty("placement").GetString(),
                    shown.GetProperty("cadence").GetString()));
            Assert.Equal((-7.5, 9.0),
                (shown.GetProperty("toeLandingDegrees").GetDouble(),
                    shown.GetProperty("heelLandingDegrees").GetDouble()));
            Assert.Equal(9, shown.GetProperty("mount").GetArrayLength());
        }

        Assert.Contains("left shoe", (await RunAsync("configure", "--sensor", "A1")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-63 to 0", "--toe-landing", "3")]
    [InlineData("0 to 63", "--heel-landing", "64")]
    [InlineData("20 bytes", "--name", "a name that is far too long")]
    [InlineData("in halves", "--toe-landing", "-7.3")]
    [InlineData("in halves", "--heel-landing", "NaN")]
    [InlineData("left", "--placement", "hat")]
    public async Task A_bad_value_is_refused_with_the_reason_and_the_old_one_stays(string reason, string option,
        string value)
    {
        Put("A1", new Stand(60));
        string before = (await RunAsync("configure", "--sensor", "A1")).Out;
        var run = await RunAsync("configure", "--sensor", "A1", "--cadence", "one-foot", option, value);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(reason, run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(before, (await RunAsync("configure", "--sensor", "A1")).Out);
    }

    [Fact]
    public async Task What_the_sensor_itself_refuses_is_told_in_words_and_the_old_setting_stays()
    {
        Put("A1", new Stand(60));
        string before = (await RunAsync("configure", "--sensor", "A1")).Out;
        var run = await RunAsync(bluetooth => new SpoilingBluetooth(bluetooth), "configure", "--sensor", "A1",
            "--placement", "left");
        Assert.Equal((ExitCode.Sensor, ""), (run.ExitCode, run.Out));
        Assert.Contains(
            "the sensor refuses: the placement must be left, right, wrist or unknown. Nothing was changed.",
            run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(before, (await RunAsync("configure", "--sensor", "A1")).Out);
    }

    [Fact]
    public async Task A_flash_that_cannot_be_written_is_told()
    {
        Put("A1", new Stand(60)).Volume.ReadOnly = true;
        var run = await RunAsync("configure", "--sensor", "A1", "--placement", "left");
        Assert.Equal(ExitCode.Sensor, run.ExitCode);
        Assert.Contains("flash", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_simulated_mount_calibration_goes_through_all_steps_and_finds_the_mount()
    {
        var run = CommandRun.Of("calibrate", "mount", "--simulated");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        string[] expected = ["SIMULATED", "stand still", "Good.", "rise on your toes", "1 of 3", "2 of 3", "3 of 3",
            "Done", "Synthetic"];
        int at = 0;
        foreach (string text in expected)
        {
            at = run.Out.IndexOf(text, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{text}' is missing, or out of order, in:\n{run.Out}");
        }

        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        using var json = JsonDocument.Parse(CommandRun.Of("calibrate", "mount", "--simulated", "--json").Out);
        Assert.True(json.RootElement.GetProperty("synthetic").GetBoolean());
        Assert.InRange(json.RootElement.GetProperty("offTruthDegrees").GetDouble(), 0, 3);
        Assert.InRange(json.RootElement.GetProperty("changedDegrees").GetDouble(), 20, 40);
    }

    [Fact]
    public async Task A_mount_calibration_sets_the_sensor()
    {
        var place = new SensorPlace { PitchUpDegrees = -30, YawDegrees = 10 };
        Put("A1", new WalkerSettings { Place = place }, new Stand(7), new RiseOnToes(), new Stand(60));
        var run = await RunAsync("calibrate", "mount", "--sensor", "A1", "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse((await RunAsync("configure", "--sensor", "A1", "--json")).Out);
        double[] mount = [.. json.RootElement.GetProperty("mount").EnumerateArray().Select(one => one.GetDouble())];
        Assert.Equal(place.TrueMount().XX, mount[0], 0.05);
        Assert.Equal(place.TrueMount().XZ, mount[2], 0.05);
        Assert.DoesNotContain("Incline: unknown", (await RunAsync("configure", "--sensor", "A1")).Out,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "three heel raises were not seen")]
    [InlineData(true, "nobody stood still")]
    public async Task A_mount_calibration_that_does_not_come_about_says_why_and_changes_nothing(bool walks, string why)
    {
        Put("A1", walks ? new Walk(WalkParameters.Backward(0.8), 120) : new Stand(200));
        string before = (await RunAsync("configure", "--sensor", "A1")).Out;
        var run = await RunAsync("calibrate", "mount", "--sensor", "A1");
        Assert.Equal(ExitCode.Sensor, run.ExitCode);
        Assert.Contains(why, run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(before, (await RunAsync("configure", "--sensor", "A1")).Out);
    }

    [Theory]
    [InlineData("calibrate", "mount")]
    [InlineData("calibrate", "mount", "--simulated", "--sensor", "A1")]
    public void A_calibration_needs_a_sensor_or_a_simulation(params string[] args) =>
        Assert.Equal(ExitCode.Usage, CommandRun.Of(args).ExitCode);

    [Fact]
    public async Task Live_follows_shoe_and_wrist_and_says_which_told_what()
    {
        Put("A1", new Stand(3), new Walk(WalkParameters.Backward(0.8), 60));
        Put("A2", new Stand(120));
        Assert.Equal(ExitCode.Ok, (await RunAsync("configure", "--sensor", "A2", "--placement", "wrist")).ExitCode);
        var run = await RunAsync("live", "--anyway", "--sensor", "A2", "--sensor", "A1", "--seconds", "20", "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        var events = run.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.All(events.Where(one => Kind(one) == "stride"),
            one => Assert.Equal("Backstep (A1)", one.GetProperty("sensor").GetString()));
        Assert.InRange(events.Count(one => Kind(one) == "stride"), 8, 20);
        Assert.Equal(["Backstep (A1)", "Backstep (A2)"],
            events.Where(one => Kind(one) == "session").Select(one => one.GetProperty("sensor").GetString()).Distinct()
                .Order());
        Assert.Equal([("Backstep (A2)", "wrist"), ("Backstep (A1)", "unknown")],
            events.Where(one => Kind(one) == "worn")
                .Select(one => (one.GetProperty("sensor").GetString(), one.GetProperty("placement").GetString())));
        Assert.Equal(["summary", "summary"], events.TakeLast(2).Select(Kind));

        var plain = await RunAsync("live", "--anyway", "--sensor", "A2", "--sensor", "A1", "--seconds", "15");
        Assert.Contains("Backstep (A2), worn: wrist", plain.Out, StringComparison.Ordinal);

        static string? Kind(JsonElement one) => one.GetProperty("event").GetString();
    }

    [Fact]
    public async Task On_a_terminal_live_takes_its_time_from_the_plan_keeps_marks_and_stops_the_session()
    {
        Put("A1", new Stand(3), new Walk(WalkParameters.Backward(0.7), 120));
        var keys = new Dictionary<int, char> { [300] = ' ', [500] = 's' };
        int asked = 0;
        _readKey = () => keys.TryGetValue(++asked, out char key)
            ? new ConsoleKeyInfo(key, ConsoleKey.None, false, false, false)
            : asked > 5000 ? new ConsoleKeyInfo('q', ConsoleKey.Q, false, false, false)
            : null;
        using var terminal = new TestConsole().Width(80).Height(24);
        await RunAsync(bluetooth => bluetooth, terminal, "plan", "--knee", "none", "--professional", "yes", "--place",
            "treadmill", "--walker", "Ada");
        var run = await RunAsync(bluetooth => bluetooth, terminal, "live", "--sensor", "A1", "--walker", "Ada");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.True(asked < 5000, "stop did not end it");
        Assert.Contains("Today's plan: walk 3 minutes", run.Out, StringComparison.Ordinal);
        Assert.Contains(" of 3:00", terminal.Output, StringComparison.Ordinal);
        using var store = SessionStore.OpenForReading(_folder.Path, TimeProvider.System);
        var kept = store.Find(Assert.Single(store.Summaries()).Header.Id)!;
        Assert.Equal((TimeSpan.FromMinutes(3), false), (kept.Summary.Header.Target, kept.Summary.Header.IsSimulated));
        Assert.Equal([MarkKind.CuesOn, MarkKind.Walker], kept.Marks.Select(mark => mark.Kind));
    }

    [Fact]
    public async Task One_sensor_named_twice_is_a_usage_error()
    {
        Put("A1", new Stand(60));
        var run = await RunAsync("live", "--anyway", "--sensor", "A1", "--sensor", "Backstep", "--seconds", "1");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("twice", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_takes_every_sample()
    {
        Put("A1", new Stand(3), new Walk(WalkParameters.Backward(0.8), 60));
        var run = await RunAsync("record", "--sensor", "A1", "--seconds", "12", "--out", _folder["walk.csv"], "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal((1200, 0),
            (json.RootElement.GetProperty("samples").GetInt32(),
                json.RootElement.GetProperty("missingSamples").GetInt32()));
    }

    [Theory]
    [InlineData("scan")]
    [InlineData("scan", "--ask", "--json")]
    [InlineData("live", "--anyway", "--sensor", "X")]
    [InlineData("live", "--anyway", "--sensor", "X", "--sensor", "Y", "--json")]
    [InlineData("record", "--sensor", "X", "--out", "walk.csv")]
    [InlineData("configure", "--sensor", "X", "--name", "Y")]
    [InlineData("calibrate", "mount", "--sensor", "X")]
    public async Task Without_Bluetooth_one_sentence_says_so_with_the_next_step_and_the_exit_code_is_5(
        params string[] args)
    {
        var run = await RunAsync(_ => throw new BluetoothUnavailableException(PlatformBluetooth.Nowhere),
            [.. args.Select(arg => arg == "walk.csv" ? _folder[arg] : arg)]);
        Assert.Equal((ExitCode.Sensor, ""), (run.ExitCode, run.Out));
        Assert.Contains("backstep demo", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    private static string Words(CommandRun run) =>
        string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private VirtualDevice Put(string address, params Segment[] segments) =>
        Put(address, new WalkerSettings(), segments);

    private VirtualDevice Put(string address, WalkerSettings settings, params Segment[] segments) =>
        _air[address] = new VirtualDevice(new Walker(segments, settings));

    private Task<CommandRun> RunAsync(params string[] args) => RunAsync(bluetooth => bluetooth, args);

    private Task<CommandRun> RunAsync(Func<IBluetooth, IBluetooth> spoil, params string[] args) =>
        RunAsync(spoil, null, args);

    private async Task<CommandRun> RunAsync(Func<IBluetooth, IBluetooth> spoil, IAnsiConsole? terminal,
        params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment
        {
            Out = output,
            Error = error,
            Terminal = terminal,
            ReadKey = _readKey,
            DataFolder = terminal == null ? null : _folder.Path,
            Culture = CultureInfo.InvariantCulture,
            Time = _air.Count > 0 ? new VirtualTime(_air.First().Value) : TimeProvider.System,
            OpenBluetooth = _ => Task.FromResult(spoil(new InMemoryBluetooth(_air))),
        };
        int exitCode = await ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Spoils every configuration on its way: a placement that does not exist, under a check sum that
    /// fits.</summary>
    private sealed class SpoilingBluetooth(IBluetooth bluetooth) : IBluetooth
    {
        public Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken) =>
            bluetooth.SearchAsync(onSeen, cancellationToken);

        public ISensorLink LinkTo(SensorSighting sensor) => new SpoilingLink(bluetooth.LinkTo(sensor));

        public ValueTask DisposeAsync() => bluetooth.DisposeAsync();
    }

    private sealed class SpoilingLink(ISensorLink link) : ISensorLink
    {
        public event Action<string>? Lost
        {
            add => link.Lost += value;
            remove => link.Lost -= value;
        }

        public string Name => link.Name;

        public bool IsConnected => link.IsConnected;

        public Task ConnectAsync(CancellationToken cancellationToken) => link.ConnectAsync(cancellationToken);

        public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken) =>
            link.ReadAsync(service, characteristic, cancellationToken);

        public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken)
        {
            if (characteristic == Uuids.Configuration)
            {
                value[1] = 9;
                int sum = Crc16.Of(value, 0, value.Length - 2);
                (value[^2], value[^1]) = ((byte)sum, (byte)(sum >> 8));
            }

            return link.WriteAsync(service, characteristic, value, cancellationToken);
        }

        public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
            CancellationToken cancellationToken) =>
            link.SubscribeAsync(service, characteristic, onValue, cancellationToken);

        public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken) =>
            link.ReceiveAsync(patience, cancellationToken);

        public Task DisconnectAsync() => link.DisconnectAsync();

        public void Dispose() => link.Dispose();
    }
}
