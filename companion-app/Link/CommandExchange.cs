using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>
/// Commands to a sensor and their answers, one at a time: the next goes out when the last is answered, or has been
/// silent for too long. Who can wait asks (<see cref="AskAsync"/>); who cannot puts commands in line
/// (<see cref="Add"/>, <see cref="SendNextAsync"/>).
/// </summary>
internal sealed class CommandExchange
{
    /// <summary>Commands are answered within one pass of the sensor's loop; a link in trouble may take a few
    /// seconds.</summary>
    public static readonly TimeSpan ReplyPatience = TimeSpan.FromSeconds(5);

    /// <summary>How long a wait for an answer receives at once.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly ISensorLink _link;
    private readonly TimeProvider _time;
    private readonly Queue<ControlCommand> _chores = new();
    private readonly Queue<ControlCommand> _requests = new();
    private readonly Queue<ControlReply> _replies = new(); // to what was asked last
    private ControlOperation? _asked;
    private ControlCommand? _inFlight;
    private bool _isRequest;
    private long _sent;
    private string? _whyLost;

    /// <summary>Over a link that is not up yet.</summary>
    public CommandExchange(ISensorLink link, TimeProvider time)
    {
        _link = link;
        _time = time;
        _link.Lost += reason => _whyLost = reason;
    }

    /// <summary>The sensor answered something.</summary>
    public event Action<ControlReply>? Replied;

    /// <summary>The sensor answered something that this program cannot read.</summary>
    public event Action<DecodeError>? Rejected;

    /// <summary>A command that was put in line came to nothing.</summary>
    public event Action<CommandRefused>? Refused;

    /// <summary>Has the sensor's answers come, over a link that is up.</summary>
    /// <exception cref="SensorLinkException">The link is gone.</exception>
    public Task ListenAsync(CancellationToken cancellationToken) =>
        _link.SubscribeAsync(Uuids.Backstep, Uuids.Control, OnControl, cancellationToken);

    /// <summary>Puts somebody's command in line. It waits for the link if that is down.</summary>
    public void Add(ControlCommand request) => _requests.Enqueue(request);

    /// <summary>Puts a command of the client's own in line, before all others. It is dropped with the link.</summary>
    public void AddChore(ControlCommand chore) => _chores.Enqueue(chore);

    /// <summary>The link is gone: what was not answered will not be.</summary>
    public void OnLost()
    {
        GiveUp("the link broke before the sensor answered");
        _chores.Clear();
    }

    /// <summary>Gives a command and waits for the first answer.</summary>
    /// <exception cref="SensorLinkException">The sensor did not take it, did not answer, or the link broke.</exception>
    public async Task<ControlReply> AskAsync(ControlCommand command, CancellationToken cancellationToken)
    {
        _replies.Clear();
        _asked = command.Operation;
        await WriteAsync(command, cancellationToken).ConfigureAwait(false);
        return await NextReplyAsync(ReplyPatience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for a further answer to what was asked last.</summary>
    /// <exception cref="SensorLinkException">None came in time, or the link broke.</exception>
    public async Task<ControlReply> NextReplyAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            if (_replies.TryDequeue(out var reply))
            {
                return reply;
            }

            ThrowIfLost();
            if (_time.GetElapsedTime(start) >= patience)
            {
                throw new SensorLinkException("the sensor did not answer in time");
            }

            await _link.ReceiveAsync(Slice, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the next in line if it is its turn.</summary>
    /// <exception cref="SensorLinkException">The link broke meanwhile; the command stays in line.</exception>
    public async Task SendNextAsync(CancellationToken cancellationToken)
    {
        if (_inFlight != null && _time.GetElapsedTime(_sent) < ReplyPatience)
        {
            return;
        }

        GiveUp("the sensor did not answer in time");
        var queue = _chores.Count > 0 ? _chores : _requests;
        if (!queue.TryPeek(out var command))
        {
            return;
        }

        _isRequest = queue == _requests;
        try
        {
            await WriteAsync(command, cancellationToken).ConfigureAwait(false);
            Drop(queue, command);
        }
        catch (SensorLinkException e) when (_link.IsConnected)
        {
            Drop(queue, command);
            Refused?.Invoke(new CommandRefused(command.Operation, e.Message) { AttError = e.AttError });
        }
    }

    /// <summary>Says why the link is gone, if it is.</summary>
    /// <exception cref="SensorLinkException">It is.</exception>
    public void ThrowIfLost()
    {
        if (!_link.IsConnected)
        {
            throw new SensorLinkException($"the link to the sensor broke: {_whyLost ?? "no reason known"}");
        }
    }

    // Losing the link, which the write may have noticed, empties the chores.
    private static void Drop(Queue<ControlCommand> queue, ControlCommand command)
    {
        if (queue.TryPeek(out var first) && first == command)
        {
            queue.Dequeue();
        }
    }

    private async Task WriteAsync(ControlCommand command, CancellationToken cancellationToken)
    {
        byte[] value = new byte[ControlCommand.MaxLength];
        int length = command.Encode(value, 0);
        (_inFlight, _sent) = (command, _time.GetTimestamp());
        try
        {
            await _link.WriteAsync(Uuids.Backstep, Uuids.Control, value[..length], cancellationToken)
                .ConfigureAwait(false);
        }
        catch (SensorLinkException)
        {
            _inFlight = null;
            throw;
        }
    }

    private void OnControl(byte[] value)
    {
        if (ControlReply.Decode(value, out var error) is not { } reply)
        {
            Rejected?.Invoke(error);
            return;
        }

        if (reply.Operation == (byte?)_inFlight?.Operation)
        {
            _inFlight = null;
        }

        if (reply.Operation == (byte?)_asked)
        {
            _replies.Enqueue(reply);
        }

        Replied?.Invoke(reply);
    }

    private void GiveUp(string reason)
    {
        if (_inFlight is { } command)
        {
            _inFlight = null;
            if (_isRequest)
            {
                Refused?.Invoke(new CommandRefused(command.Operation, reason));
            }
        }
    }
}
