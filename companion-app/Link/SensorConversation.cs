using Backstep.Protocol;
using Backstep.Walks;

namespace Backstep.Link;

/// <summary>A short conversation with one sensor: settings, commands and their answers. It does not outlast its link;
/// who follows a sensor uses <see cref="SensorClient"/>.</summary>
public sealed class SensorConversation : IAsyncDisposable
{
    /// <summary>Commands are answered within one pass of the sensor's loop; a link in trouble may take a few
    /// seconds.</summary>
    public static readonly TimeSpan ReplyPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly ISensorLink _link;
    private readonly TimeProvider _time;
    private readonly Queue<ControlReply> _replies = new();
    private string? _whyLost;

    /// <summary>Over a link that is not up yet; the conversation disposes of it.</summary>
    public SensorConversation(ISensorLink link, TimeProvider time)
    {
        _link = link;
        _time = time;
        _link.Lost += reason => _whyLost = reason;
    }

    /// <summary>What the sensor calls itself.</summary>
    public string Name => _link.Name;

    /// <summary>An attempt to connect failed, for a reason that may pass: why.</summary>
    public event Action<string>? Waiting;

    /// <summary>Begins. Patiently: see <see cref="FirstContact"/>.</summary>
    /// <exception cref="SensorLinkException">The sensor stays out of reach, or refuses.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken) =>
        FirstContact.MakeAsync(_link, _time, () => SetUpAsync(cancellationToken),
            (e, _) => Waiting?.Invoke(e.Message), cancellationToken);

