using System.Net.Sockets;
using Backstep.Link;

namespace Backstep.Rehearsal.Room;

/// <summary>The air of a simulated room in another process, which <see cref="RoomServer"/> lets in.</summary>
public sealed class RemoteRoom(string host, int port, TimeProvider time) : IBluetooth
{
    /// <inheritdoc/>
    public async Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken)
    {
        try
        {
            using var lines = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await lines.WriteAsync(new RoomRequest(1, RoomRequest.Search), RoomJson.Default.RoomRequest,
                cancellationToken).ConfigureAwait(false);
            while (await lines.ReadAsync(RoomJson.Default.RoomAnswer, cancellationToken).ConfigureAwait(false)
                is { Address: { } address } seen)
            {
                onSeen(new SensorSighting(seen.Text, address, null, null, false));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw Closed(e);
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            throw Closed(null);
        }
    }

    /// <inheritdoc/>
    public ISensorLink LinkTo(SensorSighting sensor) => new RemoteRoomLink(this, sensor, time);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A connection to the room.</summary>
    /// <exception cref="SocketException">Nobody is there.</exception>
    internal async Task<RoomLines> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return new RoomLines(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private BluetoothUnavailableException Closed(Exception? why) => new(FormattableString.Invariant(
        $"the simulated room at {host}:{port} is closed. 'backstep-gym room' opens one."), why);
}
