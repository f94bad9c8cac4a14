using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>What a sensor tells that stands for itself, as an event. Strides and the log do not: they are put in order
/// first (<see cref="StrideIntake"/>).</summary>
/// <param name="link">The sensor.</param>
/// <param name="tell">Gets the events; <see cref="PayloadRejected"/> where the bytes say nothing.</param>
internal sealed class SensorPayloads(ISensorLink link, Action<SensorEvent> tell)
{
    // How each characteristic is read; null where its bytes say nothing.
    private static readonly Dictionary<Guid, Reader> Readers = new()
    {
        [Uuids.Configuration] = static (byte[] value, out DecodeError error) =>
            Configuration.Decode(value, out error, out _) is { } told ? new ConfigurationReceived(told) : null,
        [Uuids.Session] = static (byte[] value, out DecodeError error) =>
            Session.Decode(value, out error) is { } told ? new SessionReceived(told) : null,
        [Uuids.BatteryLevel] = static (byte[] value, out DecodeError error) =>
            BatteryLevel.Decode(value, out error) is var percent && error == DecodeError.None
                ? new BatteryReceived(percent) : null,
        [Uuids.Rails] = static (byte[] value, out DecodeError error) =>
            RailEstimate.Decode(value, out error) is { } told ? new RailsReceived(told) : null,
        [Uuids.WristMotion] = static (byte[] value, out DecodeError error) =>
            WristMotion.Decode(value, out error) is { } told ? new WristReceived(told) : null,
        [Uuids.RscMeasurement] = static (byte[] value, out DecodeError error) =>
            RscMeasurement.Decode(value, out error) is { } told ? new RunningSpeedReceived(told) : null,
        [Uuids.RawMotion] = static (byte[] value, out DecodeError error) =>
            RawMotion.Decode(value, out error) is { } told ? new RawMotionReceived(told) : null,
    };

    private delegate SensorEvent? Reader(byte[] value, out DecodeError error);

    /// <summary>Listens to what comes by itself.</summary>
    public async Task ListenAsync(FollowOptions? options, CancellationToken cancellationToken)
    {
        await ListenAsync(Uuids.Backstep, Uuids.Session, cancellationToken).ConfigureAwait(false);
        await ListenAsync(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement, cancellationToken).ConfigureAwait(false);
        await ListenAsync(Uuids.Battery, Uuids.BatteryLevel, cancellationToken).ConfigureAwait(false);
        if (options?.WithRawMotion == true)
        {
            await ListenAsync(Uuids.Backstep, Uuids.RawMotion, cancellationToken).ConfigureAwait(false);
        }

        Guid[] ofRails = options?.WithRails == true ? [Uuids.Rails, Uuids.WristMotion] : [];
        foreach (var characteristic in ofRails)
        {
            try
            {
                await ListenAsync(Uuids.Backstep, characteristic, cancellationToken).ConfigureAwait(false);
            }
            catch (SensorLinkException) when (link.IsConnected)
            {
                // Older firmware: it says nothing of rails.
            }
        }
    }

    /// <summary>Reads what a link begins with.</summary>
    public async Task ReadAllAsync(FollowOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(Uuids.Backstep, Uuids.Configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (SensorLinkException) when (options?.MayBeUnpaired == true && link.IsConnected)
        {
            // How it is set it tells only to whom it is paired with.
        }

        await ReadSessionAsync(cancellationToken).ConfigureAwait(false);
        await ReadAsync(Uuids.Battery, Uuids.BatteryLevel, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads how the sensor's session stands.</summary>
    public Task ReadSessionAsync(CancellationToken cancellationToken) =>
        ReadAsync(Uuids.Backstep, Uuids.Session, cancellationToken);

    private async Task ReadAsync(Guid service, Guid characteristic, CancellationToken cancellationToken) =>
        Tell(characteristic, await link.ReadAsync(service, characteristic, cancellationToken).ConfigureAwait(false));

    private Task ListenAsync(Guid service, Guid characteristic, CancellationToken cancellationToken) =>
        link.SubscribeAsync(service, characteristic, value => Tell(characteristic, value), cancellationToken);

    private void Tell(Guid characteristic, byte[] value) =>
        tell(Readers[characteristic](value, out var error) ?? new PayloadRejected(characteristic, error));
}
