using System.Diagnostics;
using Backstep.Link;
using Backstep.Link.BlueZ;
using Backstep.Protocol;

namespace Backstep.Companion.Tests.BlueZ;

public class BlueZLinkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_are_read_written_and_notified_in_order()
    {
        string[] sent = [.. Enumerable.Range(1, 40).Select(i => i.ToString("x4", null))];
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(characteristics: Scenes.Table(strides: sent)));
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        Assert.True(link.IsConnected);
        Assert.Equal([0x50], await link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token));

        Assert.Equal(sent, await ListenAsync(link, Uuids.Stride, 40, () => Task.CompletedTask));
        byte[] command = [1, 2, 3, 0, 255];
        Assert.Equal("01020300ff",
            (await ListenAsync(link, Uuids.Control, 2,
                () => link.WriteAsync(Uuids.Backstep, Uuids.Control, command, Token)))[^1]);

        await link.DisconnectAsync();
        Assert.False(link.IsConnected);
        await Assert.ThrowsAsync<SensorLinkException>(() => link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token));
    }

    [Fact]
    public async Task A_value_that_is_not_bytes_is_no_value()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(characteristics:
        [
            new { service = Uuids.Backstep, uuid = Uuids.Session, text = "thirty" },
            new { service = Uuids.Backstep, uuid = Uuids.Stride },
        ]));
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        await Assert.ThrowsAsync<SensorLinkException>(() => link.ReadAsync(Uuids.Backstep, Uuids.Session, Token));
        Assert.Equal(["07"], await ListenAsync(link, Uuids.Stride, 1, async () =>
        {
            await mock.DoAsync(
                new { @do = "set", path = Scenes.PathOf(1), @interface = "org.bluez.GattCharacteristic1",
                    name = "Value", value = "text" });
            await mock.DoAsync(new { @do = "send", path = Scenes.PathOf(1), value = "07" });
        }));
    }

    [Fact]
    public async Task A_service_that_is_missing_is_told_with_the_mend()
    {
        await using var mock =
            await MockBlueZ.StartAsync(
                Scenes.Sensor(characteristics: [new { service = Uuids.Battery, uuid = Uuids.Stride }]));
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        var error =
            await Assert.ThrowsAsync<SensorLinkException>(() => link.ReadAsync(Uuids.Backstep, Uuids.Stride, Token));
        Assert.Contains($"'bluetoothctl remove {Scenes.Address}'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SensorLinkException>(
            () => link.SubscribeAsync(Uuids.Backstep, Uuids.Stride, _ => { }, Token));
    }

    [Theory]
    [InlineData("ReadValue")]
    [InlineData("WriteValue")]
    [InlineData("StartNotify")]
    public async Task A_sensor_that_vanishes_in_mid_call_is_lost_once(string during)
    {
        await using var mock =
            await MockBlueZ.StartAsync(
                Scenes.Sensor(behaviour: new Dictionary<string, string> { [during] = "vanish" }));
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        int lost = 0;
        link.Lost += _ => lost++;
        await Assert.ThrowsAsync<SensorLinkException>(() => during switch
        {
            "ReadValue" => link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token),
            "WriteValue" => link.WriteAsync(Uuids.Backstep, Uuids.Control, [1], Token),
            _ => link.SubscribeAsync(Uuids.Backstep, Uuids.Stride, _ => { }, Token),
        });
        await link.ReceiveAsync(Patience, Token);
        Assert.Equal((1, false), (lost, link.IsConnected));
    }

    [Theory]
    [InlineData("Connect", "vanish")]
    [InlineData("Connect", "org.bluez.Error.Failed")]
    [InlineData("Pair", "org.bluez.Error.AuthenticationFailed")]
    [InlineData("Connect", "hang")]
    [InlineData("services", "never")]
    public async Task A_link_that_does_not_come_about_says_why_in_time(string when, string what)
    {
        await using var mock =
            await MockBlueZ.StartAsync(Scenes.Sensor(behaviour: new Dictionary<string, string> { [when] = what }));
        await using var central = await mock.OpenAsync(Scenes.Hasty with { Call = Patience });
        using var link = await central.FirstLinkAsync();
        long start = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<SensorLinkException>(() => link.ConnectAsync(Token));
        Assert.True(Stopwatch.GetElapsedTime(start) < Patience);
        Assert.False(link.IsConnected);
        Assert.Contains(
            (when, what) switch
            {
                (_, "vanish") => "gone",
                (_, "hang") or (_, "never") => "in time",
                ("Pair", _) => "bluetoothctl remove",
                _ => "backstep doctor",
            },
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_went_wrong_once_goes_well_the_next_time()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(behaviour: new
        {
            Connect = new[] { "org.bluez.Error.Failed", null, "org.bluez.Error.InProgress" },
            ReadValue = new[] { null, "org.bluez.Error.NotPermitted" },
        }));
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await Assert.ThrowsAsync<SensorLinkException>(() => link.ConnectAsync(Token));
        await link.ConnectAsync(Token);
        Assert.Equal([0x50], await link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token));
        await Assert.ThrowsAsync<SensorLinkException>(() => link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token));
        Assert.Equal([0x50], await link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token));
        await link.DisconnectAsync();
        await Assert.ThrowsAsync<SensorLinkException>(() => link.ConnectAsync(Token));
        await link.ConnectAsync(Token);
    }

    [Fact]
    public async Task A_sensor_whose_address_changes_to_its_identity_when_it_pairs_is_found_again()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor());
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        await mock.SetAsync(Scenes.DevicePath, "org.bluez.Device1", "Address", "C0:FF:EE:00:00:01");
        await link.DisconnectAsync();
        await link.ConnectAsync(Token);
        Assert.Equal([0x50], await link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token));
    }

    [Fact]
    public async Task One_central_pairs_with_two_sensors_and_so_does_another_program_after_it()
    {
        const string Other = "AA:BB:CC:DD:EE:02";
        await using var mock = await MockBlueZ.StartAsync(
            Scenes.Sensor(behaviour: new { Pair = "passkey 271828" }),
            Scenes.Sensor(Other, "Wrist", behaviour: new { Pair = "passkey 314159" }));
        for (int program = 0; program < 2; program++)
        {
            PasskeySource passkeys = (sensor, _) => Task.FromResult<uint?>(sensor == "Wrist" ? 314159u : 271828u);
            var choice = new BlueZChoice(null, passkeys);
            await using var central = await BlueZCentral.OpenAsync(mock.Address, BlueZPatience.Usual, Token, choice);
            foreach (string address in new[] { Scenes.Address, Other })
            {
                using var link = central.LinkTo(await SensorFinder.FindAsync(central, address, Patience, Token));
                await link.ConnectAsync(Token);
                await link.DisconnectAsync();
                string device = "/org/bluez/hci0/dev_" + address.Replace(':', '_');
                await mock.SetAsync(device, "org.bluez.Device1", "Paired", false);
            }
        }
    }

    [Fact]
    public async Task A_signal_that_cannot_be_read_is_passed_over()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor());
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        Assert.Equal(["07"], await ListenAsync(link, Uuids.Stride, 1, async () =>
        {
            // A structure of seventeen fields is more than the library bears in a variant.
            await mock.SetAsync(Scenes.PathOf(2), "org.bluez.GattCharacteristic1", "Odd", new { @struct = 17 });
            await mock.DoAsync(new { @do = "send", path = Scenes.PathOf(2), value = "07" });
        }));
        Assert.True(link.IsConnected);
    }

    [Fact]
    public async Task Values_that_nobody_fetches_do_not_fill_the_memory()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor());
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        int came = 0;
        await link.SubscribeAsync(Uuids.Backstep, Uuids.Stride, _ => came++, Token);
        await mock.DoAsync(new { @do = "send", path = Scenes.PathOf(2), value = "01", times = 5000 });
        await link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token); // its answer comes after them
        await link.ReceiveAsync(Patience, Token);
        Assert.Equal(4096, came);
        await mock.DoAsync(new { @do = "send", path = Scenes.PathOf(2), value = "02" });
        await link.ReceiveAsync(Patience, Token);
        Assert.Equal(4097, came);
    }

    [Fact]
    public async Task A_link_that_is_given_up_half_way_is_let_go()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(behaviour: new { services = "never" }));
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        using var cancel = new CancellationTokenSource();
        var isConnected = central.SearchAsync(
            seen =>
            {
                if (seen.IsConnected)
                {
                    cancel.CancelAfter(TimeSpan.Zero);
                }
            },
            cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => link.ConnectAsync(cancel.Token));
        await isConnected;
        Assert.False((await SensorFinder.FindAsync(central, Scenes.Address, Patience, Token)).IsConnected);
    }

    [Fact]
    public async Task A_call_without_an_answer_ends_in_time_or_when_cancelled()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(behaviour: new { ReadValue = "hang" }));
        await using var central =
            await mock.OpenAsync(
                Scenes.Hasty with { Connect = Patience, Services = Patience, Call = TimeSpan.FromSeconds(2) });
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, cancel.Token));
        var error =
            await Assert.ThrowsAsync<SensorLinkException>(
                () => link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token));
        Assert.Contains("in time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bluetoothd_that_is_restarted_loses_the_link_and_gives_it_back()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor());
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        var lost = new TaskCompletionSource<string>();
        link.Lost += lost.SetResult;
        mock.KillBluetoothd();
        await link.ReceiveAsync(Patience, Token);
        Assert.True(lost.Task.IsCompleted);
        Assert.Contains("bluetoothd", await lost.Task, StringComparison.Ordinal);
        Assert.False(link.IsConnected);
        await Assert.ThrowsAsync<SensorLinkException>(() => link.ConnectAsync(Token));

        await mock.StartBluetoothdAsync();
        await mock.DoAsync(new { @do = "adapter", powered = true });
        await mock.AddAsync(Scenes.Sensor());
        long start = Stopwatch.GetTimestamp();
        while (!link.IsConnected && Stopwatch.GetElapsedTime(start) < Patience)
        {
            try
            {
                await link.ConnectAsync(Token);
            }
            catch (SensorLinkException)
            {
                await Task.Yield(); // its signals are still on their way to us
            }
        }

        Assert.Equal([0x50], await link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, Token));
    }

    [Fact]
    public async Task A_bus_that_ends_fails_everything_at_once()
    {
        var mock = await MockBlueZ.StartAsync(Scenes.Sensor());
        await using var central = await mock.OpenAsync();
        using var link = await central.FirstLinkAsync();
        await link.ConnectAsync(Token);
        await mock.DisposeAsync();
        await link.ReceiveAsync(Patience, Token);
        Assert.False(link.IsConnected);
        await Assert.ThrowsAsync<SensorLinkException>(() => link.ConnectAsync(Token).WaitAsync(Patience, Token));
        await Assert.ThrowsAsync<BluetoothUnavailableException>(
            () => central.SearchAsync(_ => { }, Token).WaitAsync(Patience, Token));
    }

    /// <summary>Subscribes, does something, and waits for so many values.</summary>
    private static async Task<List<string>> ListenAsync(ISensorLink link, Guid characteristic, int count,
        Func<Task> thenDo)
    {
        var values = new List<string>();
        await link.SubscribeAsync(Uuids.Backstep, characteristic, value => values.Add(Convert.ToHexStringLower(value)),
            Token);
        await thenDo();
        long start = Stopwatch.GetTimestamp();
        while (values.Count < count && Stopwatch.GetElapsedTime(start) < Patience)
        {
            await link.ReceiveAsync(Patience, Token);
        }

        return values;
    }
}
