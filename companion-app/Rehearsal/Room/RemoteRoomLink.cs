using System.Collections.Concurrent;
using System.Net.Sockets;
using Backstep.Link;

namespace Backstep.Rehearsal.Room;

/// <summary>A link to a clip of a simulated room in another process.</summary>
internal sealed class RemoteRoomLink(RemoteRoom room, SensorSighting sensor, TimeProvider time) : ISensorLink
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<RoomAnswer>> _asked = new();
    private readonly ConcurrentDictionary<int, Action<byte[]>> _subscribed = new();
    private readonly RoomInbox _inbox = new(most: null, time);
    private RoomLines? _lines;
    private int _id;

    /// <inheritdoc/>
    public event Action<string>? Lost;

    /// <inheritdoc/>
    public string Name => sensor.Name ?? sensor.Address;

    /// <inheritdoc/>
    public bool IsConnected { get; private set; }

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            _lines?.Dispose();
            _subscribed.Clear();
            var lines = _lines = await room.OpenAsync(cancellationToken).ConfigureAwait(false);
            _ = ReadAllAsync(lines);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new SensorLinkException("the simulated room is closed", e);
        }

        await AskAsync(new RoomRequest(0, RoomRequest.Connect), cancellationToken).ConfigureAwait(false);
        IsConnected = true;
    }

    /// <inheritdoc/>
    public async Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken) =>
        (await AskAsync(new RoomRequest(0, RoomRequest.Read, null, service, characteristic), cancellationToken)
            .ConfigureAwait(false)).Bytes ?? [];

    /// <inheritdoc/>
    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken) =>
        AskAsync(new RoomRequest(0, RoomRequest.Write, null, service, characteristic, value), cancellationToken);

    /// <inheritdoc/>
    public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken) => AskAsync(
            new RoomRequest(0, RoomRequest.Subscribe, null, service, characteristic), cancellationToken, onValue);

    /// <inheritdoc/>
    public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        _inbox.HandOnAsync(patience, cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsConnected = false;
        _lines?.Dispose();
        _lines = null;
    }

    private async Task<RoomAnswer> AskAsync(RoomRequest request, CancellationToken cancellationToken,
        Action<byte[]>? onValue = null)
    {
        int id = Interlocked.Increment(ref _id);
        if (onValue != null)
        {
            _subscribed[id] = onValue;
        }

        var answered = new TaskCompletionSource<RoomAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answered;
        try
        {
            if (_lines is not { } lines
                || !await lines.WriteAsync(request with { Id = id, Address = sensor.Address },
                    RoomJson.Default.RoomRequest, cancellationToken).ConfigureAwait(false))
            {
                throw new SensorLinkException("the link is gone");
            }

            var answer = await answered.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return answer.Kind == RoomAnswer.Done ? answer
                : throw new SensorLinkException(answer.Text ?? "the clip refuses") { AttError = answer.AttError };
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    private async Task ReadAllAsync(RoomLines lines)
    {
        while (await lines.ReadAsync(RoomJson.Default.RoomAnswer, CancellationToken.None).ConfigureAwait(false)
            is { } answer)
        {
            if (answer.Kind == RoomAnswer.Lost)
            {
                break;
            }

            if (answer.Kind == RoomAnswer.Value && _subscribed.TryGetValue(answer.Id, out var onValue))
            {
                _inbox.Put(() => onValue(answer.Bytes ?? []));
            }
            else if (_asked.TryGetValue(answer.Id, out var waits))
            {
                waits.TrySetResult(answer);
            }
        }

        // A link that was let go, or replaced by a newer one, is not lost.
        if (ReferenceEquals(_lines, lines))
        {
            bool wasUp = IsConnected;
            Dispose();
            if (wasUp)
            {
                _inbox.Put(() => Lost?.Invoke("the clip went out of reach, or the room closed"));
            }
        }

        foreach (var waits in _asked.Values)
        {
            waits.TrySetResult(new RoomAnswer(0, RoomAnswer.Failed, Text: "the link is gone"));
        }
    }
}