    /// <summary>Gives a command and waits for the first answer.</summary>
    /// <exception cref="SensorLinkException">The sensor did not take it, did not answer, or the link broke.</exception>
    public async Task<ControlReply> AskAsync(ControlCommand command, CancellationToken cancellationToken)
    {
        _replies.Clear();
        byte[] value = new byte[ControlCommand.MaxLength];
        int length = command.Encode(value, 0);
        await _link.WriteAsync(Uuids.Backstep, Uuids.Control, value[..length], cancellationToken).ConfigureAwait(false);
        return await NextReplyAsync(command.Operation, ReplyPatience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for a further answer to a command that goes on for a while.</summary>
    /// <exception cref="SensorLinkException">None came in time, or the link broke.</exception>
    public async Task<ControlReply> NextReplyAsync(ControlOperation operation, TimeSpan patience,
        CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            while (_replies.TryDequeue(out var reply))
            {
                if (reply.Operation == (byte)operation)
                {
                    return reply;
                }
            }

            if (!_link.IsConnected)
            {
                throw new SensorLinkException($"the link to the sensor broke: {_whyLost ?? "no reason known"}");
            }

            if (_time.GetElapsedTime(start) >= patience)
            {
                throw new SensorLinkException("the sensor did not answer in time");
            }

            await _link.ReceiveAsync(Slice, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a command that takes a while, and waits for its end.</summary>
    /// <param name="command">The command.</param>
    /// <param name="patience">From one answer to the next.</param>
    /// <param name="onProgress">Told what of it is done, in %: whenever the sensor says it, and at a good end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The last answer.</returns>
    /// <exception cref="SensorLinkException">None came in time, or the link broke.</exception>
    public async Task<ControlReply> CarryOutAsync(ControlCommand command, TimeSpan patience, Action<long> onProgress,
        CancellationToken cancellationToken)
    {
        var reply = await AskAsync(command, cancellationToken).ConfigureAwait(false);
        while (reply.Result == ControlResult.InProgress)
        {
            reply = await NextReplyAsync(command.Operation, patience, cancellationToken).ConfigureAwait(false);
            if (reply.Result is ControlResult.InProgress or ControlResult.Success)
            {
                onProgress(reply.Value);
            }
        }

        return reply;
    }

    /// <summary>How the sensor is set.</summary>
    /// <exception cref="SensorLinkException">It refuses, or what it says is no configuration that this program
    /// knows.</exception>
    public async Task<Configuration> ReadConfigurationAsync(CancellationToken cancellationToken)
    {
        byte[] value = await _link.ReadAsync(Uuids.Backstep, Uuids.Configuration, cancellationToken)
            .ConfigureAwait(false);
        return Configuration.Decode(value, out var error, out _) ?? throw new SensorLinkException(
            error == DecodeError.FutureVersion
                ? "the sensor's settings have a layout that this program is too old for: update it"
                : $"the sensor's settings cannot be read: {error}");
    }

    /// <summary>Sets the sensor and waits until it shows that it is set so.</summary>
    /// <returns>What it shows; the old one if it could not keep the new.</returns>
    /// <exception cref="SensorLinkException">It refused; nothing was changed.</exception>
    public async Task<Configuration> WriteConfigurationAsync(Configuration configuration,
        CancellationToken cancellationToken)
    {
        byte[] value = new byte[Configuration.MaxLength];
        byte[] wanted = value[..configuration.Encode(value, 0)];
        await _link.WriteAsync(Uuids.Backstep, Uuids.Configuration, wanted, cancellationToken).ConfigureAwait(false);

        // A good one is stored by the sensor's loop, a moment after it was taken.
        long start = _time.GetTimestamp();
        while (true)
        {
            byte[] shown = await _link.ReadAsync(Uuids.Backstep, Uuids.Configuration, cancellationToken)
                .ConfigureAwait(false);
            if (shown.AsSpan().SequenceEqual(wanted) || _time.GetElapsedTime(start) >= ReplyPatience)
            {
                return await ReadConfigurationAsync(cancellationToken).ConfigureAwait(false);
            }

            await _link.ReceiveAsync(Slice, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The walker's rail baselines that the sensor compares with, or null when it has none.</summary>
    /// <exception cref="SensorLinkException">It refuses, or what it says are none that this program knows.</exception>
    public Task<Gait.RailBaselines?> ReadRailBaselinesAsync(CancellationToken cancellationToken) =>
        RailBaselinesAccess.ReadAsync(_link, cancellationToken);

    /// <summary>Gives the sensor rail baselines, or takes them away (null), and waits until it shows them.</summary>
    /// <exception cref="SensorLinkException">It refused, or could not keep them; the old ones stay.</exception>
    public Task WriteRailBaselinesAsync(Gait.RailBaselines? baselines, CancellationToken cancellationToken) =>
        RailBaselinesAccess.WriteAsync(_link, _time, baselines, cancellationToken);

    /// <summary>Has a characteristic's notifications handed on while something is waited for.</summary>
    public Task HearAsync(Guid characteristic, Action<byte[]> onValue, CancellationToken cancellationToken) =>
        _link.SubscribeAsync(Uuids.Backstep, characteristic, onValue, cancellationToken);

    /// <summary>Lets so much time pass, hearing what comes.</summary>
    /// <exception cref="SensorLinkException">The link broke.</exception>
    public async Task PauseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        for (long start = _time.GetTimestamp(); _time.GetElapsedTime(start) < time;)
        {
            if (!_link.IsConnected)
            {
                throw new SensorLinkException($"the link to the sensor broke: {_whyLost ?? "no reason known"}");
            }

            await _link.ReceiveAsync(Slice, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A text of the Device Information service; null when the sensor has none.</summary>
    public async Task<string?> ReadTextAsync(Guid characteristic, CancellationToken cancellationToken)
    {
        try
        {
            return DeviceInformation.Decode(
                await _link.ReadAsync(Uuids.DeviceInformation, characteristic, cancellationToken)
                    .ConfigureAwait(false), out _) is { } text ? OneLine.Of(text) : null;
        }
        catch (SensorLinkException) when (_link.IsConnected)
        {
            return null;
        }
    }

    /// <summary>The battery's level in %; null when the sensor cannot tell.</summary>
    public async Task<int?> ReadBatteryAsync(CancellationToken cancellationToken)
    {
        try
        {
            int percent =
                BatteryLevel.Decode(
                    await _link.ReadAsync(Uuids.Battery, Uuids.BatteryLevel, cancellationToken)
                        .ConfigureAwait(false), out var error);
            return error == DecodeError.None ? percent : null;
        }
        catch (SensorLinkException) when (_link.IsConnected)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _link.DisconnectAsync().ConfigureAwait(false);
        _link.Dispose();
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        bool isUp = false;
        try
        {
            await _link.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await _link.SubscribeAsync(Uuids.Backstep, Uuids.Control, OnControl, cancellationToken)
                .ConfigureAwait(false);
            isUp = true;
        }
        finally
        {
            if (!isUp)
            {
                await _link.DisconnectAsync().ConfigureAwait(false); // half a link is none
            }
        }
    }

    private void OnControl(byte[] value)
    {
        if (ControlReply.Decode(value, out _) is { } reply)
        {
            _replies.Enqueue(reply);
        }
    }
}
