using Backstep.Gym.Messages;

namespace Backstep.Gym.Gateway;

/// <summary>News of one clip that belong together: all of it is on disk, or nothing.</summary>
/// <param name="Clip">Whose.</param>
public sealed record OutboxEntry(string Clip)
{
    /// <summary>Strides to be sent; null for none. Gateway, outbox and batch are filled in by the outbox.</summary>
    public StrideBatch? Strides { get; init; }

    /// <summary>A session's end to be sent; null for none. Gateway, outbox and batch likewise.</summary>
    public ClipSession? Session { get; init; }

    /// <summary>How far the clip's strides are had from now on; null when that has not changed.</summary>
    public HadStrides? Had { get; init; }

    /// <summary>How far one of its sessions is handed over; null when that has not changed.</summary>
    public HandedSession? Handed { get; init; }
}

/// <summary>How far the strides of a clip's newest run are had.</summary>
/// <param name="Flash">As in <see cref="StrideBatch.Flash"/>.</param>
/// <param name="Run">As in <see cref="StrideBatch.Run"/>.</param>
/// <param name="Next">The first number that is lacking.</param>
/// <param name="StartedAt">When the clip was started, by its own clock: tells runs of a clip apart that cannot count
/// them; null when it has not told.</param>
public sealed record HadStrides(string Flash, int Run, uint Next, DateTimeOffset? StartedAt);

/// <summary>How far a session of a clip is handed over.</summary>
/// <param name="Flash">As in <see cref="StrideBatch.Flash"/>.</param>
/// <param name="Run">As in <see cref="StrideBatch.Run"/>.</param>
/// <param name="Session">Its number.</param>
/// <param name="Placed">Strides that were handed over as its own.</param>
/// <param name="First">The first of them; null when there is none.</param>
/// <param name="Last">The last.</param>
/// <param name="IsExact">Whether these are all that the clip counts, as far as it has told.</param>
/// <param name="IsWhole">Whether it is over, and handed over whole: it is not asked for again.</param>
public sealed record HandedSession(string Flash, int Run, int Session, SessionCounts Placed, uint? First, uint? Last,
    bool IsExact, bool IsWhole);

/// <summary>A message as it waits on disk.</summary>
/// <param name="Batch">Its number.</param>
/// <param name="Clip">Whose.</param>
/// <param name="IsSession">A session's end; else strides.</param>
/// <param name="Payload">The same bytes however often it is sent.</param>
public sealed record WaitingBatch(long Batch, string Clip, bool IsSession, byte[] Payload);
