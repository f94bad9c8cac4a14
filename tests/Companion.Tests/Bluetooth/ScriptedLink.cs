using Backstep.Link;
using Backstep.Protocol;

namespace Backstep.Companion.Tests.Bluetooth;

/// <summary>A link whose other end is the test.</summary>
public sealed class ScriptedLink : ISensorLink
{
    private readonly Dictionary<Guid, Action<byte[]>> _listeners = [];

    public event Action<string>? Lost;

    public string Name { get; init; } = "scripted";

    public bool IsConnected { get; private set; }

    public bool OutOfReach { get; set; }

    /// <summary>How long connecting takes.</summary>
    public Task Connecting { get; set; } = Task.CompletedTask;

    /// <summary>The link looks up, but nothing comes through.</summary>
    public bool IsDead { get; set; }

    public string? Refusal { get; set; }

    public Configuration Configuration { get; set; } = new(Placement.LeftShoe, CadenceConvention.BothFeet, -10, 10,
        Gait.Mount.Identity, "scripted");

    public int Connects { get; private set; }

    /// <summary>Commands that were written and not yet looked at.</summary>
    public Queue<ControlCommand> Written { get; } = new();

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Connects++;
        await Connecting;
        if (OutOfReach)
        {
            throw new SensorLinkException("out of reach");
        }

        IsConnected = true;
    }

    public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken)
    {
        if (IsDead)
        {
            throw new SensorLinkException("no answer");
        }

        byte[] value = new byte[Message.MaxValueLength];
        int length = characteristic == Uuids.Session
            ? new Session(SessionState.Idle, false, 0, 0, 0, 0, 0, 0, Message.Missing, Message.Missing,
                Message.Missing, Message.Missing, Message.Missing).Encode(value, 0)
            : characteristic == Uuids.Configuration ? Configuration.Encode(value, 0)
            : BatteryLevel.Encode(80, value, 0);
        return Task.FromResult(value[..length]);
    }

    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken)
    {
        if (Refusal != null)
        {
            throw new SensorLinkException(Refusal);
        }

        Assert.Equal(Uuids.Control, characteristic);
        Written.Enqueue(ControlCommand.Decode(value, out _));
        return Task.CompletedTask;
    }

    public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken)
    {
        _listeners[characteristic] = onValue;
        return Task.CompletedTask;
    }

    /// <summary>What <see cref="Notify(Guid, byte[])"/> brings arrives at once; nothing waits.</summary>
    public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync()
    {
        IsConnected = false;
        return Task.CompletedTask;
    }

    public void Dispose() => IsConnected = false;

    /// <summary>The sensor sends.</summary>
    public void Notify(Guid characteristic, params byte[] value) => _listeners[characteristic](value);

    public void Notify(Guid characteristic, Func<byte[], int, int> encode)
    {
        byte[] value = new byte[Message.MaxValueLength];
        Notify(characteristic, value[..encode(value, 0)]);
    }

    /// <summary>The sensor goes out of reach.</summary>
    public void Lose()
    {
        IsConnected = false;
        _listeners.Clear();
        Lost?.Invoke("out of reach");
    }
}
