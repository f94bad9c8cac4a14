using System.Globalization;
using System.Text.Json;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Commands;
using Backstep.Link;
using Backstep.Link.BlueZ;
using Backstep.Peripheral.BlueZ;
using Backstep.Terminal;

namespace Backstep.Companion.Tests.BlueZ;

public sealed class BlueZCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scan_lists_what_is_in_the_air()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(rssi: -47),
            Scenes.Sensor("AA:BB:CC:DD:EE:02", "Wrist", rssi: 127), Scenes.Headphones);
        var run = await RunAsync(mock.Address, "scan", "--seconds", "1");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("Backstep AA:BB:CC:DD:EE:01 -47 dBm unknown",
            string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await RunAsync(mock.Address, "scan", "--seconds", "1", "--json")).Out);
        var sensors = json.RootElement.GetProperty("sensors").EnumerateArray().ToArray();
        Assert.Equal(2, sensors.Length);
        Assert.Contains(sensors,
            one => one.GetProperty("name").GetString() == "Wrist"
                && one.GetProperty("signalDbm").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Live_follows_a_sensor_through_a_lost_link()
    {
        await using var mock =
            await MockBlueZ.StartAsync(
                Scenes.Sensor(
                    characteristics: Scenes.Table(strides: [Scenes.StrideHex(1), Scenes.StrideHex(2), "00"])));
        using var output = new EventWriter();
        var live = RunAsync(output, mock.Address, "live", "--anyway", "--sensor", "backstep", "--json");
        await output.UntilAsync(line => line.Contains("\"problem\"", StringComparison.Ordinal));
        await mock.DoAsync(new { @do = "drop", path = Scenes.DevicePath });
        await output.UntilAsync(line => line.Contains("\"reconnecting\"", StringComparison.Ordinal));
        await output.UntilAsync(line => line.Contains("\"connected\"", StringComparison.Ordinal));
        await mock.DoAsync(new { @do = "send", path = Scenes.PathOf(2), value = Scenes.StrideHex(3) });
        await output.UntilAsync(line => line.Contains("\"sequence\":3", StringComparison.Ordinal));
        output.Environment!.RequestStop(ExitCode.Interrupted);
        Assert.Equal((ExitCode.Interrupted, ""), ((await live).ExitCode, (await live).Error));

        var events = output.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.All(events, one => Assert.Equal("backstep.live/1", one.GetProperty("schema").GetString()));
        Assert.Equal([1, 2, 3], Of("stride").Select(one => one.GetProperty("sequence").GetInt32()));
        Assert.Equal(["toe", "toe", "toe"], Of("stride").Select(one => one.GetProperty("landing").GetString()));
        Assert.Equal(["connecting", "connected", "reconnecting", "connected"],
            Of("link").Select(one => one.GetProperty("state").GetString()).Take(4));
        Assert.Equal(80, Of("battery").First().GetProperty("percent").GetInt32());
        Assert.Equal(75, Of("session").First().GetProperty("toeFirstPercent").GetInt32());
        var summary = Assert.Single(Of("summary"));
        Assert.Equal((3, 1), (summary.GetProperty("strides").GetInt32(), summary.GetProperty("linkLosses").GetInt32()));

        IEnumerable<JsonElement> Of(string kind) => events.Where(one => one.GetProperty("event").GetString() == kind);
    }

    [Fact]
    public async Task Live_outlasts_a_bluetoothd_that_is_restarted_and_says_why_it_waits()
    {
        await using var mock =
            await MockBlueZ.StartAsync(Scenes.Sensor(characteristics: Scenes.Table(strides: [Scenes.StrideHex(1)])));
        using var output = new EventWriter();
        var live = RunAsync(output, mock.Address, "live", "--anyway", "--sensor", "backstep", "--json");
        await output.UntilAsync(line => line.Contains("\"sequence\":1,", StringComparison.Ordinal));
        mock.KillBluetoothd();
        await output.UntilAsync(
            line => line.Contains("bluetoothd", StringComparison.Ordinal)
                && line.Contains("\"nextAttemptSeconds\":0.5", StringComparison.Ordinal));
        await output.UntilAsync(line => line.Contains("\"attempts\":1,", StringComparison.Ordinal));
        await mock.StartBluetoothdAsync();
        await mock.DoAsync(new { @do = "adapter", powered = true });
        await mock.AddAsync(
            Scenes.Sensor(characteristics: Scenes.Table(strides: [Scenes.StrideHex(1), Scenes.StrideHex(2)])));
        await output.UntilAsync(line => line.Contains("\"sequence\":2,", StringComparison.Ordinal));
        output.Environment!.RequestStop(ExitCode.Interrupted);
        Assert.Equal((ExitCode.Interrupted, ""), ((await live).ExitCode, (await live).Error));
        Assert.Equal(2, output.Lines.Count(line => line.Contains("\"event\":\"stride\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // older firmware
    public async Task Live_shows_the_same_view_as_the_demo_without_calling_it_simulated(bool knowsNoRails)
    {
        string[] strides = [Scenes.StrideHex(1)];
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(
            characteristics: knowsNoRails ? Scenes.TableWithoutRails(strides) : Scenes.Table(strides)));
        var run = await RunAsync(mock.Address, "live", "--anyway", "--sensor", Scenes.Address, "--seconds", "0.5");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("link: connected", run.Out, StringComparison.Ordinal);
        Assert.Contains("strides", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 backward", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("simulated", run.Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_sensor_that_was_flashed_anew_ends_with_5_and_the_mend_with_its_address()
    {
        await using var mock = await MockBlueZ.StartAsync(
            Scenes.Sensor(behaviour: new { Connect = "org.bluez.Error.Failed: br-connection-key-missing" }));
        var run = await RunAsync(mock.Address, "live", "--anyway", "--sensor", Scenes.Address);
        Assert.Equal(ExitCode.Sensor, run.ExitCode);
        Assert.Contains($"'bluetoothctl remove {Scenes.Address}'", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connect", "org.bluez.Error.Failed: le-connection-abort-by-local")]
    [InlineData("Connect", "org.bluez.Error.InProgress")]
    [InlineData("Connect", "org.bluez.Error.Failed: br-connection-page-timeout")]
    [InlineData("ReadValue", "org.bluez.Error.Failed: Operation failed with ATT error: 0x0e")]
    [InlineData("StartNotify", "org.bluez.Error.NotConnected")]
    public async Task What_passes_does_not_end_the_first_contact(string call, string error)
    {
        var behaviour = new Dictionary<string, string?[]> { [call] = [error, null] };
        await using var mock = await MockBlueZ.StartAsync(
            Scenes.Sensor(behaviour: behaviour, characteristics: Scenes.Table(strides: [Scenes.StrideHex(1)])));
        var run = await RunAsync(mock.Address, "live", "--anyway", "--sensor", Scenes.Address, "--seconds", "0.5");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("Trying again", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("org.bluez", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 backward", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("314159", "not the sensor's passkey")]
    [InlineData(null, "wants its passkey")]
    public async Task A_passkey_that_is_wrong_or_lacking_ends_with_5_and_nothing_is_written(string? passkey,
        string sentence)
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(behaviour: new { Pair = "passkey 271828" }));
        string[] args = ["live", "--anyway", "--sensor", Scenes.Address,
            .. passkey == null ? Array.Empty<string>() : ["--passkey", passkey]];
        var run = await RunAsync(mock.Address, args);
        Assert.Equal(ExitCode.Sensor, run.ExitCode);
        Assert.Contains(sentence, run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_passkey_pairs()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(behaviour: new { Pair = "passkey 271828" }));
        var run = await RunAsync(mock.Address, "live", "--anyway", "--sensor", Scenes.Address, "--passkey", "271828",
            "--seconds", "0.5");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345x")]
    public void A_passkey_has_six_digits(string passkey)
    {
        var run = CommandRun.Of("live", "--anyway", "--sensor", "X", "--passkey", passkey);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("six digits", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_a_sensor_without_Bluetooth_or_on_an_adapter_that_is_not_there_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the sentence is about Linux");
        Assert.Contains("apt install", (await UnavailableAsync("unix:path=/nowhere/bus", null)).Message,
            StringComparison.Ordinal);
        await using var mock = await MockBlueZ.StartAsync();
        Assert.Contains("hci0", (await UnavailableAsync(mock.Address, "hci7")).Message, StringComparison.Ordinal);

        static Task<BluetoothUnavailableException> UnavailableAsync(string address, string? adapter) =>
            Assert.ThrowsAsync<BluetoothUnavailableException>(
                () => PlatformBluetooth.OpenPeripheralAsync(address, adapter, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Record_writes_a_real_sensors_motion_with_gaps_left_in_time()
    {
        await using var mock =
            await MockBlueZ.StartAsync(
                Scenes.Sensor(
                    characteristics: Scenes.Table(
                        raw: [Scenes.RawHex(1000, 5), Scenes.RawHex(1005, 5), Scenes.RawHex(1020, 5)])));
        var run = await RunAsync(mock.Address, "record", "--sensor", "Backstep", "--seconds", "0.25", "--out",
            _folder["walk.csv"], "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        Assert.False(json.RootElement.GetProperty("synthetic").GetBoolean());
        Assert.Equal((15, 10),
            (json.RootElement.GetProperty("samples").GetInt32(),
                json.RootElement.GetProperty("missingSamples").GetInt32()));
        string[] lines = await File.ReadAllLinesAsync(_folder["walk.csv"], TestContext.Current.CancellationToken);
        Assert.StartsWith("# recorded by backstep from the sensor Backstep", lines[0], StringComparison.Ordinal);
        Assert.Equal("0.200,0.00000,0.00000,1.00000,0.000,0.000,0.000", lines[^5]);
    }

    [Theory]
    [InlineData("--scenario", "tired")]
    [InlineData("--seed", "2")]
    [InlineData("--truth", "truth.csv")]
    public void A_real_sensor_has_no_scenario_seed_or_truth(string option, string value)
    {
        var run = CommandRun.Of("record", "--sensor", "X", "--out", _folder["walk.csv"], option, value);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(option, run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scan")]
    [InlineData("live", "--anyway", "--sensor", "X")]
    [InlineData("record", "--sensor", "X", "--out", "walk.csv")]
    public async Task Without_Bluetooth_one_sentence_says_so_and_what_to_do(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the sentence is about Linux");
        var run = await RunAsync("unix:path=/nowhere/bus",
            [.. args.Select(arg => arg == "walk.csv" ? _folder[arg] : arg)]);
        Assert.Equal((ExitCode.Sensor, ""), (run.ExitCode, run.Out));
        Assert.Contains("sudo apt install", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task The_doctor_works_without_a_bus_and_finds_nothing_wrong_with_a_whole_one()
    {
        await using var mock = await MockBlueZ.StartBusAsync();
        Assert.Equal("D-Bus", await FirstBadAsync("unix:path=/nowhere/bus"));
        Assert.Equal("bluetoothd", await FirstBadAsync(mock.Address));
        await mock.StartBluetoothdAsync();
        Assert.Equal("adapter", await FirstBadAsync(mock.Address));
        await mock.DoAsync(new { @do = "adapter", powered = false });
        Assert.Equal("power", await FirstBadAsync(mock.Address));
        await mock.DoAsync(
            new { @do = "set", path = "/org/bluez/hci0", @interface = "org.bluez.Adapter1", name = "Powered",
                value = true });
        Assert.Null(await FirstBadAsync(mock.Address));

        Directory.CreateDirectory(_folder["rfkill0"]);
        _folder.Write("rfkill0/type", "bluetooth\n");
        _folder.Write("rfkill0/soft", "1\n");
        _folder.Write("rfkill0/hard", "0\n");
        Assert.Equal("radio switch", await FirstBadAsync(mock.Address));
    }

    [Fact]
    public async Task The_doctor_looks_at_the_adapter_that_is_wanted()
    {
        await using var mock = await MockBlueZ.StartAsync();
        await mock.DoAsync(new { @do = "adapter", name = "hci1", powered = false });
        Assert.Null(await FirstBadAsync(mock.Address));
        Assert.Null(await FirstBadAsync(mock.Address, "hci0"));
        Assert.Equal("power", await FirstBadAsync(mock.Address, "hci1"));
        Assert.Equal("adapter", await FirstBadAsync(mock.Address, "hci7"));
    }

    private static Task<CommandRun> RunAsync(string address, params string[] args) =>
        RunAsync(new EventWriter(), address, args);

    private static async Task<CommandRun> RunAsync(EventWriter output, string address, params string[] args)
    {
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment
        {
            Out = output,
            Error = error,
            Culture = CultureInfo.InvariantCulture,
            OpenBluetooth = async token => await BlueZCentral.OpenAsync(
                address, BlueZPatience.Usual, token,
                new BlueZChoice(null,
                    (sensor, passkeyToken) => output.Environment!.GetPasskeyAsync(sensor, passkeyToken))),
            OpenPeripheral = (adapter, token) => BlueZRadio.OpenAsync(address, adapter, TimeProvider.System, token),
        };
        output.Environment = environment;
        int exitCode = await ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment);
        return new CommandRun(exitCode, string.Concat(output.Lines.Select(line => line + "\n")), error.ToString());
    }

    /// <summary>The first check that is bad, each with a way to mend it.</summary>
    private async Task<string?> FirstBadAsync(string address, string? adapter = null)
    {
        var checks = await new BlueZDoctor(address, _folder.Path, adapter)
            .ExamineAsync(TestContext.Current.CancellationToken);
        Assert.All(checks, check => Assert.True(check.IsFine != false || check.Mend != null, check.Name));
        return checks.FirstOrDefault(check => check.IsFine == false)?.Name;
    }
}
