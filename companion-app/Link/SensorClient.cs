using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>
/// Follows one sensor: turns payloads into one stream of typed events, sets a lost link up again, and asks for every
/// stride that did not come. Whoever drives it calls <see cref="WorkAsync"/> often; nothing happens behind the caller's
/// back.
/// </summary>
public sealed class SensorClient : IDisposable
{
    // A sensor tells its session every second. Silent for so long, it is asked whether it is still there.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    // Whoever drives the client calls several times a second. When the clock on the wall has gone so much further, the
    // computer has slept.
    private static readonly TimeSpan SleepGap = TimeSpan.FromSeconds(15);

    private readonly ISensorLink _link;
    private readonly TimeProvider _time;
    private readonly FollowOptions? _options;
    private readonly Backoff _backoff = new();
    private readonly CommandExchange _commands;
    private readonly StrideIntake _intake;
    private readonly SensorPayloads _payloads;
    private long _lastAttempt;
    private long _lastHeard;
    private DateTimeOffset _lastWork;

    /// <summary>A client over a link that is not up yet.</summary>
    /// <param name="link">The link; the client disposes of it.</param>
    /// <param name="time">What tells when to try again.</param>
    /// <param name="options">What is wanted, and what is had already; null for what everybody wants.</param>
    public SensorClient(ISensorLink link, TimeProvider time, FollowOptions? options = null)
    {
        _link = link;
        _time = time;
        _options = options;
        Conversation = new SensorConversation(link, time);
        _commands = Conversation.Commands;
        _commands.Replied += OnReplied;
        _commands.Rejected += error => OnPayload(new PayloadRejected(Uuids.Control, error));
        _commands.Refused += OnRefused;
        _intake = new StrideIntake(time, options, Raise);
        _payloads = new SensorPayloads(link, OnPayload);
        _link.Lost += OnLost;
    }

    /// <summary>The stream. Handlers must not call the client.</summary>
    public event Action<SensorEvent>? Received;

    /// <summary>How the link stands.</summary>
    public LinkState State { get; private set; } = LinkState.Disconnected;

    /// <summary>Whether the link is up and everything that the sensor is known to hold has come.</summary>
    public bool IsComplete => State == LinkState.Connected && _intake.IsComplete;

    /// <summary>The last stride before the first that is missing, for <see cref="FollowOptions.Newest"/> of a later
    /// client; null when none has come.</summary>
    public StrideMark? Newest => _intake.Newest;

    /// <summary>What is asked of the sensor itself. Over the client's link: not while <see cref="WorkAsync"/>
    /// runs.</summary>
    internal SensorConversation Conversation { get; }

