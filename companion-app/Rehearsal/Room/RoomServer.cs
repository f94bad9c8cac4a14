using System.Net;
using System.Net.Sockets;
using Backstep.Link;

namespace Backstep.Rehearsal.Room;

/// <summary>Lets gateways in other processes into a simulated room, over loopback: a gateway that is killed does not
/// take the clips with it.</summary>
public sealed class RoomServer : IDisposable
{
    // A value is handed on at once; this is only how often an idle link is looked at.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SimulatedRoom _room;
    private readonly TimeProvider _time;
    private readonly TcpListener _listener;

    /// <summary>Opens the door.</summary>
    /// <param name="room">The room; stays the caller's.</param>
    /// <param name="port">On loopback; 0 for any that is free.</param>
    /// <param name="time">Real time.</param>
    /// <exception cref="Walks.CannotWriteException">The port is taken.</exception>
    public RoomServer(SimulatedRoom room, int port, TimeProvider time)
    {
        (_room, _time) = (room, time);
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            throw new Walks.CannotWriteException(FormattableString.Invariant(
                $"port {port} of this computer cannot be listened on: {e.Message}. Take another one."), e);
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Serves whoever comes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(cancellationToken).ConfigureAwait(false);
                socket.NoDelay = true;
                _ = ServeAsync(socket, cancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // one that came and went, or the end
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Socket socket, CancellationToken outer)
    {
        using var lines = new RoomLines(new NetworkStream(socket, ownsSocket: true));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(outer);
        var pump = Task.CompletedTask;
        RoomLink? link = null;
        try
        {
            while (await lines.ReadAsync(RoomJson.Default.RoomRequest, end.Token).ConfigureAwait(false) is { } request)
            {
                if (request.Ask == RoomRequest.Search)
                {
                    pump = SearchAsync(lines, end.Token);
                }
                else
                {
                    if (link == null)
                    {
                        link = LinkTo(request.Address);
                        pump = PumpAsync(link, lines, end.Token);
                    }

                    await lines.WriteAsync(await AnswerAsync(link, lines, request, end.Token).ConfigureAwait(false),
                        RoomJson.Default.RoomAnswer, end.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the room closes
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            link?.Dispose(); // a gateway that was killed: the clip notices
        }
    }

    private RoomLink LinkTo(string? address) => new(_room.Clips.FirstOrDefault(clip => clip.Address == address)
        ?? _room.Clips[0], _time);

    private async Task SearchAsync(RoomLines lines, CancellationToken cancellationToken)
    {
        var air = _room.Air();
        await using var close = air.ConfigureAwait(false);
        var seen = new Queue<SensorSighting>();
        using var some = new SemaphoreSlim(0);
        var search = air.SearchAsync(sighting =>
        {
            lock (seen)
            {
                seen.Enqueue(sighting);
            }

            some.Release();
        }, cancellationToken);
        while (true)
        {
            await some.WaitAsync(cancellationToken).ConfigureAwait(false);
            SensorSighting next;
            lock (seen)
            {
                next = seen.Dequeue();
            }

            if (!await lines.WriteAsync(new RoomAnswer(0, RoomAnswer.Seen, Text: next.Name, Address: next.Address),
                RoomJson.Default.RoomAnswer, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private static async Task PumpAsync(RoomLink link, RoomLines lines, CancellationToken cancellationToken)
    {
        link.Lost += reason => _ = lines.WriteAsync(new RoomAnswer(0, RoomAnswer.Lost, Text: reason),
            RoomJson.Default.RoomAnswer, CancellationToken.None);
        while (!cancellationToken.IsCancellationRequested)
        {
            await link.ReceiveAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<RoomAnswer> AnswerAsync(RoomLink link, RoomLines lines, RoomRequest request,
        CancellationToken stop)
    {
        try
        {
            byte[]? value = null;
            switch (request.Ask)
            {
                case RoomRequest.Connect:
                    await link.ConnectAsync(stop).ConfigureAwait(false);
                    break;
                case RoomRequest.Read:
                    value = await link.ReadAsync(request.Service, request.Characteristic, stop).ConfigureAwait(false);
                    break;
                case RoomRequest.Write:
                    await link.WriteAsync(request.Service, request.Characteristic, request.Value ?? [], stop)
                        .ConfigureAwait(false);
                    break;
                case RoomRequest.Subscribe:
                    await link.SubscribeAsync(request.Service, request.Characteristic, bytes =>
                        _ = lines.WriteAsync(new RoomAnswer(request.Id, RoomAnswer.Value, bytes),
                            RoomJson.Default.RoomAnswer, CancellationToken.None), stop).ConfigureAwait(false);
                    break;
                case RoomRequest.Disconnect:
                    await link.DisconnectAsync().ConfigureAwait(false);
                    break;
                default:
                    return new RoomAnswer(request.Id, RoomAnswer.Failed, Text: "the room does not know that");
            }

            return new RoomAnswer(request.Id, RoomAnswer.Done, value);
        }
        catch (SensorLinkException e)
        {
            return new RoomAnswer(request.Id, RoomAnswer.Failed, Text: e.Message, AttError: e.AttError);
        }
    }
}
