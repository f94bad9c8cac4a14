using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;

namespace Backstep.Companion.Tests.Bluetooth;

/// <summary>
/// A sensor as the protocol page describes it, with a life: it walks sessions and keeps them in a flash that has an
/// identity, is started anew, wiped, flashed anew, and may fail to be written. The link breaks when told. Every stride
/// is one of its kind, so that none can be taken for another.
/// </summary>
public sealed class ShoeModel(Random random, TimeProvider time) : ISensorLink
{
    private const int Ring = 1024;

    private readonly Dictionary<Guid, Action<byte[]>> _listeners = [];
    private readonly Queue<(Guid Characteristic, byte[] Value)> _onTheirWay = new();
    private readonly List<Stride> _ring = [];
    private readonly List<(LogSessionStart Start, List<Stride> Strides)> _flash = [];
    private readonly List<Stride> _collected = [];
    private readonly TimeProvider _true = time;
    private long _boot = time.GetTimestamp();
    private DateTimeOffset? _clock;
    private long _clockAt;
    private int _lastId;
    private int _lastIdInFlash;
    private int _runs = 1;
    private bool _isCounted;
    private uint _identity = (uint)random.Next(1, int.MaxValue);
    private DateTimeOffset? _began;
    private long _beganAt;

    public event Action<string>? Lost;

    public string Name => "shoe";

    public bool IsConnected { get; private set; }

    public bool InRange { get; set; } = true;

    /// <summary>Whether the flash can be written. Without it the sensor cannot count its starts, nor keep
    /// sessions.</summary>
    public bool FlashWorks { get; set; } = true;

    /// <summary>Whether the firmware tells the flash's identity and the runs of sessions.</summary>
    public bool IsNew { get; init; } = true;

    public int Run { get; private set; } = 1;

    public int Id { get; private set; }

    public SessionState State { get; private set; } = SessionState.Idle;

    /// <summary>All that was ever walked in sessions, as each session's strides.</summary>
    public List<List<Stride>> Walked { get; } = [];

    /// <summary>Sessions that were erased before anybody had them.</summary>
    public List<Stride> Erased { get; } = [];

    private uint Clock => (uint)(long)_true.GetElapsedTime(_boot).TotalMilliseconds;

    private LogRange Held =>
        new(IsNew && FlashWorks ? _identity : 0, FlashWorks ? Run : 0, _ring.Count == 0 ? 0 : _ring[0].Sequence,
            _ring.Count == 0 ? 0 : _ring[^1].Sequence);

    /// <summary>A stride is walked, contact a moment ago.</summary>
    public Stride Walk()
    {
        uint sequence = _ring.Count == 0 ? 1 : _ring[^1].Sequence + 1;
        var stride = new Stride(sequence, Clock - 200, Direction.Backward, Landing.Toe, Posture.Unknown, 90, -40, 8,
            random.Next(1000, 1800), 450, random.Next(500, 1200), random.Next(10, 60), 200);
        _ring.Add(stride);
        if (_ring.Count > Ring)
        {
            _ring.RemoveAt(0);
        }

        _collected.Add(stride);
        if (State != SessionState.Active && _collected.Count >= 3)
        {
            State = SessionState.Active;
            Id = ++_lastId;
            _isCounted = FlashWorks;
            _lastIdInFlash = FlashWorks ? _lastId : _lastIdInFlash;
            _began = _clock + _true.GetElapsedTime(_clockAt);
            _beganAt = _true.GetTimestamp();
            Tell();
        }

        Send(Uuids.Stride, (value, at) => StrideCodec.Encode(stride, value, at));
        return stride;
    }

    /// <summary>Nobody walks any more.</summary>
    public void End()
    {
        if (State == SessionState.Active)
        {
            State = SessionState.Ended;
            Walked.Add([.. _collected]);
            if (_isCounted)
            {
                _flash.Add((new LogSessionStart(Id, (uint)(_began?.ToUnixTimeSeconds() ?? 0), _collected[0].Sequence,
                    _collected[^1].Sequence, IsNew ? Run : 0), [.. _collected]));
            }

            Tell();
        }

        _collected.Clear();
    }

    /// <summary>Power off and on: what was in memory is lost.</summary>
    public void Reboot()
    {
        End();
        _ring.Clear();
        _boot = _true.GetTimestamp();
        _clock = null;
        State = SessionState.Idle;
        Run = FlashWorks ? ++_runs : 0;
        _lastId = FlashWorks ? _lastIdInFlash : 0;
        Cut();
    }

