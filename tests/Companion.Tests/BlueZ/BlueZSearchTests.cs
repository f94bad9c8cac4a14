using System.Globalization;
using Backstep.BlueZ;
using Backstep.Link;
using Backstep.Link.BlueZ;
using Backstep.Walks;

namespace Backstep.Companion.Tests.BlueZ;

public class BlueZSearchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Sensors_are_found_with_name_signal_and_battery_and_nothing_else_is()
    {
        await using var mock = await MockBlueZ.StartAsync(
            Scenes.Headphones,
            Scenes.Sensor("AA:BB:CC:DD:EE:02", "Unmeasured", rssi: 127),
            Scenes.Sensor(rssi: -47, battery: 77));
        await using var central = await mock.OpenAsync();
        var found = await SearchAsync(central, 2);
        Assert.Equal(
            [new SensorSighting("Backstep", Scenes.Address, -47, 77, false),
                new("Unmeasured", "AA:BB:CC:DD:EE:02", null, null, false)],
            found.OrderBy(one => one.Address));
    }

    [Fact]
    public async Task Properties_of_wrong_types_count_as_missing()
    {
        await using var mock = await MockBlueZ.StartAsync(
            Scenes.Sensor("AA:BB:CC:DD:EE:03", odd: new { Address = 5 }),
            Scenes.Sensor("AA:BB:CC:DD:EE:04", odd: new { UUIDs = "none" }),
            Scenes.Sensor(
                odd: new { Name = 7, RSSI = "loud", Connected = true, ServicesResolved = "yes",
                    UUIDs = new object[] { 5, true, Backstep.Protocol.Uuids.Backstep.ToString() } }));
        await using var central = await mock.OpenAsync();
        Assert.Equal([new SensorSighting(null, Scenes.Address, null, null, true)], await SearchAsync(central, 1));
    }

    [Fact]
    public async Task Fifty_sensors_that_come_at_once_are_all_found_once()
    {
        await using var mock = await MockBlueZ.StartAsync();
        await using var central = await mock.OpenAsync();
        var search = SearchAsync(central, 50);
        string[] addresses =
            [
                .. Enumerable.Range(0, 50)
                    .Select(i => string.Create(CultureInfo.InvariantCulture, $"AA:BB:CC:DD:01:{i:X2}"))];
        await mock.AddAsync([.. addresses.Select(address => Scenes.Sensor(address, characteristics: []))]);
        Assert.Equal(addresses, (await search).Select(one => one.Address).Order());
    }

    [Fact]
    public async Task Two_sensors_of_one_name_are_told_apart_by_address()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor(), Scenes.Sensor("AA:BB:CC:DD:EE:02"));
        await using var central = await mock.OpenAsync();
        var token = TestContext.Current.CancellationToken;
        var error =
            await Assert.ThrowsAsync<BadRequestException>(
                () => SensorFinder.FindAsync(central, "backstep", Patience, token));
        Assert.Contains("AA:BB:CC:DD:EE:02", error.Message, StringComparison.Ordinal);
        Assert.Equal("AA:BB:CC:DD:EE:02",
            (await SensorFinder.FindAsync(central, "aa:bb:cc:dd:ee:02", Patience, token)).Address);
    }

    [Fact]
    public async Task What_is_missing_is_said_with_the_command_that_mends_it()
    {
        var token = TestContext.Current.CancellationToken;
        await using var mock = await MockBlueZ.StartBusAsync();
        Assert.StartsWith(BlueZText.NoBus, (await Unavailable("unix:path=/nowhere/bus")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(BlueZText.NoDaemon, (await Unavailable(mock.Address)).Message, StringComparison.Ordinal);
        await mock.StartBluetoothdAsync();
        Assert.StartsWith(BlueZText.NoAdapter, (await Unavailable(mock.Address)).Message, StringComparison.Ordinal);
        await mock.DoAsync(new { @do = "adapter", powered = false });
        Assert.StartsWith(BlueZText.Off, (await Unavailable(mock.Address)).Message, StringComparison.Ordinal);

        Task<BluetoothUnavailableException> Unavailable(string address) =>
            Assert.ThrowsAsync<BluetoothUnavailableException>(
                () => BlueZCentral.OpenAsync(address, BlueZPatience.Usual, token));
    }

    [Fact]
    public async Task An_adapter_that_is_switched_off_ends_the_search()
    {
        await using var mock = await MockBlueZ.StartAsync(Scenes.Sensor());
        await using var central = await mock.OpenAsync();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var search = central.SearchAsync(_ => seen.TrySetResult(), TestContext.Current.CancellationToken);
        await seen.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await mock.DoAsync(
            new { @do = "set", path = "/org/bluez/hci0", @interface = "org.bluez.Adapter1", name = "Powered",
                value = false });
        await Assert.ThrowsAsync<BluetoothUnavailableException>(
            () => search.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    /// <summary>Searches until so many were seen.</summary>
    private static async Task<IReadOnlyList<SensorSighting>> SearchAsync(BlueZCentral central, int count)
    {
        using var end = new CancellationTokenSource(Patience);
        var seen = new Dictionary<string, SensorSighting>();
        await central.SearchAsync(
            sensor =>
            {
                seen[sensor.Address] = sensor;
                if (seen.Count == count)
                {
                    end.CancelAfter(TimeSpan.Zero);
                }
            },
            end.Token);
        return [.. seen.Values];
    }
}
