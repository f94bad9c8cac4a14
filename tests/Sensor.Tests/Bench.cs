using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Board;
using Backstep.Sensor.Owner;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Radio;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests;

/// <summary>The firmware on a virtual board, with a central beside it that writes down what it hears and
/// when.</summary>
internal sealed class Bench : IDisposable
{
    private int _stallMilliseconds;

    public Bench(IMotionSource motion, VirtualDeviceOptions? options = null)
    {
        Device = new VirtualDevice(motion, options);
        Advance(1);
    }

    private Bench(IMotionSource motion, VirtualDeviceOptions? options, Action<ShoeSensor> opened)
    {
        Device = new VirtualDevice(motion, options, (clock, volume) =>
        {
            var sensor = new ShoeSensor(clock, volume, new Panel());
            opened(sensor);
            while (true)
            {
                var wait = sensor.Pass();
                var stall = _stallMilliseconds;
                _stallMilliseconds = 0;
                clock.Sleep(wait + stall);
            }
        });
        Advance(1);
    }

    /// <summary>Keeps the program from running for a while, as another task of the ESP32 or a garbage collection could;
    /// the chip samples on.</summary>
    public void Stall(double seconds)
    {
        BeginStall(seconds);
        Advance(seconds + 0.05);
    }

    /// <summary>The same, but returns when the stall has begun. Events are still handled meanwhile.</summary>
    public void BeginStall(double seconds)
    {
        _stallMilliseconds = (int)(seconds * 1000);
        Advance(0.05);
    }

    /// <summary>A bench whose firmware shows its counters: the loop is that of Program.Run.</summary>
    public static Bench Open(IMotionSource motion, out Func<ShoeSensor> sensor, VirtualDeviceOptions? options = null)
    {
        ShoeSensor? opened = null;
        sensor = () => opened!;
        return new Bench(motion, options, made => opened = made);
    }

    public VirtualDevice Device { get; }

    /// <summary>The central that <see cref="Connect"/> connected last.</summary>
    public VirtualCentral Central { get; set; } = null!;

    public double Seconds => Device.Elapsed.TotalSeconds;

    /// <summary>Backward on a treadmill after 3 s of standing, landing on the toes, for as long as is asked; then
    /// standing.</summary>
    public static Walker Backward(double seconds, int seed = 1) => new(
        [new Stand(3), new Walk(WalkParameters.Backward(0.7), seconds), new Stand(1)],
        new WalkerSettings { Seed = seed, HeadingDegrees = 180 });

    public static Walker Standing() => new([new Stand(1)]);

    public void Advance(double seconds)
    {
        Device.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Null(Device.Fault);
        Assert.Equal(0, Device.Radio.CutNotifications);
        Assert.Equal(0, Device.Radio.UnansweredRequests);
    }

    public void AdvanceTo(double seconds) => Advance(seconds - Seconds);

    public VirtualCentral Connect(ushort mtu = 247, bool encrypt = true)
    {
        Central = Device.Radio.Connect();
        Advance(0.1);
        if (mtu > Message.DefaultMtu)
        {
            Central.ExchangeMtu(mtu);
        }

        if (encrypt)
        {
            Central.Encrypt(authenticated: true, Passkey.Factory);
        }

        return Central;
    }

    /// <summary>Has the usual central pair while the sensor lets it, and go: it comes back as the owner's.</summary>
    public void Pair()
    {
        Connect();
        Central.Disconnect();
        Advance(0.1);
    }

    public Heard Hear(Guid service, Guid characteristic)
    {
        var heard = new Heard();
        heard.Subscription = Central.Subscribe(service, characteristic, value => heard.Values.Add((Seconds, value)));
        return heard;
    }

    public Heard HearOwn(Guid characteristic) => Hear(Uuids.Backstep, characteristic);

    /// <summary>Writes a command and waits for its one reply.</summary>
    public ControlReply Command(ControlCommand command)
    {
        var buffer = new byte[ControlCommand.MaxLength];
        return Command(buffer[..command.Encode(buffer, 0)]);
    }

    public ControlReply Command(byte[] command)
    {
        var replies = HearOwn(Uuids.Control);
        Central.Write(Uuids.Backstep, Uuids.Control, command);
        Advance(0.5);
        replies.Subscription.Dispose();
        var reply = ControlReply.Decode(Assert.Single(replies.Values).Value, out var error);
        Assert.Equal(DecodeError.None, error);
        return reply;
    }

    public Protocol.Session ReadSession()
    {
        var session = Protocol.Session.Decode(Central.Read(Uuids.Backstep, Uuids.Session), out var error);
        Assert.Equal(DecodeError.None, error);
        return session;
    }

    public Configuration ReadConfiguration()
    {
        var configuration = Configuration.Decode(Central.Read(Uuids.Backstep, Uuids.Configuration), out var error,
            out _);
        Assert.Equal(DecodeError.None, error);
        return configuration;
    }

    public string ReadText(Guid characteristic) =>
        DeviceInformation.Decode(Central.Read(Uuids.DeviceInformation, characteristic), out _);

    /// <summary>
    /// Every stride told is one that was walked, at its time, told once and in order. The sample clock starts with the
    /// program, half a second after power-up.
    /// </summary>
    public static void AssertWalked(Walker walker, IReadOnlyList<Stride> strides, double toleranceSeconds = 0.1)
    {
        var next = 0;
        foreach (var stride in strides)
        {
            var contact = stride.ContactMilliseconds / 1000.0 + 0.5;
            while (next < walker.Strides.Count && walker.Strides[next].ContactSeconds < contact - toleranceSeconds)
            {
                next++;
            }

            Assert.True(
                next < walker.Strides.Count
                    && Math.Abs(walker.Strides[next].ContactSeconds - contact) <= toleranceSeconds,
                $"stride {stride.Sequence} at {contact:F2} s was never walked");
            next++;
        }
    }

    public static void AssertNumbered(IReadOnlyList<Stride> strides, uint first = 1) =>
        Assert.Equal(Enumerable.Range((int)first, strides.Count).Select(i => (uint)i),
            strides.Select(stride => stride.Sequence));

    public void Dispose() => Device.Dispose();
}

/// <summary>Notifications in the order in which they came.</summary>
internal sealed class Heard
{
    public List<(double Seconds, byte[] Value)> Values { get; } = [];

    public IDisposable Subscription { get; set; } = null!;

    public Stride[] Strides => [.. Values.SelectMany(one =>
    {
        var strides = LogStrides.Decode(one.Value, out var error);
        Assert.Equal(DecodeError.None, error);
        return strides;
    })];
}
