using Backstep.Link;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Rehearsal.Room;

/// <summary>A link to a clip of a simulated room, in this process.</summary>
internal sealed class RoomLink(SimulatedClip clip, TimeProvider time) : ISensorLink
{
    // A clip tells a handful of values a second: more means that nobody reads.
    private const int MostWaiting = 4096;

    private readonly RoomInbox _inbox = new(MostWaiting, time);

    private VirtualCentral? _central;

    /// <inheritdoc/>
    public event Action<string>? Lost;

    /// <inheritdoc/>
    public string Name => clip.Name;

    /// <inheritdoc/>
    public bool IsConnected => _central?.IsConnected == true;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) => clip.CallAsync(radio =>
    {
        Release();
        var central = SimulatedClip.ConnectTo(radio);
        central.Disconnected += OnDisconnected;
        _central = central;
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken) =>
        clip.CallAsync(_ => Central.Read(service, characteristic), cancellationToken);

    /// <inheritdoc/>
    public Task WriteAsync(Guid service, Guid characteristic, byte[] value, CancellationToken cancellationToken) =>
        clip.CallAsync(_ =>
        {
            Central.Write(service, characteristic, value);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task SubscribeAsync(Guid service, Guid characteristic, Action<byte[]> onValue,
        CancellationToken cancellationToken) => clip.CallAsync(_ =>
        {
            Central.Subscribe(service, characteristic, value => _inbox.Put(() => onValue(value)));
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        _inbox.HandOnAsync(patience, cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectAsync() => clip.CallAsync(_ =>
    {
        Release();
        return true;
    }, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose() => clip.CallAsync(_ =>
    {
        Release();
        return true;
    }, CancellationToken.None).GetAwaiter().GetResult();

    private VirtualCentral Central => _central ?? throw new SensorLinkException("the clip is not connected");

    private void Release()
    {
        if (_central is { } central)
        {
            _central = null;
            central.Disconnected -= OnDisconnected;
            if (central.IsConnected)
            {
                central.Disconnect();
            }
        }
    }

    // While the clip's time passes: whoever drives the link is told by its own call.
    private void OnDisconnected()
    {
        Release();
        _inbox.Put(() => Lost?.Invoke("the clip went out of reach, or was switched off"));
    }
}
