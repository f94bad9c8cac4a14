using Backstep.Gait;
using Backstep.Link;
using Backstep.Link.BlueZ;
using Backstep.Protocol;
using Backstep.Walks.Rails;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>What a mock bluetoothd has in the air.</summary>
public static class Scenes
{
    public const string Address = "AA:BB:CC:DD:EE:01";
    public const string DevicePath = "/org/bluez/hci0/dev_AA_BB_CC_DD_EE_01";

    /// <summary>Path of the characteristic with that place in the list of <see cref="Table"/>.</summary>
    public static string PathOf(int place) => $"{DevicePath}/service{place:x4}/char0001";

    /// <summary>Whole seconds where nothing shall end by time; a fraction where something shall.</summary>
    public static BlueZPatience Hasty { get; } = new(
        TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5),
        TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.1));

    public static object Headphones { get; } = new { address = "AA:BB:CC:DD:EE:09", name = "Headphones",
        uuids = new[] { "0000110b-0000-1000-8000-00805f9b34fb" } };

    public static object Sensor(string address = Address, string name = "Backstep", int rssi = -60,
        object? behaviour = null, object[]? characteristics = null, object? odd = null, int battery = 255) => new
    {
        address,
        name,
        rssi,
        uuids = new[] { Uuids.Backstep.ToString(), Uuids.RunningSpeedAndCadence.ToString() },
        behaviour = behaviour ?? new { },
        odd = odd ?? new { },
        battery, // above 100: as if it were not known
        characteristics = characteristics ?? Table(),
    };

    /// <summary>All that the companion wants of a sensor. Strides and raw motion come as soon as they are subscribed
    /// to. What is not there is waited for: 2 s each.</summary>
    public static object[] Table(string[]? strides = null, string[]? raw = null) =>
    [
        .. TableWithoutRails(strides, raw),
        new { service = Uuids.Backstep, uuid = Uuids.Rails },
        new { service = Uuids.Backstep, uuid = Uuids.WristMotion },
        new { service = Uuids.Backstep, uuid = Uuids.RailBaselines,
            value = Convert.ToHexString(EncodedBaselines.Of(null)) },
    ];

    /// <summary>That of a sensor whose firmware knows no rails.</summary>
    public static object[] TableWithoutRails(string[]? strides = null, string[]? raw = null) =>
    [
        new { service = Uuids.Backstep, uuid = Uuids.Control,
            notify = new[] { Hex(ControlReply.Replay(true, new LogRange(1, 1, 1000)).Encode) } },
        new { service = Uuids.Backstep, uuid = Uuids.Log },
        new { service = Uuids.Backstep, uuid = Uuids.Stride, notify = strides ?? [] },
        new { service = Uuids.Backstep, uuid = Uuids.Session,
            value = Hex(
                new Session(SessionState.Active, false, 1, 30, 30, 12, 0, 0, 75, Message.Missing, 84, 84,
                    Message.Missing).Encode) },
        new { service = Uuids.RunningSpeedAndCadence, uuid = Uuids.RscMeasurement },
        new { service = Uuids.Battery, uuid = Uuids.BatteryLevel, value = "50" },
        new { service = Uuids.Backstep, uuid = Uuids.RawMotion, notify = raw ?? [] },
        new { service = Uuids.Backstep, uuid = Uuids.Configuration,
            value = Hex(
                new Configuration(Placement.RightShoe, CadenceConvention.BothFeet, -10, 10, Gait.Mount.Identity,
                    "").Encode) },
    ];

    public static string StrideHex(uint sequence) =>
        Hex((buffer, offset) => StrideCodec.Encode(Strides.Make(sequence), buffer, offset));

    public static string RawHex(uint firstSample, int count) => Hex((buffer, _) =>
    {
        RawMotion.Begin(buffer, firstSample);
        for (int i = 0; i < count; i++)
        {
            RawMotion.Put(buffer, i, 0, 0, (short)MotionScale.AccelerometerCountsPerG, 0, 0, 0);
        }

        return RawMotion.LengthFor(count);
    });

    /// <summary>The first sensor that a central finds.</summary>
    public static async Task<ISensorLink> FirstLinkAsync(this BlueZCentral central)
    {
        var token = TestContext.Current.CancellationToken;
        return central.LinkTo(await SensorFinder.FindAsync(central, Address, TimeSpan.FromSeconds(15), token));
    }

    public static string Hex(Func<byte[], int, int> encode)
    {
        byte[] buffer = new byte[Message.MaxValueLength];
        return Convert.ToHexString(buffer, 0, encode(buffer, 0));
    }
}
