using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Sensor.Session;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>
/// A clip as the protocol page describes it, with the firmware's own count of sessions, and the air before it: numbers
/// that begin anew with every run, a ring of the newest strides, finished sessions in flash, messages on their way that
/// a cut loses. It knows the truth: which session counted which stride.
/// </summary>
internal sealed class ModelClip : ISensorLink, ISessionListener
{
    private const uint Identity = 0xC0FFEE01;
    private const int Ring = 1024;
    private const int FlashMilliseconds = 5000;

    private readonly Random _random;
    private readonly bool _canKeep;
    private readonly Dictionary<Guid, Action<byte[]>> _listeners = [];
    private readonly Queue<(Guid Characteristic, byte[] Value)> _onTheirWay = new();
    private readonly Queue<byte[]> _replay = new();
    private readonly List<ModelSession> _sessions = [];
    private List<Stride> _strides = [];
    private SessionTracker _tracker;
    private double _milliseconds;
    private double _nextStride;
    private double _nextBeat;
    private uint _shown;
    private int _sent;

    public ModelClip(Random random, bool canKeep)
    {
        (_random, _canKeep) = (random, canKeep);
        _tracker = new SessionTracker(this, 0);
    }

    public event Action<string>? Lost;

    public string Name => "model";

    public bool IsConnected { get; private set; }

    public bool InRange { get; set; } = true;

    public bool IsWalking { get; set; }

    /// <summary>Its starts; what it tells is 0 where it cannot count them.</summary>
    public int Run { get; private set; } = 1;

    public int ToldRun => _canKeep ? Run : 0;

    public uint Flash => _canKeep ? Identity : 0;

    /// <summary>Strides of the run that goes on.</summary>
    public IReadOnlyList<Stride> Strides => _strides;

    /// <summary>All sessions ever; the last may go on.</summary>
    public IReadOnlyList<ModelSession> Sessions => _sessions;

    /// <summary>Strides ever walked.</summary>
    public List<(int Run, Stride Stride)> All { get; } = [];

    /// <summary>Since its start.</summary>
    public TimeSpan Uptime => TimeSpan.FromMilliseconds(_milliseconds);

    private uint Milliseconds => (uint)_milliseconds;

    private uint Oldest => _strides.Count == 0 ? 0 : (uint)Math.Max(1, _strides.Count - Ring + 1);

    /// <summary>Time passes: steps, then what is told of them, in the firmware's order.</summary>
    public void Pass(TimeSpan time)
    {
        _milliseconds += time.TotalMilliseconds;
        while (IsWalking && _nextStride <= _milliseconds)
        {
            Step((uint)Math.Max(1, _nextStride));
            _nextStride += _random.Next(900, 1500);
        }

        _nextStride = Math.Max(_nextStride, _milliseconds);
        _tracker.Tick(Milliseconds);
        Publish();
    }

    /// <summary>Its button: pauses, goes on, or ends the session.</summary>
    public void Press()
    {
        _ = _random.Next(3) switch
        {
            0 => _tracker.Pause(),
            1 => _tracker.Start(),
            _ => _tracker.Stop(),
        };
        Publish();
    }

    /// <summary>The link breaks: what was on its way is lost.</summary>
    public void Cut()
    {
        if (IsConnected)
        {
            Forget();
            Lost?.Invoke("cut");
        }
    }

    /// <summary>Power off and on: the memory is lost, the flash stays, and with it what it had of the
    /// session.</summary>
    public void Reboot()
    {
        if (_tracker.IsRunning)
        {
            _sessions[^1].Totals = SessionFigures.Of(_tracker);
        }

        _sessions.ForEach(session => session.EndedAt = double.MinValue); // by another clock
        Run++;
        _strides = [];
        (_milliseconds, _nextStride, _nextBeat, _shown, _sent) = (0, 500, 0, 0, 0);
        _tracker = new SessionTracker(this, _canKeep && _sessions.Count > 0 ? _sessions[^1].Id : 0);
        Cut();
    }

    public void OnBegun(SessionTracker session) => _sessions.Add(new ModelSession(Run, (int)session.Id));

    public void OnCounted(Stride stride) => _sessions[^1].Strides.Add(stride);

