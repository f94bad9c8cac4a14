using Backstep.Sensor.Board;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Radio;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace VirtualSensor.Tests;

/// <summary>A device with a small GATT server of its own, and hands on both ends of it.</summary>
internal sealed class RadioBench : IDisposable
{
    public static readonly Guid Service = new("a1e4ff00-92c6-4528-906a-b8dcdd942dd0");
    public static readonly Guid Open = new("a1e4ff01-92c6-4528-906a-b8dcdd942dd0");
    public static readonly Guid Encrypted = new("a1e4ff02-92c6-4528-906a-b8dcdd942dd0");
    public static readonly Guid Authenticated = new("a1e4ff03-92c6-4528-906a-b8dcdd942dd0");
    public static readonly Guid Notified = new("a1e4ff04-92c6-4528-906a-b8dcdd942dd0");
    public static readonly Guid Indicated = new("a1e4ff05-92c6-4528-906a-b8dcdd942dd0");
    public static readonly Guid Unhandled = new("a1e4ff06-92c6-4528-906a-b8dcdd942dd0");
    public static readonly Guid Command = new("a1e4ff07-92c6-4528-906a-b8dcdd942dd0");

    private const GattCharacteristicProperties ReadWrite = GattCharacteristicProperties.Read
        | GattCharacteristicProperties.Write;

    public RadioBench(LinkOptions? link = null, Action<RadioBench>? setUp = null, int seed = 1)
    {
        Device = BoardBench.Device(
            (clock, _) =>
            {
                Clock = clock;
                Build();
                setUp?.Invoke(this);
                while (true)
                {
                    Loop?.Invoke();
                    clock.Sleep(10);
                }
            },
            options: BoardBench.QuietOptions with { Seed = seed, Link = link ?? new LinkOptions() });
        Device.Advance(TimeSpan.FromMilliseconds(100));
        Device.RethrowFault();
    }

    public VirtualDevice Device { get; }

    public IClock Clock { get; private set; } = null!;

    /// <summary>What the firmware does each 10 ms.</summary>
    public Action? Loop { get; set; }

    /// <summary>What the firmware does with a request, instead of keeping and giving <see cref="Value"/>.</summary>
    public Action<GattReadRequest>? OnRead { get; set; }

    public Action<GattWriteRequest>? OnWrite { get; set; }

    public byte[] Value { get; set; } = [1, 2, 3];

    /// <summary>What the firmware saw, in order.</summary>
    public List<string> Log { get; } = [];

    public GattLocalCharacteristic NotifiedByDevice { get; private set; } = null!;

    public GattLocalCharacteristic IndicatedByDevice { get; private set; } = null!;

    public void Advance(double milliseconds)
    {
        Device.Advance(TimeSpan.FromMilliseconds(milliseconds));
        Device.RethrowFault();
    }

    /// <summary>Lets the firmware notify once, at its next turn.</summary>
    public void Notify(params byte[][] values) => Loop = () =>
    {
        Loop = null;
        foreach (var value in values)
        {
            foreach (var result in NotifiedByDevice.NotifyValue(new Buffer(value)))
            {
                Log.Add($"{result.Status} {result.BytesSent}");
            }
        }
    };

    public void Dispose() => Device.Dispose();

    private void Build()
    {
        var server = BluetoothLEServer.Instance;
        server.DeviceName = "Bench";
        server.Appearance = 0x0442;
        server.Session.SessionStatusChanged += (_, e) => Log.Add("session " + e.Status);
        server.Session.MaxPduSizeChanged += (_, _) => Log.Add("mtu " + server.Session.MaxMtuSize);
        server.Pairing.PairingComplete += (_,
            e) =>
                Log.Add($"pairing {e.Status} {(server.Pairing.IsAuthenticated ? "authenticated" : "unauthenticated")}");
        var provider = GattServiceProvider.Create(Service).ServiceProvider;
        Add(provider, Open, ReadWrite, GattProtectionLevel.Plain);
        Add(provider, Encrypted, ReadWrite, GattProtectionLevel.EncryptionRequired);
        Add(provider, Authenticated, ReadWrite, GattProtectionLevel.EncryptionAndAuthenticationRequired);
        NotifiedByDevice = Add(provider, Notified, GattCharacteristicProperties.Notify, GattProtectionLevel.Plain);
        IndicatedByDevice = Add(provider, Indicated, GattCharacteristicProperties.Indicate, GattProtectionLevel.Plain);
        provider.Service.CreateCharacteristic(Unhandled,
            new GattLocalCharacteristicParameters { CharacteristicProperties = ReadWrite });
        Add(provider, Command, GattCharacteristicProperties.WriteWithoutResponse, GattProtectionLevel.Plain);
        provider.StartAdvertising(
            new GattServiceProviderAdvertisingParameters { IsConnectable = true, IsDiscoverable = true });
        Log.Add("advertising " + provider.AdvertisementStatus);
    }

    private GattLocalCharacteristic Add(GattServiceProvider provider, Guid uuid,
        GattCharacteristicProperties properties, GattProtectionLevel protection)
    {
        var characteristic = provider.Service.CreateCharacteristic(uuid, new GattLocalCharacteristicParameters
        {
            CharacteristicProperties = properties,
            ReadProtectionLevel = protection,
            WriteProtectionLevel = protection,
        }).Characteristic;
        characteristic.ReadRequested += (_, e) =>
        {
            var request = e.GetRequest();
            if (OnRead != null)
            {
                OnRead(request);
            }
            else
            {
                request.RespondWithValue(new Buffer(Value));
            }
        };
        characteristic.WriteRequested += (_, e) =>
        {
            var request = e.GetRequest();
            if (OnWrite != null)
            {
                OnWrite(request);
                return;
            }

            var value = new byte[request.Value.Length];
            DataReader.FromBuffer(request.Value).ReadBytes(value);
            Value = value;
            request.Respond();
        };
        characteristic.SubscribedClientsChanged += (sender,
            _) => Log.Add($"{(uuid == Notified ? "notified" : "indicated")} {sender.SubscribedClients.Length}");
        return characteristic;
    }
}
