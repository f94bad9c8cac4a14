using Backstep.BlueZ;
using Backstep.Peripheral.BlueZ;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using Tmds.DBus.Protocol;
using Message = Tmds.DBus.Protocol.Message;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>The virtual sensor on a mock bus: what it exports, and how it answers whoever speaks for
/// bluetoothd.</summary>
public class BlueZPeripheralTests
{
    private const string Root = "/org/backstep/sensor";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_firmwares_table_and_advertisement_are_what_bluetoothd_gets()
    {
        await using var bench = await Bench.StartAsync();
        var tree = new ObjectTree();
        tree.Replace(await bench.CallAsync(Root, BlueZNames.ObjectManager, "GetManagedObjects", BusBody.Objects));
        var services = tree.With(BlueZNames.GattService)
            .Select(path => Guid.Parse(tree.Text(path, BlueZNames.GattService, "UUID")!)).ToArray();
        Assert.Equal(5, services.Distinct().Count());
        Assert.Contains(Uuids.Backstep, services);
        Assert.Contains(Uuids.RunningSpeedAndCadence, services);
        Assert.Equal(["encrypt-authenticated-write", "indicate"], Flags(Uuids.Control));
        Assert.Equal(["encrypt-authenticated-read", "encrypt-authenticated-write"], Flags(Uuids.Configuration));
        Assert.Equal(["notify"], Flags(Uuids.RscMeasurement));

        var first = await AdvertisementAsync(0);
        Assert.Equal("peripheral", first["Type"].AsText());
        var data = Assert.Single(first["ServiceData"].GetDictionary<string, VariantValue>());
        Assert.Equal("00001826-0000-1000-8000-00805f9b34fb", data.Key);
        Assert.Equal([1, 1, 0], data.Value.AsBytes());
        Assert.Equal(Uuids.AppearanceOnShoe, first["Appearance"].AsNumber());
        var second = await AdvertisementAsync(1);
        Assert.Equal([Uuids.Backstep.ToString()], second["ServiceUUIDs"].AsTexts());
        Assert.Equal("Backstep", second["LocalName"].AsText());

        IEnumerable<string> Flags(Guid uuid) =>
            tree.Texts(Bench.PathIn(tree, uuid), BlueZNames.GattCharacteristic, "Flags");

        Task<Dictionary<string, VariantValue>> AdvertisementAsync(int number)
        {
            string path = $"{Root}/advertisement{number}";
            return bench.CallAsync(path, BlueZNames.Properties, "GetAll", BusBody.Properties, BlueZNames.Advertisement);
        }
    }

    [Fact]
    public async Task Reads_writes_notifications_and_refusals_go_through_the_firmware()
    {
        await using var bench = await Bench.StartAsync();
        await bench.ConnectAsync();
        byte[] maker = await bench.ReadAsync(bench.PathOf(new Guid("00002a29-0000-1000-8000-00805f9b34fb")));
        Assert.Equal("Backstep", System.Text.Encoding.UTF8.GetString(maker));
        Assert.Equal(maker[3..],
            await bench.ReadAsync(bench.PathOf(new Guid("00002a29-0000-1000-8000-00805f9b34fb")), offset: 3));
        Assert.Equal("org.bluez.Error.InvalidOffset",
            (await RefusedAsync(
                () => bench.ReadAsync(bench.PathOf(new Guid("00002a29-0000-1000-8000-00805f9b34fb")),
                    offset: 99))).Name);

        byte[] command = new byte[ControlCommand.MaxLength];
        command = command[..ControlCommand.SetClock(1_800_000_000).Encode(command, 0)];
        string control = bench.PathOf(Uuids.Control);
        var refusal = await RefusedAsync(() => bench.WriteAsync(control, command));
        Assert.Equal(("org.bluez.Error.Failed", "0x81"), (refusal.Name, refusal.Message)); // indications are off
        await bench.CallAsync(control, BlueZNames.GattCharacteristic, "StartNotify");
        await bench.WriteAsync(control, command);
        var reply = ControlReply.Decode(await bench.NextValueAsync(control), out var error);
        Assert.Equal((DecodeError.None, ControlResult.Success), (error, reply!.Result));

        refusal = await RefusedAsync(() => bench.WriteAsync(bench.PathOf(Uuids.Configuration), [9]));
        Assert.Equal(AttErrors.ForConfiguration(ConfigurationField.Layout), Convert.ToByte(refusal.Message[2..], 16));
        Assert.Equal("org.freedesktop.DBus.Error.UnknownMethod",
            (await RefusedAsync(
                () => bench.CallAsync(Root + "/nothing", BlueZNames.GattCharacteristic, "StartNotify"))).Name);
    }

    [Fact]
    public async Task A_central_that_goes_is_noticed_and_another_one_meanwhile_is_refused()
    {
        await using var bench = await Bench.StartAsync();
        await bench.ConnectAsync();
        await Assert.ThrowsAsync<BusException>(
            () => bench.ReadAsync(bench.PathOf(Uuids.Session), device: "/org/bluez/hci0/dev_AA_BB_CC_DD_EE_02"));
        Assert.False(bench.Radio.IsOnAir);
        await bench.Mock.DoAsync(new { @do = "drop", path = Scenes.DevicePath });
        await bench.UntilAsync(() => bench.Radio.IsOnAir);
        Assert.Equal([Scenes.Address, null], bench.Centrals);
    }