    public void OnEnded(SessionTracker session)
    {
        _sessions[^1].Totals = SessionFigures.Of(session);
        _sessions[^1].EndedAt = _milliseconds;
    }

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        Forget();
        IsConnected = InRange ? true : throw new SensorLinkException("out of reach");
        return Task.CompletedTask;
    }

    public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken)
    {
        MayBreak();
        return Task.FromResult(characteristic == Uuids.Session ? Encoded(SessionFigures.Of(_tracker, false).Encode)
            : characteristic == Uuids.Configuration
                ? Encoded(new Configuration(Placement.LeftShoe, CadenceConvention.BothFeet, -10, 10, Mount.Identity,
                    Name).Encode)
                : Encoded((value, at) => BatteryLevel.Encode(80, value, at)));
    }

    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken)
    {
        MayBreak();
        var command = ControlCommand.Decode(value, out _);
        if (command.Operation == ControlOperation.SetClock)
        {
            Send(Uuids.Control, Encoded(ControlReply.ClockSet(Milliseconds).Encode));
        }
        else if (command.Operation == ControlOperation.ReplayLog)
        {
            Replay(command.Operand);
        }
        else
        {
            Send(Uuids.Control, Encoded(new ControlReply((byte)command.Operation, ControlResult.Success).Encode));
        }

        return Task.CompletedTask;
    }

    public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken)
    {
        MayBreak();
        _listeners[characteristic] = onValue;
        if (characteristic == Uuids.Stride)
        {
            _sent = _strides.Count;
        }

        return Task.CompletedTask;
    }

    public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        for (int i = _random.Next(12); i > 0; i--)
        {
            if (_replay.Count > 0 && _random.Next(2) == 0)
            {
                _onTheirWay.Enqueue((Uuids.Log, _replay.Dequeue()));
            }

            if (_onTheirWay.TryDequeue(out var message)
                && _listeners.TryGetValue(message.Characteristic, out var listener))
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

    private static byte[] Encoded(Func<byte[], int, int> encode)
    {
        byte[] value = new byte[Message.MaxValueLength];
        return value[..encode(value, 0)];
    }

    private void Step(uint now)
    {
        int decision = Math.Min(_random.Next(10, 60) * 10, (int)now);
        var direction = _random.Next(12) switch { 0 => Direction.Unknown, 1 => Direction.Forward,
            _ => Direction.Backward };
        int swing = _random.Next(300, 500);
        var stride = new Stride((uint)_strides.Count + 1, now - (uint)(decision / 10 * 10), direction, Landing.Toe,
            Posture.Free, 90, -20, 3, Math.Max(_random.Next(900, 1500), swing), swing, 600, 14, decision / 10 * 10);
        _strides.Add(stride);
        All.Add((Run, stride));
        _tracker.Add(stride);
    }

    private void Publish()
    {
        for (; _sent < _strides.Count; _sent++)
        {
            Send(Uuids.Stride, Encoded((value, at) => StrideCodec.Encode(_strides[_sent], value, at)));
        }

        if (_tracker.Changes != _shown || _milliseconds >= _nextBeat)
        {
            _nextBeat = _milliseconds >= _nextBeat ? _milliseconds + 1000 : _nextBeat;
            _shown = _tracker.Changes;
            Send(Uuids.Session, Encoded(SessionFigures.Of(_tracker, false).Encode));
        }
    }

    private void Replay(uint from)
    {
        _replay.Clear();
        bool isHeld = from == 0 || from >= Oldest;
        var range = new LogRange(Flash, ToldRun, Oldest, (uint)_strides.Count);
        Send(Uuids.Control, Encoded(ControlReply.Replay(isHeld, range).Encode));
        if (!isHeld)
        {
            return;
        }

        _replay.Enqueue(Encoded(new LogBegin(range).Encode));
        if (from > 0)
        {
            ReplayStrides(_strides.Skip((int)from - 1));
        }

        foreach (var session in from == 0 && _canKeep ? _sessions : [])
        {
            if (session.Totals != null && _milliseconds - session.EndedAt >= FlashMilliseconds)
            {
                bool hasAny = session.Strides.Count > 0;
                _replay.Enqueue(Encoded(new LogSessionStart(session.Id, 1_700_000_000,
                    hasAny ? session.Strides[0].Sequence : 0, hasAny ? session.Strides[^1].Sequence : 0,
                    session.Run).Encode));
                ReplayStrides(session.Strides);
                _replay.Enqueue(Encoded((value, at) => LogSessionTotals.Encode(session.Totals, value, at)));
            }
        }

        _replay.Enqueue(Encoded(new LogEnd(ControlResult.Success, from == 0 ? 0 : (uint)_strides.Count + 1).Encode));
    }

    private void ReplayStrides(IEnumerable<Stride> strides)
    {
        foreach (var part in strides.Chunk(_random.Next(1, 13)))
        {
            _replay.Enqueue(Encoded((value, at) => part.Select((stride, i) =>
                StrideCodec.Encode(stride, value, at + (i * StrideCodec.Length))).Sum()));
        }
    }

    private void Send(Guid characteristic, byte[] value)
    {
        if (_listeners.ContainsKey(characteristic))
        {
            _onTheirWay.Enqueue((characteristic, value));
        }
    }

    private void MayBreak()
    {
        if (IsConnected && _random.Next(80) == 0)
        {
            Cut();
        }

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
        _replay.Clear();
    }
}

/// <summary>A session as it was, and what the clip kept of it.</summary>
internal sealed class ModelSession(int run, int id)
{
    public int Run { get; } = run;

    public int Id { get; } = id;

    public List<Stride> Strides { get; } = [];

    public Protocol.Session? Totals { get; set; }

    public double EndedAt { get; set; }
}
