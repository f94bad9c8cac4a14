using Backstep.Link;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Bluetooth;

public sealed class SensorGroupTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedBluetooth _bluetooth = new();
    private readonly List<(FollowedSensor Sensor, SensorEvent Event)> _events = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bluetooth.DisposeAsync();

    [Fact]
    public async Task Events_carry_the_sensor_that_told_them()
    {
        await using var group = await ConnectAsync(Wearing("Shoe", Placement.RightShoe),
            Wearing("Wrist", Placement.Wrist));
        _events.Clear();
        _bluetooth["Wrist"].Notify(Uuids.BatteryLevel, 42);
        _bluetooth["Shoe"].Notify(Uuids.BatteryLevel, 71);
        await group.PumpAsync(TimeSpan.Zero, Token);
        Assert.Equal([("Shoe", 71), ("Wrist", 42)],
            _events.Select(one => (one.Sensor.Label, Assert.IsType<BatteryReceived>(one.Event).Percent)));
    }

    [Theory]
    [InlineData(Placement.Wrist, Placement.LeftShoe, "B")]
    [InlineData(Placement.LeftShoe, Placement.RightShoe, "A")]
    [InlineData(Placement.Unknown, Placement.Wrist, "A")]
    [InlineData(Placement.Wrist, Placement.Wrist, "A")]
    public async Task The_first_that_is_not_on_a_wrist_leads_from_the_first_event_on(Placement a, Placement b,
        string leader)
    {
        await using var group = Make(Wearing("A", a), Wearing("B", b));
        var leaders = new HashSet<string>();
        group.Received += (_, _) => leaders.Add(group.Leader.Label);
        await group.ConnectAsync(Token);
        Assert.Equal([leader], leaders);
        Assert.Equal([a, b], group.Sensors.Select(sensor => sensor.Placement));
    }

    [Fact]
    public async Task Two_with_one_name_are_told_apart_by_address()
    {
        await using var group = Make(new SensorSighting("Backstep", "A1", null, null, false),
            new SensorSighting("Backstep", "A2", null, null, false));
        Assert.Equal(["Backstep (A1)", "Backstep (A2)"], group.Sensors.Select(sensor => sensor.Label));
    }

    [Fact]
    public async Task One_out_of_reach_is_named_and_does_not_hold_up_the_others_later()
    {
        var sightings = new[] { Wearing("Shoe", Placement.LeftShoe), Wearing("Wrist", Placement.Wrist) };
        await using (var group = Make(sightings))
        {
            _bluetooth["Wrist"].OutOfReach = true;
            var error = await Assert.ThrowsAsync<SensorLinkException>(() => group.ConnectAsync(Token));
            Assert.StartsWith("Wrist: ", error.Message, StringComparison.Ordinal);
        }

        _bluetooth["Wrist"].OutOfReach = false;
        await using var again = await ConnectAsync(sightings);
        var hangs = new TaskCompletionSource();
        _bluetooth["Wrist"].Connecting = hangs.Task;
        _bluetooth["Wrist"].Lose();
        _time.Advance(TimeSpan.FromSeconds(1));
        await again.PumpAsync(TimeSpan.Zero, Token); // the wrist's turn now waits for its radio
        _events.Clear();
        _bluetooth["Shoe"].Notify(Uuids.BatteryLevel, 71);
        await again.PumpAsync(TimeSpan.Zero, Token);
        Assert.Equal([("Shoe", new BatteryReceived(71))], _events.Select(one => (one.Sensor.Label, one.Event)));

        hangs.SetResult();
        await again.PumpAsync(TimeSpan.Zero, Token);
        Assert.Contains(_events,
            one => one.Sensor.Label == "Wrist" && one.Event is LinkChanged { State: LinkState.Connected });
    }

    private SensorSighting Wearing(string name, Placement placement)
    {
        _bluetooth[name] = new ScriptedLink { Name = name,
            Configuration = new Configuration(placement, CadenceConvention.BothFeet, -10, 10, Gait.Mount.Identity,
                name) };
        return new SensorSighting(name, "address of " + name, -50, null, false);
    }

    private SensorGroup Make(params SensorSighting[] sensors)
    {
        var group = new SensorGroup(_bluetooth, sensors, _time);
        group.Received += (sensor, received) => _events.Add((sensor, received));
        return group;
    }

    private async Task<SensorGroup> ConnectAsync(params SensorSighting[] sensors)
    {
        var group = Make(sensors);
        await group.ConnectAsync(Token);
        return group;
    }

    /// <summary>Links by the name of the sensor.</summary>
    private sealed class ScriptedBluetooth : IBluetooth
    {
        private readonly Dictionary<string, ScriptedLink> _links = [];

        public ScriptedLink this[string name]
        {
            get => _links[name];
            set => _links[name] = value;
        }

        public Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public ISensorLink LinkTo(SensorSighting sensor) =>
            _links.GetValueOrDefault(sensor.Name!) ?? new ScriptedLink { Name = sensor.Name! };

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