    [Fact]
    public async Task A_pairing_may_go_on_at_its_own_adapter_and_at_that_of_another_sensor_on_this_computer()
    {
        const string Agent = Root + "/agent", Other = "/org/bluez/hci1";
        const string There = Other + "/dev_AA_BB_CC_DD_EE_02";
        await using var bench = await Bench.StartAsync();
        Task AskAsync(string question, string device) =>
            bench.CallAsync(Agent, BlueZNames.Agent, question, new ObjectPath(device));
        await AskAsync("RequestAuthorization", Scenes.DevicePath);
        await bench.Mock.DoAsync(new { @do = "adapter", name = "hci1", powered = false });
        Assert.Equal("org.bluez.Error.Rejected",
            (await RefusedAsync(() => AskAsync("RequestAuthorization", There))).Name);

        await bench.Mock.DoAsync(
            new { @do = "set", path = Other, @interface = BlueZNames.Adapter, name = "UUIDs",
                value = new[] { Uuids.Backstep.ToString() } });
        await AskAsync("RequestAuthorization", There);
        // it knows none but its own
        Assert.Equal("org.bluez.Error.Rejected", (await RefusedAsync(() => AskAsync("RequestPasskey", There))).Name);
    }

    [Fact]
    public async Task A_bluetoothd_that_is_restarted_gets_everything_anew()
    {
        await using var bench = await Bench.StartAsync();
        await bench.ConnectAsync();
        bench.Mock.KillBluetoothd();
        await bench.UntilAsync(() => bench.Centrals.Count == 2);
        await bench.Mock.StartBluetoothdAsync();
        await bench.Mock.DoAsync(new { @do = "adapter", powered = true });
        await bench.UntilAsync(() => bench.Radio.IsOnAir);
        Assert.Null(bench.Radio.Problem);
    }

    [Fact]
    public async Task An_adapter_switched_off_and_on_gets_the_advertisement_anew_and_keeps_the_services()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PowerAsync(false);
        await bench.UntilAsync(() => !bench.Radio.IsOnAir);
        await bench.PowerAsync(true);
        await bench.UntilAsync(() => bench.Radio.IsOnAir);