    /// <summary>Forget, or flashed anew: another flash, and all numbers begin anew.</summary>
    public void Wipe()
    {
        End();
        Erased.AddRange(_flash.SelectMany(one => one.Strides));
        _flash.Clear();
        _lastIdInFlash = 0;
        _runs = 0;
        _identity = (uint)random.Next(1, int.MaxValue);
        Reboot();
    }

    /// <summary>The link breaks, and what was on its way is lost.</summary>
    public void Cut()
    {
        if (IsConnected)
        {
            Forget();
            Lost?.Invoke("cut");
        }
    }

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        Forget();
        IsConnected = InRange ? true : throw new SensorLinkException("out of reach");
        return Task.CompletedTask;
    }

    public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken)
    {
        MustBeUp();
        byte[] value = new byte[Message.MaxValueLength];
        int length = characteristic == Uuids.Session ? Session().Encode(value, 0)
            : characteristic == Uuids.Configuration
                ? new Configuration(Placement.RightShoe, CadenceConvention.BothFeet, -10, 10, Mount.Identity,
                    Name).Encode(value, 0)
                : BatteryLevel.Encode(80, value, 0);
        return Task.FromResult(value[..length]);
    }

    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken)
    {
        MustBeUp();
        var command = ControlCommand.Decode(value, out _);
        if (command.Operation == ControlOperation.SetClock)
        {
            (_clock, _clockAt) = (DateTimeOffset.FromUnixTimeSeconds(command.Operand), _true.GetTimestamp());
            Send(Uuids.Control, ControlReply.ClockSet(Clock).Encode);
        }
        else if (command.Operation != ControlOperation.ReplayLog)
        {
            Send(Uuids.Control, new ControlReply((byte)command.Operation, ControlResult.Success).Encode);
        }
        else
        {
            Replay((uint)command.Operand);
        }

        return Task.CompletedTask;
    }

    public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken)
    {
        MustBeUp();
        _listeners[characteristic] = onValue;
        return Task.CompletedTask;
    }

    public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        for (int i = random.Next(1, 40); i > 0 && _onTheirWay.TryDequeue(out var message); i--)
        {
            if (_listeners.TryGetValue(message.Characteristic, out var listener))
            {
                listener(message.Value);
            }
        }

        return Task.CompletedTask;
    }

    public Task DisconnectAsync()
    {
        Forget();
        return Task.CompletedTask;
    }

    public void Dispose() => Forget();

    private void Replay(uint from)
    {
        var held = Held;
        bool isHeld = from == 0 || from >= held.FirstSequence;
        Send(Uuids.Control, ControlReply.Replay(isHeld, held).Encode);
        if (!isHeld)
        {
            return;
        }

        Send(Uuids.Log, new LogBegin(held).Encode);
        if (from == 0)
        {
            foreach (var (start, strides) in _flash)
            {
                Send(Uuids.Log, start.Encode);
                Send(strides);
                Send(Uuids.Log, (value, at) => LogSessionTotals.Encode(Session(), value, at));
            }
        }
        else
        {
            Send(_ring.Where(stride => stride.Sequence >= from));
        }

        Send(Uuids.Log, new LogEnd(ControlResult.Success, from == 0 ? 0 : held.LastSequence + 1).Encode);
    }

    private void Send(IEnumerable<Stride> strides)
    {
        foreach (var chunk in strides.Chunk(12))
        {
            Send(Uuids.Log, (value, at) => chunk.Index().Sum(
                one => StrideCodec.Encode(one.Item, value, at + (one.Index * StrideCodec.Length))));
        }
    }

    private Session Session() => new(
        State, _began != null, Id, Seconds(), Seconds(), 0, 0, 0, Message.Missing, Message.Missing, Message.Missing,
        Message.Missing, Message.Missing);

    private int Seconds() =>
        State == SessionState.Active ? (int)_true.GetElapsedTime(_beganAt).TotalSeconds + 3 : 0;

    private void Tell() => Send(Uuids.Session, Session().Encode);

    private void Send(Guid characteristic, Func<byte[], int, int> encode)
    {
        if (IsConnected && _listeners.ContainsKey(characteristic))
        {
            byte[] value = new byte[Message.MaxValueLength];
            _onTheirWay.Enqueue((characteristic, value[..encode(value, 0)]));
        }
    }

    private void MustBeUp()
    {
        if (!IsConnected)
        {
            throw new SensorLinkException("the link is gone");
        }
    }

    private void Forget()
    {
        IsConnected = false;
        _listeners.Clear();
        _onTheirWay.Clear();
    }
}