    /// <summary>Connects for the first time, as patiently as after a loss: each attempt that fails and may pass is told
    /// as <see cref="LinkChanged"/>.</summary>
    /// <exception cref="SensorLinkException">The sensor stays out of reach, or refuses.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Change(new LinkChanged(LinkState.Connecting));
        try
        {
            await ConnectRetry.MakeAsync(_link, _time, () => SetUpAsync(cancellationToken),
                (e, backoff) => Change(new LinkChanged(LinkState.Connecting) { Reason = e.Message,
                    Attempts = backoff.Attempts, NextAttemptIn = backoff.Wait }),
                cancellationToken).ConfigureAwait(false);
        }
        catch (SensorLinkException e)
        {
            Change(new LinkChanged(LinkState.Disconnected) { Reason = e.Message });
            throw;
        }
    }

    /// <summary>Does what is due: sets a lost link up again, asks for missing strides, sends commands.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        bool hasSlept = _lastWork != default && _time.GetUtcNow() - _lastWork > SleepGap;
        try
        {
            if (State == LinkState.Reconnecting)
            {
                await ReconnectAsync(hasSlept, cancellationToken).ConfigureAwait(false);
            }

            if (State == LinkState.Connected && (hasSlept || _time.GetElapsedTime(_lastHeard) >= Silence))
            {
                await AskWhetherThereAsync(hasSlept, cancellationToken).ConfigureAwait(false);
            }

            if (State == LinkState.Connected)
            {
                if (_intake.NextQuestion() is { } question)
                {
                    _commands.AddChore(question);
                }

                await _commands.SendNextAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SensorLinkException)
        {
            // Lost again: OnLost has noted it, or will, and a later call tries again.
        }
        finally
        {
            _lastWork = _time.GetUtcNow();
        }
    }

    /// <summary>Puts a command in line: one at a time is sent by <see cref="WorkAsync"/>, as soon as the link is up.
    /// Its reply comes as <see cref="ControlReplied"/>, or <see cref="CommandRefused"/>.</summary>
    public void Send(ControlCommand command) => _commands.Add(command);

    /// <summary>Asks for the finished sessions in the sensor's flash again.</summary>
    public void AskForSessions() => _intake.AskForSessions();

    /// <summary>Lets the sensor go. Strides that wait for others before them are not handed on: they lie beyond
    /// <see cref="Newest"/>, and a later client gets them in order.</summary>
    public async Task DisconnectAsync()
    {
        if (State != LinkState.Disconnected)
        {
            Change(new LinkChanged(LinkState.Disconnected));
        }

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
        bool isUp = false;
        try
        {
            await _link.ConnectAsync(cancellationToken).ConfigureAwait(false);
            _intake.OnLinkUp();
            await SubscribeAsync(cancellationToken).ConfigureAwait(false);
            await _payloads.ReadAllAsync(_options, cancellationToken).ConfigureAwait(false);
            isUp = _link.IsConnected ? true : throw new SensorLinkException("the link broke while it was being set up");
        }
        finally
        {
            if (!isUp)
            {
                _intake.OnLinkDown();
                await _link.DisconnectAsync().ConfigureAwait(false); // half a link is none
            }
        }

        _commands.AddChore(ControlCommand.SetClock((uint)_time.GetUtcNow().ToUnixTimeSeconds()));
        if (_options?.WithRawMotion == true)
        {
            _commands.AddChore(ControlCommand.RawStream(true)); // the sensor ends the stream with the link
        }

        _backoff.Reset();
        Change(new LinkChanged(LinkState.Connected));
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        await _commands.ListenAsync(cancellationToken).ConfigureAwait(false);
        await _link.SubscribeAsync(Uuids.Backstep, Uuids.Log, OnLog, cancellationToken).ConfigureAwait(false);
        await _link.SubscribeAsync(Uuids.Backstep, Uuids.Stride, OnStride, cancellationToken).ConfigureAwait(false);
        await _payloads.ListenAsync(_options, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReconnectAsync(bool hasSlept, CancellationToken cancellationToken)
    {
        if (hasSlept)
        {
            _backoff.Reset(); // what was out of reach an hour ago may be on the desk now
        }
        else if (_time.GetElapsedTime(_lastAttempt) < _backoff.Wait)
        {
            return;
        }

        try
        {
            await SetUpAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SensorLinkException e)
        {
            _backoff.Fail();
            Change(new LinkChanged(LinkState.Reconnecting) { Reason = e.Message, Attempts = _backoff.Attempts,
                NextAttemptIn = _backoff.Wait });
        }
        finally
        {
            _lastAttempt = _time.GetTimestamp();
        }
    }

    /// <summary>A link that looks up may be dead: after a sleep, or when the sensor hangs.</summary>
    private async Task AskWhetherThereAsync(bool hasSlept, CancellationToken cancellationToken)
    {
        try
        {
            await _payloads.ReadSessionAsync(cancellationToken).ConfigureAwait(false);
            if (hasSlept)
            {
                _intake.AskAgain();
            }
        }
        catch (SensorLinkException e)
        {
            OnLost(
                hasSlept ? $"the computer has slept, and the link did not outlast it: {e.Message}"
                    : $"the sensor fell silent: {e.Message}");
            await _link.DisconnectAsync().ConfigureAwait(false);
        }
    }

    private void OnLost(string reason)
    {
        // A link that breaks while it is being set up is an attempt that fails, and told as that.
        if (State == LinkState.Connected)
        {
            _intake.OnLinkDown();
            _commands.OnLost();
            _lastAttempt = _time.GetTimestamp();
            Change(new LinkChanged(LinkState.Reconnecting) { Reason = reason, NextAttemptIn = _backoff.Wait });
        }
    }

    private void Change(LinkChanged to)
    {
        State = to.State;
        Raise(to);
    }

    private void Raise(SensorEvent news) => Received?.Invoke(news);

    private void OnRefused(CommandRefused refused)
    {
        if (refused.Operation == ControlOperation.ReplayLog)
        {
            _intake.OnRefused();
        }

        Raise(refused);
    }

    private void OnStride(byte[] value)
    {
        _lastHeard = _time.GetTimestamp();
        if (StrideCodec.Decode(value, out var error) is { } stride)
        {
            _intake.OnLive(stride);
        }
        else
        {
            Raise(new PayloadRejected(Uuids.Stride, error));
        }
    }

    private void OnPayload(SensorEvent news)
    {
        _lastHeard = _time.GetTimestamp();
        Raise(news);
    }

    private void OnReplied(ControlReply reply)
    {
        _lastHeard = _time.GetTimestamp();
        if (reply.Operation == (byte)ControlOperation.ReplayLog)
        {
            _intake.OnReply(reply);
        }
        else if (reply is { Operation: (byte)ControlOperation.SetClock, Result: ControlResult.Success, Value: >= 0 })
        {
            _intake.OnClock((uint)reply.Value);
        }

        Raise(new ControlReplied(reply));
    }

    private void OnLog(byte[] value)
    {
        _lastHeard = _time.GetTimestamp();
        _intake.OnFrame(value);
    }
}