        // A central that connects meanwhile and finds half of the services would remember them so.
        Assert.Equal(1, await bench.RegisteredAsync(BlueZNames.GattManager));
        Assert.Equal(4, await bench.RegisteredAsync(BlueZNames.AdvertisingManager));
    }

    [Fact]
    public async Task Requests_that_the_sensor_does_not_come_to_are_refused_when_there_are_many()
    {
        await using var bench = await Bench.StartAsync();
        string control = bench.PathOf(Uuids.Control);
        await bench.StandStillAsync();
        var calls = Enumerable.Range(0, 100)
            .Select(_ => bench.CallAsync(control, BlueZNames.GattCharacteristic, "StartNotify")).ToList();
        await foreach (var refused in Task.WhenEach(calls).Take(36))
        {
            Assert.Equal("org.bluez.Error.Failed", (await RefusedAsync(() => refused)).Name);
        }

        Assert.InRange(calls.Count(call => !call.IsCompleted), 60, 64);
    }

    [Fact]
    public async Task A_bus_that_ends_is_said_and_the_central_is_gone_with_it()
    {
        await using var bench = await Bench.StartAsync();
        await bench.ConnectAsync();
        bench.Mock.KillDaemon();
        await bench.UntilAsync(() => bench.Radio.Problem == BlueZText.NoBus && bench.Centrals.Count == 2);
        Assert.Equal([Scenes.Address, null], bench.Centrals);
        Assert.False(bench.Radio.IsOnAir);
    }

    private static Task<BusException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<BusException>(call);

    /// <summary>A virtual sensor in real time on a mock bus, and a connection of its own that plays bluetoothd's
    /// part.</summary>
    private sealed class Bench : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly System.Threading.Channels.Channel<(string Path,
            byte[] Value)> _values = System.Threading.Channels.Channel.CreateUnbounded<(string, byte[])>();
        private readonly ObjectTree _table = new();
        private VirtualDevice _device = null!;
        private BusConnection _bus = null!;
        private Task _running = Task.CompletedTask;
        private string _owner = "";

        public required MockBlueZ Mock { get; init; }

        public required BlueZRadio Radio { get; init; }

        public List<string?> Centrals { get; } = [];

        public static async Task<Bench> StartAsync()
        {
            var mock = await MockBlueZ.StartAsync();
            var bench = new Bench { Mock = mock,
                Radio = await BlueZRadio.OpenAsync(mock.Address, null, TimeProvider.System, Token) };
            try
            {
                await bench.BeginAsync();
                return bench;
            }
            catch
            {
                await bench.DisposeAsync();
                throw;
            }
        }

        public Task<object?> CallAsync(string path, string contract, string member, params object[] arguments) =>
            CallAsync(path, contract, member, BusBody.Nothing, arguments);

        public Task<T> CallAsync<T>(
            string path, string contract, string member, Func<Message, T> read, params object[] arguments) =>
            _bus.CallAsync(new BusMethod(_owner, path, contract, member), Patience, read, Token, arguments);

        public async Task<byte[]> ReadAsync(string path, int offset = 0, string device = Scenes.DevicePath)
        {
            var options = Options(device, offset);
            return (await CallAsync(path, BlueZNames.GattCharacteristic, "ReadValue", BusBody.Bytes, options))!;
        }

        public async Task WriteAsync(string path, byte[] value) =>
            await CallAsync(path, BlueZNames.GattCharacteristic, "WriteValue", value, Options(Scenes.DevicePath, 0));

        public string PathOf(Guid uuid) => PathIn(_table, uuid);

        public static string PathIn(ObjectTree tree, Guid uuid) =>
            tree.With(BlueZNames.GattCharacteristic)
                .First(path => tree.Text(path, BlueZNames.GattCharacteristic, "UUID") == uuid.ToString());

        public async Task<byte[]> NextValueAsync(string path)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (true)
            {
                var (from, value) = await _values.Reader.ReadAsync(patience.Token);
                if (from == path)
                {
                    return value;
                }
            }
        }

        public async Task ConnectAsync()
        {
            await Mock.AddAsync(Scenes.Sensor(characteristics: []));
            await Mock.DoAsync(new { @do = "connect", path = Scenes.DevicePath });
            await UntilAsync(() => Centrals.Count > 0);
        }

        public Task PowerAsync(bool on) =>
            Mock.DoAsync(
                new { @do = "set", path = "/org/bluez/hci0", @interface = BlueZNames.Adapter, name = "Powered",
                    value = on });

        /// <summary>How often something was registered with one of the adapter's managers.</summary>
        public async Task<long?> RegisteredAsync(string manager)
        {
            var getAll = new BusMethod(BlueZNames.Service, "/org/bluez/hci0", BlueZNames.Properties, "GetAll");
            var properties = await _bus!.CallAsync(getAll, Patience, BusBody.Properties, Token, manager);
            return properties["Registered"].AsNumber();
        }

        /// <summary>Looked at after every pass of the sensor.</summary>
        public async Task UntilAsync(Func<bool> isSo)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (!isSo())
            {
                if (_running.IsCompleted)
                {
                    await _running;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
            }
        }

        /// <summary>The sensor's program runs no more.</summary>
        public async Task StandStillAsync()
        {
            await _stop.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public async ValueTask DisposeAsync()
        {
            await StandStillAsync();
            _device?.Dispose();
            if (_bus != null)
            {
                await _bus.DisposeAsync();
            }

            await Radio.DisposeAsync();
            await Mock.DisposeAsync();
            _stop.Dispose();
        }

        private static Dictionary<string, VariantValue> Options(string device, int offset) => new()
        {
            ["device"] = new ObjectPath(device),
            ["mtu"] = (ushort)185,
            ["offset"] = (ushort)offset,
        };

        private async Task BeginAsync()
        {
            Assert.True(Scenarios.TryGet("standing", 1, out var walker));
            _device = new VirtualDevice(walker, new VirtualDeviceOptions { ExternalRadio = Radio });
            Radio.CentralChanged += Centrals.Add;
            var clock = new RealTimeDevice(_device, Radio, TimeProvider.System);
            _running = Task.Run(
                async () =>
                {
                    while (!_stop.IsCancellationRequested)
                    {
                        await clock.PassAsync(_stop.Token);
                    }
                },
                Token);
            await UntilAsync(() => Radio.IsOnAir);
            _bus = await BusConnection.OpenAsync(Mock.Address, Token);
            var changes = new MatchRule { Type = MessageType.Signal, Interface = BlueZNames.Properties };
            await _bus.ListenAsync(changes, OnSignal, Token);
            await FindOwnerAsync();
        }

        /// <summary>bluetoothd knows who called it. Here whoever has the root is asked for.</summary>
        private async Task FindOwnerAsync()
        {
            var list = new BusMethod(BlueZNames.Bus, BlueZNames.BusPath, BlueZNames.Bus, "ListNames");
            string[] names = await _bus.CallAsync(
                list, Patience, reply => reply.GetBodyReader().ReadArrayOfString(), Token);
            foreach (string name in names.Where(name => name.StartsWith(':')))
            {
                _owner = name;
                try
                {
                    var objects = await CallAsync(Root, BlueZNames.ObjectManager, "GetManagedObjects", BusBody.Objects);
                    if (objects.Count > 0)
                    {
                        _table.Replace(objects);
                        return;
                    }
                }
                catch (BusException)
                {
                }
            }

            Assert.Fail("nobody on the bus exports the sensor");
        }

        private void OnSignal(Message signal)
        {
            var body = signal.GetBodyReader();
            if (body.ReadString() == BlueZNames.GattCharacteristic
                && body.ReadDictionaryOfStringToVariantValue().GetValueOrDefault("Value").AsBytes() is { } value)
            {
                _values.Writer.TryWrite((signal.PathAsString!, value));
            }
        }
    }
}
