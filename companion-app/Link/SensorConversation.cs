using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks;
using Backstep.Walks.Rails;

namespace Backstep.Link;

/// <summary>
/// The conversation with one sensor: settings, commands and their answers. A command that has something to wait for is
/// asked; <see cref="SensorClient"/>, which follows a sensor and waits for nothing, has its commands carried in line.
/// </summary>
public sealed class SensorConversation : IAsyncDisposable
{
    private readonly ISensorLink _link;
    private readonly TimeProvider _time;

    /// <summary>Over a link that is not up yet; the conversation disposes of it.</summary>
    public SensorConversation(ISensorLink link, TimeProvider time)
    {
        _link = link;
        _time = time;
        Commands = new CommandExchange(link, time);
    }

    /// <summary>What the sensor calls itself.</summary>
    public string Name => _link.Name;

    /// <summary>Its commands and their answers.</summary>
    internal CommandExchange Commands { get; }

    /// <summary>An attempt to connect failed, for a reason that may pass: why.</summary>
    public event Action<string>? Waiting;

    /// <summary>Begins. Patiently: see <see cref="ConnectRetry"/>.</summary>
    /// <exception cref="SensorLinkException">The sensor stays out of reach, or refuses.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken) =>
        ConnectRetry.MakeAsync(_link, _time, () => SetUpAsync(cancellationToken),
            (e, _) => Waiting?.Invoke(e.Message), cancellationToken);

    /// <summary>Gives a command and waits for the first answer.</summary>
    /// <exception cref="SensorLinkException">The sensor did not take it, did not answer, or the link broke.</exception>
    public Task<ControlReply> AskAsync(ControlCommand command, CancellationToken cancellationToken) =>
        Commands.AskAsync(command, cancellationToken);

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
            reply = await Commands.NextReplyAsync(patience, cancellationToken).ConfigureAwait(false);
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
        await WriteAsync(Uuids.Configuration, value[..configuration.Encode(value, 0)], cancellationToken)
            .ConfigureAwait(false);
        return await ReadConfigurationAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The walker's rail baselines that the sensor compares with, or null when it has none.</summary>
    /// <exception cref="SensorLinkException">It refuses, or what it says are none that this program knows.</exception>
    public async Task<RailBaselines?> ReadRailBaselinesAsync(CancellationToken cancellationToken)
    {
        byte[] value = await _link.ReadAsync(Uuids.Backstep, Uuids.RailBaselines, cancellationToken)
            .ConfigureAwait(false);
        return RailBaselinesCodec.Decode(value, out var error) is { } baselines
            ? RailBaselinesCodec.OrNull(baselines)
            : throw new SensorLinkException($"the sensor's rail baselines cannot be read: {error}");
    }

    /// <summary>Gives the sensor rail baselines, or takes them away (null), and waits until it shows them.</summary>
    /// <exception cref="SensorLinkException">It refused, or could not keep them; the old ones stay.</exception>
    public async Task WriteRailBaselinesAsync(RailBaselines? baselines, CancellationToken cancellationToken)
    {
        if (!await WriteAsync(Uuids.RailBaselines, EncodedBaselines.Of(baselines), cancellationToken)
            .ConfigureAwait(false))
        {
            throw new SensorLinkException("the sensor could not keep the rail baselines: the old ones stay");
        }
    }

    /// <summary>Gives the sensor the walker's rail baselines unless it has them already.</summary>
    /// <param name="walkers">The walker's; null when there are none: then nothing is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whose it has now, and whether they were given just now.</returns>
    /// <exception cref="SensorLinkException">The link broke.</exception>
    public async Task<(BaselineOwner Owner, bool WereGiven)> SettleRailBaselinesAsync(RailBaselines? walkers,
        CancellationToken cancellationToken)
    {
        var owner = BaselineOwner.Nobody;
        try
        {
            if (await ReadRailBaselinesAsync(cancellationToken).ConfigureAwait(false) is { } found)
            {
                owner = walkers != null
                    && EncodedBaselines.Of(found).AsSpan().SequenceEqual(EncodedBaselines.Of(walkers))
                    ? BaselineOwner.Walker : BaselineOwner.SomebodyElse;
            }

            if (walkers == null || owner == BaselineOwner.Walker)
            {
                return (owner, false);
            }

            await WriteRailBaselinesAsync(walkers, cancellationToken).ConfigureAwait(false);
            return (BaselineOwner.Walker, true);
        }
        catch (SensorLinkException) when (_link.IsConnected)
        {
            return (owner, false); // older firmware, or a sensor that this computer may not set
        }
    }

    /// <summary>Has a characteristic's notifications handed on while something is waited for.</summary>
    public Task SubscribeAsync(Guid characteristic, Action<byte[]> onValue, CancellationToken cancellationToken) =>
        _link.SubscribeAsync(Uuids.Backstep, characteristic, onValue, cancellationToken);

    /// <summary>Lets so much time pass, hearing what comes.</summary>
    /// <exception cref="SensorLinkException">The link broke.</exception>
    public async Task PauseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        for (long start = _time.GetTimestamp(); _time.GetElapsedTime(start) < time;)
        {
            Commands.ThrowIfLost();
            await _link.ReceiveAsync(CommandExchange.Slice, cancellationToken).ConfigureAwait(false);
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
            await Commands.ListenAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Writes, and waits until the sensor shows what was written: a good value is stored by its loop, a moment
    /// after it was taken.</summary>
    /// <returns>Whether it shows it.</returns>
    private async Task<bool> WriteAsync(Guid characteristic, byte[] wanted, CancellationToken cancellationToken)
    {
        await _link.WriteAsync(Uuids.Backstep, characteristic, wanted, cancellationToken).ConfigureAwait(false);
        long start = _time.GetTimestamp();
        while (true)
        {
            byte[] shown = await _link.ReadAsync(Uuids.Backstep, characteristic, cancellationToken)
                .ConfigureAwait(false);
            bool isShown = shown.AsSpan().SequenceEqual(wanted);
            if (isShown || _time.GetElapsedTime(start) >= CommandExchange.ReplyPatience)
            {
                return isShown;
            }

            await _link.ReceiveAsync(CommandExchange.Slice, cancellationToken).ConfigureAwait(false);
        }
    }
}
