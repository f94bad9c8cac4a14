using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;

namespace Backstep.Companion.Tests.Bluetooth;

/// <summary>
/// A sensor as the protocol page describes it, in a few lines, and the air before it: numbers that begin anew with
/// every run, a ring of the newest strides, finished sessions in flash, live strides and replays that go on beside each
/// other, messages on their way that a cut loses. Every run is one session.
/// </summary>
public sealed class ModelSensor(Random random, int ring) : ISensorLink
{
    private readonly Dictionary<Guid, Action<byte[]>> _listeners = [];
    private readonly Queue<(Guid Characteristic, byte[] Value)> _onTheirWay = new();
    private readonly Queue<byte[]> _replay = new();
    private readonly List<(int Run, uint Newest)> _flash = [];
    private Action? _live;

    public event Action<string>? Lost;

    public string Name => "model";

    public bool IsConnected { get; private set; }

    public bool InRange { get; set; } = true;

    public int Run { get; private set; } = 1;

    public uint Newest { get; private set; }

    /// <summary>Finished runs with the number of their last stride.</summary>
    public IReadOnlyList<(int Run, uint Newest)> Finished => _flash;

    private uint Oldest => Newest < ring ? 1 : Newest - (uint)ring + 1;

    /// <summary>What a stride holds, so that one can be told from another.</summary>
    public static uint ContactOf(int run, uint sequence) => ((uint)run * 100_000) + sequence;

    /// <summary>A stride is walked.</summary>
    public void Walk()
    {
        Newest++;
        _live?.Invoke();
    }

    /// <summary>The link breaks: at once for this side, and what was on its way is lost.</summary>
    public void Cut()
    {
        if (IsConnected)
        {
            Forget();
            Lost?.Invoke("cut");
        }
    }

    /// <summary>Power off and on: the ring is lost, the flash stays.</summary>
    public void Reboot()
    {
        if (Newest > 0)
        {
            _flash.Add((Run, Newest));
        }

        Run++;
        Newest = 0;
        Cut();
    }

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        Forget();
        if (!InRange)
        {
            throw new SensorLinkException("out of reach");
        }

        IsConnected = true;
        return Task.CompletedTask;
    }

    public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken)
    {
        MayBreak();
        byte[] value = new byte[Message.MaxValueLength];
        int length = characteristic == Uuids.Session
            ? new Session(SessionState.Active, false, Run, 1, 1, 0, 0, 0, Message.Missing, Message.Missing,
                Message.Missing, Message.Missing, Message.Missing).Encode(value, 0)
            : characteristic == Uuids.Configuration
                ? new Configuration(Placement.LeftShoe, CadenceConvention.BothFeet, -10, 10, Mount.Identity,
                    Name).Encode(value, 0)
                : BatteryLevel.Encode(80, value, 0);
        return Task.FromResult(value[..length]);
    }

    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken)
    {
        MayBreak();
        var command = ControlCommand.Decode(value, out _);
        if (command.Operation != ControlOperation.ReplayLog)
        {
            Send(Uuids.Control, new ControlReply((byte)command.Operation, ControlResult.Success).Encode);
            return Task.CompletedTask;
        }

        _replay.Clear();
        bool isHeld = command.Operand == 0 || command.Operand >= Oldest;
        var range = new LogRange(Run, Oldest, Newest);
        Send(Uuids.Control, ControlReply.Replay(isHeld, range).Encode);
        if (isHeld)
        {
            _replay.Enqueue(Encoded(new LogBegin(range).Encode));
            if (command.Operand == 0)
            {
                ReplaySessions();
            }
            else
            {
                ReplayStrides(Run, command.Operand, Newest);
            }

            _replay.Enqueue(Encoded(new LogEnd(ControlResult.Success, command.Operand == 0 ? 0 : Newest + 1).Encode));
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
            _live = () => Send(Uuids.Stride, (value, at) => Encode(Run, Newest, value, at));
        }

        return Task.CompletedTask;
    }

    /// <summary>Some of what is on its way arrives; now and then a live stride twice, which Bluetooth does not do and a
    /// fault may.</summary>
    public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        for (int i = random.Next(8); i > 0; i--)
        {
            if (_replay.Count > 0 && random.Next(2) == 0)
            {
                _onTheirWay.Enqueue((Uuids.Log, _replay.Dequeue()));
            }

            if (_onTheirWay.TryDequeue(out var message)
                && _listeners.TryGetValue(message.Characteristic, out var listener))
            {
                listener(message.Value);
                if (message.Characteristic == Uuids.Stride && random.Next(20) == 0)
                {
                    listener(message.Value);
                }
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

    private static int Encode(int run, uint sequence, byte[] value, int at)
    {
        var one = Strides.Make(sequence);
        return StrideCodec.Encode(
            new Stride(
                sequence, ContactOf(run, sequence), one.Direction, one.Landing, one.Posture, one.ConfidencePercent,
                one.FootStrikeHalfDegrees, one.TiltHalfDegrees,
                one.StrideMilliseconds, one.SwingMilliseconds, one.LengthMillimeters, one.ImpactTenthsG,
                one.DecisionMilliseconds),
            value,
            at);
    }

    private void ReplayStrides(int run, uint first, uint last)
    {
        for (uint next = first; next <= last;)
        {
            uint from = next;
            uint count = Math.Min((uint)random.Next(1, 13), last - from + 1);
            _replay.Enqueue(
                Encoded(
                    (value, at) => Enumerable.Range(0, (int)count)
                        .Sum(i => Encode(run, from + (uint)i, value, at + (i * StrideCodec.Length)))));
            next += count;
        }
    }

    private void ReplaySessions()
    {
        foreach (var (run, newest) in _flash)
        {
            var totals = new Session(SessionState.Ended, false, run, 1, 1, 0, 0, 0, Message.Missing, Message.Missing,
                Message.Missing, Message.Missing, Message.Missing);
            _replay.Enqueue(Encoded(new LogSessionStart(run, 0, 1, newest).Encode));
            ReplayStrides(run, 1, newest);
            _replay.Enqueue(Encoded((value, at) => LogSessionTotals.Encode(totals, value, at)));
        }
    }

    private void Send(Guid characteristic, Func<byte[], int, int> encode)
    {
        if (_listeners.ContainsKey(characteristic))
        {
            _onTheirWay.Enqueue((characteristic, Encoded(encode)));
        }
    }

    private void MayBreak()
    {
        if (IsConnected && random.Next(60) == 0)
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
        _live = null;
        _listeners.Clear();
        _onTheirWay.Clear();
        _replay.Clear();
    }
}
