using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>Commands to a sensor, one at a time: the next goes out when the last is answered, or has been silent for
/// too long.</summary>
internal sealed class CommandLane(ISensorLink link, TimeProvider time, Action<CommandRefused> tell)
{
    private readonly Queue<ControlCommand> _chores = new();
    private readonly Queue<ControlCommand> _wishes = new();
    private ControlCommand? _inFlight;
    private bool _isWish;
    private long _sent;

    /// <summary>Puts somebody's command in line. It waits for the link if that is down.</summary>
    public void Add(ControlCommand wish) => _wishes.Enqueue(wish);

    /// <summary>Puts a command of the client's own in line, before all others. It is dropped with the link.</summary>
    public void AddChore(ControlCommand chore) => _chores.Enqueue(chore);

    /// <summary>The sensor answered something.</summary>
    public void OnReply(ControlReply reply)
    {
        if (reply.Operation == (byte?)_inFlight?.Operation)
        {
            _inFlight = null;
        }
    }

    /// <summary>The link is gone: what was not answered will not be.</summary>
    public void OnLost()
    {
        GiveUp("the link broke before the sensor answered");
        _chores.Clear();
    }

    /// <summary>Sends the next one if it is its turn.</summary>
    /// <exception cref="SensorLinkException">The link broke meanwhile; the command stays in line.</exception>
    public async Task SendNextAsync(CancellationToken cancellationToken)
    {
        if (_inFlight != null && time.GetElapsedTime(_sent) < SensorConversation.ReplyPatience)
        {
            return;
        }

        GiveUp("the sensor did not answer in time");
        var queue = _chores.Count > 0 ? _chores : _wishes;
        if (!queue.TryPeek(out var command))
        {
            return;
        }

        byte[] value = new byte[ControlCommand.MaxLength];
        int length = command.Encode(value, 0);
        (_inFlight, _isWish, _sent) = (command, queue == _wishes, time.GetTimestamp());
        try
        {
            await link.WriteAsync(Uuids.Backstep, Uuids.Control, value[..length], cancellationToken)
                .ConfigureAwait(false);
            Drop(queue, command);
        }
        catch (SensorLinkException e) when (link.IsConnected)
        {
            _inFlight = null;
            Drop(queue, command);
            tell(new CommandRefused(command.Operation, e.Message));
        }
        catch (SensorLinkException)
        {
            _inFlight = null;
            throw;
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

    private void GiveUp(string reason)
    {
        if (_inFlight is { } command)
        {
            _inFlight = null;
            if (_isWish)
            {
                tell(new CommandRefused(command.Operation, reason));
            }
        }
    }
}
