using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Rails;

namespace Backstep.Link;

/// <summary>Whose rail baselines a shoe compares with.</summary>
public enum BaselineOwner
{
    /// <summary>It has none.</summary>
    Nobody,

    /// <summary>Those of who walks now.</summary>
    Walker,

    /// <summary>Others: what it says of the rails is not about who walks now.</summary>
    SomebodyElse,
}

/// <summary>Reads and writes a sensor's rail baselines over a link that is up.</summary>
internal static class RailBaselinesAccess
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>The baselines that the sensor compares with, or null when it has none.</summary>
    /// <exception cref="SensorLinkException">It refuses, or what it says are none that this program knows.</exception>
    public static async Task<RailBaselines?> ReadAsync(ISensorLink link, CancellationToken cancellationToken)
    {
        byte[] value = await link.ReadAsync(Uuids.Backstep, Uuids.RailBaselines, cancellationToken)
            .ConfigureAwait(false);
        return RailBaselinesCodec.Decode(value, out var error) is { } baselines
            ? RailBaselinesCodec.OrNull(baselines)
            : throw new SensorLinkException($"the sensor's rail baselines cannot be read: {error}");
    }

    /// <summary>Gives the sensor baselines, or takes them away (null), and waits until it shows them.</summary>
    /// <exception cref="SensorLinkException">It refused, or could not keep them; the old ones stay.</exception>
    public static async Task WriteAsync(ISensorLink link, TimeProvider time, RailBaselines? baselines,
        CancellationToken cancellationToken)
    {
        byte[] wanted = EncodedBaselines.Of(baselines);
        await link.WriteAsync(Uuids.Backstep, Uuids.RailBaselines, wanted, cancellationToken).ConfigureAwait(false);
        long start = time.GetTimestamp();
        while (!(await link.ReadAsync(Uuids.Backstep, Uuids.RailBaselines, cancellationToken)
            .ConfigureAwait(false)).AsSpan().SequenceEqual(wanted))
        {
            if (time.GetElapsedTime(start) >= SensorConversation.ReplyPatience)
            {
                throw new SensorLinkException("the sensor could not keep the rail baselines: the old ones stay");
            }

            await link.ReceiveAsync(Slice, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the sensor the walker's baselines unless it has them already.</summary>
    /// <param name="link">The link.</param>
    /// <param name="time">The clock of patience.</param>
    /// <param name="walkers">The walker's; null when there are none: then nothing is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whose it has now, and whether they were given just now.</returns>
    /// <exception cref="SensorLinkException">The link broke.</exception>
    public static async Task<(BaselineOwner Owner, bool WereGiven)> SettleAsync(ISensorLink link, TimeProvider time,
        RailBaselines? walkers, CancellationToken cancellationToken)
    {
        var owner = BaselineOwner.Nobody;
        try
        {
            if (await ReadAsync(link, cancellationToken).ConfigureAwait(false) is { } found)
            {
                owner = walkers != null
                    && EncodedBaselines.Of(found).AsSpan().SequenceEqual(EncodedBaselines.Of(walkers))
                    ? BaselineOwner.Walker : BaselineOwner.SomebodyElse;
            }

            if (walkers == null || owner == BaselineOwner.Walker)
            {
                return (owner, false);
            }

            await WriteAsync(link, time, walkers, cancellationToken).ConfigureAwait(false);
            return (BaselineOwner.Walker, true);
        }
        catch (SensorLinkException) when (link.IsConnected)
        {
            return (owner, false); // older firmware, or a sensor that this computer may not set
        }
    }
}
