using Backstep.Gym.Messages;
using Backstep.Protocol;
using Backstep.Store;
using Backstep.Walks.Sessions;

namespace Backstep.Gym.Keeping;

/// <summary>How strides are kept: what differs between the databases.</summary>
internal interface IStrideTable
{
    /// <summary>Keeps them in one transaction, together with <paramref name="besides"/>.</summary>
    /// <param name="database">Where.</param>
    /// <param name="rows">Each key once.</param>
    /// <param name="besides">What is to happen in the same transaction.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many were not there.</returns>
    Task<long> KeepAsync(GymDatabase database, IReadOnlyList<StrideRow> rows, Func<GymConnection, Task> besides,
        CancellationToken cancellationToken);

    /// <summary>Deletes strides from before a moment.</summary>
    /// <returns>How many.</returns>
    Task<long> ForgetBeforeAsync(GymDatabase database, DateTimeOffset moment, CancellationToken cancellationToken);
}

/// <summary>A stride's key: numbers count from a start of the clip. The session is none of it: for late strides it is
/// inferred, and two gateways could infer it differently.</summary>
internal readonly record struct StrideKey(string Clip, string Flash, int Run, uint Number);

/// <summary>A stride to be kept.</summary>
internal sealed record StrideRow(StrideKey Key, int? Session, bool Simulated, DateTimeOffset At, byte[] Record)
{
    /// <summary>What batches hold, by key, each key once: the first, with the first session that any of them
    /// knows.</summary>
    /// <exception cref="Walks.BadInputException">A stride is none that a sensor can tell.</exception>
    public static IReadOnlyList<StrideRow> Of(IReadOnlyList<StrideBatch> batches)
    {
        var rows = new Dictionary<StrideKey, StrideRow>();
        foreach (var batch in batches)
        {
            foreach (var line in batch.Strides)
            {
                var key = new StrideKey(batch.Clip, batch.Flash, batch.Run, line.Number);
                if (!rows.TryGetValue(key, out var first))
                {
                    rows.Add(key, new StrideRow(key, batch.Session, batch.Simulated, Milliseconds.Whole(line.At),
                        StrideRecord.Bytes(line.ToStride())));
                }
                else if (first.Session == null)
                {
                    rows[key] = first with { Session = batch.Session };
                }
            }
        }

        return [.. rows.Values
            .OrderBy(row => row.Key.Clip, StringComparer.Ordinal).ThenBy(row => row.Key.Flash, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Run).ThenBy(row => row.Key.Number)];
    }

    /// <summary>From a row: clip, flash, run, session, is_simulated, at, record.</summary>
    /// <exception cref="StoreException">The record is damaged.</exception>
    public static RoomStride Read(GymRow row) => new(row.Text(0), row.Text(1), row.Number(2), row.NumberOrNull(3),
        row.Flag(4), row.Moment(5), StrideCodec.Decode(row.Bytes(6), out var error)
            ?? throw new StoreException($"a stride of clip {row.Text(0)} is damaged ({error}). The store was left as "
                + "it is: put a backup in its place."));
}
