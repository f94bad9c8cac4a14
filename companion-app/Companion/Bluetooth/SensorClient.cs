using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Companion.Bluetooth;

/// <summary>
/// Follows one sensor: turns payloads into one stream of typed events, sets a lost link up again, and asks for every stride that did not come.
/// Whoever drives it calls <see cref="WorkAsync"/> often; nothing happens behind the caller's back.
/// </summary>
public sealed class SensorClient : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // Commands are answered within one pass of the sensor's loop; a link in trouble may take a few seconds.
    private static readonly TimeSpan ReplyPatience = TimeSpan.FromSeconds(5);

    // A replay that says nothing for so long was cut off.
    private static readonly TimeSpan ReplayPatience = TimeSpan.FromSeconds(5);

    private readonly ISensorLink _link;
    private readonly TimeProvider _time;
    private readonly bool _withRawMotion;
    private readonly StrideLedger _ledger;
    private readonly Queue<ControlCommand> _commands = new();
    private LinkState _state = LinkState.Disconnected;
    private long _lastAttempt;
    private long _lastLogSign;
    private bool _mustAskLog;
    private bool _isReplaying;
    private int? _run;
    private ControlCommand? _inFlight;
    private long _sent;

    /// <summary>A client over a link that is not up yet.</summary>
    /// <param name="link">The link; the client disposes of it.</param>
    /// <param name="time">What tells when to try again.</param>
    /// <param name="options">What is wanted, and what is had already; null for what everybody wants.</param>
    public SensorClient(ISensorLink link, TimeProvider time, FollowOptions? options = null)
    {
        _link = link;
        _time = time;
        _withRawMotion = options?.WithRawMotion == true;
        _run = options?.Newest?.Run;
        _ledger = new StrideLedger((options?.Newest?.Sequence ?? 0) + 1);
        _link.Lost += OnLost;
    }

    /// <summary>The stream. Handlers must not call the client.</summary>
    public event Action<SensorEvent>? Received;

    /// <summary>How the link stands.</summary>
    public LinkState State
    {
        get => _state;
        private set
        {
            if (_state != value)
            {
                _state = value;
                Received?.Invoke(new LinkChanged(value));
            }
        }
    }

    /// <summary>Whether every stride that the sensor is known to have made has come.</summary>
    public bool IsComplete => !_ledger.HasHole && !_mustAskLog && !_isReplaying;

    /// <summary>Connects for the first time.</summary>
    /// <exception cref="SensorLinkException">The sensor is out of reach, or refuses.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        State = LinkState.Connecting;
        try
        {
            await SetUpAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SensorLinkException)
        {
            State = LinkState.Disconnected;
            throw;
        }
    }

    /// <summary>Does what is due: sets a lost link up again, asks for missing strides.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (State == LinkState.Reconnecting && _time.GetElapsedTime(_lastAttempt) >= RetryAfter)
            {
                _lastAttempt = _time.GetTimestamp();
                await SetUpAsync(cancellationToken).ConfigureAwait(false);
            }

            if (State == LinkState.Connected)
            {
                AskForMissing();
                await SendNextAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SensorLinkException)
        {
            // Out of reach still, or lost again: OnLost has noted it, and the next call tries again.
        }
    }

    /// <summary>Puts a command in line: one at a time is sent by <see cref="WorkAsync"/>, as soon as the link is up. Its reply comes as <see cref="ControlReplied"/>.</summary>
    public void Send(ControlCommand command) => _commands.Enqueue(command);

    /// <summary>Lets the sensor go.</summary>
    public async Task DisconnectAsync()
    {
        State = LinkState.Disconnected;
        await _link.DisconnectAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Lost -= OnLost;
        _link.Dispose();
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        await _link.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await _link.SubscribeAsync(Uuids.Backstep, Uuids.Control, OnControl, cancellationToken).ConfigureAwait(false);
        await _link.SubscribeAsync(Uuids.Backstep, Uuids.Log, OnLog, cancellationToken).ConfigureAwait(false);
        await _link.SubscribeAsync(Uuids.Backstep, Uuids.Stride, OnStride, cancellationToken).ConfigureAwait(false);
        await _link.SubscribeAsync(Uuids.Backstep, Uuids.Session, OnSession, cancellationToken).ConfigureAwait(false);
        await _link.SubscribeAsync(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement, OnRunningSpeed, cancellationToken).ConfigureAwait(false);
        await _link.SubscribeAsync(Uuids.Battery, Uuids.BatteryLevel, OnBattery, cancellationToken).ConfigureAwait(false);
        if (_withRawMotion)
        {
            await _link.SubscribeAsync(Uuids.Backstep, Uuids.RawMotion, OnRawMotion, cancellationToken).ConfigureAwait(false);
        }

        OnConfiguration(await _link.ReadAsync(Uuids.Backstep, Uuids.Configuration, cancellationToken).ConfigureAwait(false));
        OnSession(await _link.ReadAsync(Uuids.Backstep, Uuids.Session, cancellationToken).ConfigureAwait(false));
        OnBattery(await _link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, cancellationToken).ConfigureAwait(false));
        Send(ControlCommand.SetClock((uint)_time.GetUtcNow().ToUnixTimeSeconds()));
        if (_withRawMotion)
        {
            Send(ControlCommand.RawStream(true)); // the sensor ends the stream with the link
        }

        _mustAskLog = true; // what was walked before, or meanwhile
        _isReplaying = false;
        State = LinkState.Connected;
    }

    private async Task SendNextAsync(CancellationToken cancellationToken)
    {
        if (_inFlight != null && _time.GetElapsedTime(_sent) < ReplyPatience)
        {
            return;
        }

        _inFlight = null;
        if (_commands.TryPeek(out var command))
        {
            var value = new byte[ControlCommand.MaxLength];
            int length = command.Encode(value, 0);
            (_inFlight, _sent) = (command, _time.GetTimestamp());
            try
            {
                await _link.WriteAsync(Uuids.Backstep, Uuids.Control, value[..length], cancellationToken).ConfigureAwait(false);
                _commands.Dequeue();
            }
            catch (SensorLinkException e) when (_link.IsConnected)
            {
                _inFlight = null;
                _commands.Dequeue();
                Received?.Invoke(new CommandRefused(command.Operation, e.Message));
            }
        }
    }

    private void AskForMissing()
    {
        if (_isReplaying && _time.GetElapsedTime(_lastLogSign) < ReplayPatience)
        {
            return;
        }

        _isReplaying = false;
        if (_mustAskLog || (_ledger.HasHole && _time.GetElapsedTime(_lastLogSign) >= RetryAfter))
        {
            _lastLogSign = _time.GetTimestamp();
            Send(ControlCommand.ReplayLog(_ledger.NextMissing));
            _isReplaying = true;
            _mustAskLog = false;
        }
    }

    private void OnLost(string reason)
    {
        if (State != LinkState.Disconnected)
        {
            _isReplaying = false;
            _inFlight = null;
            _lastAttempt = _time.GetTimestamp();
            _state = LinkState.Reconnecting;
            Received?.Invoke(new LinkChanged(_state) { Reason = reason, NextAttemptIn = RetryAfter });
        }
    }

    private void OnStride(byte[] value)
    {
        if (Accept(StrideCodec.Decode(value, out var error), error, Uuids.Stride) is { } stride)
        {
            Take(stride, isReplayed: false);
        }
    }

    private void OnConfiguration(byte[] value)
    {
        if (Accept(Configuration.Decode(value, out var error, out _), error, Uuids.Configuration) is { } configuration)
        {
            Received?.Invoke(new ConfigurationReceived(configuration));
        }
    }

    private void OnSession(byte[] value)
    {
        if (Accept(Session.Decode(value, out var error), error, Uuids.Session) is { } session)
        {
            Received?.Invoke(new SessionReceived(session));
        }
    }

    private void OnBattery(byte[] value)
    {
        int percent = BatteryLevel.Decode(value, out var error);
        if (error == DecodeError.None)
        {
            Received?.Invoke(new BatteryReceived(percent));
        }
        else
        {
            Received?.Invoke(new PayloadRejected(Uuids.BatteryLevel, error));
        }
    }

    private void OnRunningSpeed(byte[] value)
    {
        if (Accept(RscMeasurement.Decode(value, out var error), error, Uuids.RscMeasurement) is { } measurement)
        {
            Received?.Invoke(new RunningSpeedReceived(measurement));
        }
    }

    private void OnRawMotion(byte[] value)
    {
        if (Accept(RawMotion.Decode(value, out var error), error, Uuids.RawMotion) is { } motion)
        {
            Received?.Invoke(new RawMotionReceived(motion));
        }
    }

    private void OnControl(byte[] value)
    {
        if (Accept(ControlReply.Decode(value, out var error), error, Uuids.Control) is not { } reply)
        {
            return;
        }

        if (reply.Result != ControlResult.InProgress && reply.Operation == (byte?)_inFlight?.Operation)
        {
            _inFlight = null;
        }

        if (reply.Operation == (byte)ControlOperation.ReplayLog)
        {
            OnReplayReply(reply);
        }

        Received?.Invoke(new ControlReplied(reply));
    }

    private void OnReplayReply(ControlReply reply)
    {
        _lastLogSign = _time.GetTimestamp();
        if (reply.Log != null)
        {
            OnHeld(reply.Log);
        }

        if (reply.Result != ControlResult.Success)
        {
            // Nothing held from there on, or not now: whether something is lacking still is told by the ledger and the next stride.
            _isReplaying = false;
        }
    }

    private void OnLog(byte[] value)
    {
        _lastLogSign = _time.GetTimestamp();
        switch (LogFrame.KindOf(value))
        {
            case LogFrameKind.Begin when Accept(LogBegin.Decode(value, out var error), error, Uuids.Log) is { } begin:
                OnHeld(begin.Range);
                break;
            case LogFrameKind.Strides when Accept(LogStrides.Decode(value, out var error), error, Uuids.Log) is { } strides:
                foreach (var stride in strides)
                {
                    Take(stride, isReplayed: true);
                }

                break;
            case LogFrameKind.End when Accept(LogEnd.Decode(value, out var error), error, Uuids.Log) is { } end:
                _isReplaying = false;
                if (end.Result != ControlResult.Success)
                {
                    _mustAskLog = true;
                }

                break;
            case LogFrameKind.Unknown:
                Received?.Invoke(new PayloadRejected(Uuids.Log, DecodeError.UnknownOpCode));
                break;
            default:
                break; // sessions walked without the companion: for the store that is to come
        }
    }

    /// <summary>The sensor tells what it holds: what lies below is lost, and another run means that it was started anew.</summary>
    private void OnHeld(LogRange held)
    {
        if (_run is { } run && run != held.Run)
        {
            _ledger.Restart();
            _mustAskLog = true;
        }

        _run = held.Run;
        if (held.FirstSequence > 0)
        {
            foreach (var (first, last) in _ledger.GiveUpBelow(held.FirstSequence))
            {
                Received?.Invoke(new StridesLost(first, last));
            }
        }
    }

    private void Take(Stride stride, bool isReplayed)
    {
        if (_ledger.Add(stride.Sequence))
        {
            Received?.Invoke(new StrideReceived(stride, isReplayed) { Run = _run ?? 0 });
        }
    }

    private T? Accept<T>(T? value, DecodeError error, Guid characteristic)
        where T : class
    {
        if (value == null)
        {
            Received?.Invoke(new PayloadRejected(characteristic, error));
        }

        return value;
    }
}
