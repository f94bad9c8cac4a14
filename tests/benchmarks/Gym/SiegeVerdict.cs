using System.Globalization;
using Backstep.Gym.Keeping;
using Backstep.Rehearsal.Room;

namespace Backstep.Benchmarks.Gym;

/// <summary>What the clips counted against what the store holds.</summary>
/// <param name="Sent">Strides that the clips counted, by their own word.</param>
/// <param name="Stored">Strides in the store.</param>
/// <param name="Missing">Counted, and not stored.</param>
/// <param name="Doubled">Stored more than once, or stored and never counted.</param>
/// <param name="Sessions">Sessions in the store.</param>
/// <param name="WithoutSession">Strides whose session is not known.</param>
internal sealed record SiegeVerdict(long Sent, long Stored, long Missing, long Doubled, int Sessions,
    long WithoutSession)
{
    /// <summary>Whether every stride is there once.</summary>
    public bool IsGood => Missing == 0 && Doubled == 0 && Sent == Stored && Sent > 0;

    /// <summary>Reads it all.</summary>
    /// <param name="truth">What the clips counted.</param>
    /// <param name="store">The store.</param>
    public static async Task<SiegeVerdict> OfAsync(RoomTruth truth, IGymStore store)
    {
        long sent = 0, stored = 0, missing = 0, doubled = 0, without = 0;
        int sessions = 0;
        foreach (var clip in truth.Clips)
        {
            sent += clip.LastStride;
            var left = Enumerable.Range(1, (int)clip.LastStride).Select(number => (uint)number).ToHashSet();
            await foreach (var stride in store.StridesAsync(clip.Address, DateTimeOffset.MinValue.AddYears(1),
                DateTimeOffset.MaxValue.AddYears(-1), CancellationToken.None).ConfigureAwait(false))
            {
                stored++;
                bool isNew = left.Remove(stride.Stride.Sequence) && stride.Flash == clip.Flash
                    && stride.Run == clip.Run;
                doubled += isNew ? 0 : 1;
                without += stride.Session == null ? 1 : 0;
            }

            missing += left.Count;
            sessions += (await store.SessionsAsync(clip.Address, DateTimeOffset.MinValue.AddYears(1),
                DateTimeOffset.MaxValue.AddYears(-1), CancellationToken.None).ConfigureAwait(false)).Count;
        }

        return new SiegeVerdict(sent, stored, missing, doubled, sessions, without);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"strides sent {Sent}, stored {Stored}, missing {Missing}, doubled {Doubled}; {Sessions} sessions, ")
        + string.Create(CultureInfo.InvariantCulture, $"{WithoutSession} strides in none that is known");
}
