namespace Backstep.Walks.Sessions;

/// <summary>When pain was noted. The numbers stand in the store.</summary>
public enum PainMoment
{
    /// <summary>Before a session.</summary>
    Before = 0,

    /// <summary>Right after it.</summary>
    After = 1,

    /// <summary>On the morning after it.</summary>
    NextMorning = 2,
}

/// <summary>Pain, as a walker noted it.</summary>
/// <param name="WalkerId">Whose.</param>
/// <param name="SessionId">The session it belongs to; null when it stands alone.</param>
/// <param name="At">When it was noted.</param>
/// <param name="Moment">Before, after, or the next morning.</param>
/// <param name="Level">0 (none) to 10 (the worst imaginable).</param>
public sealed record PainNote(long WalkerId, long? SessionId, DateTimeOffset At, PainMoment Moment, int Level)
{
    /// <summary>A walk that begins so soon after a note of the pain before it is the walk that was meant.</summary>
    public static readonly TimeSpan BelongsToAWalkWithin = TimeSpan.FromHours(4);

    /// <summary>
    /// Notes as they were made, oldest first, none in the future. One that a clock dated there which was ahead was made
    /// before the next one, or by now: an alarm counts at once, and a later note can lift it.
    /// </summary>
    /// <param name="now">What no note was made after.</param>
    /// <param name="notes">In the order in which they were made, or taken in from a file, which brings old
    /// ones.</param>
    public static IReadOnlyList<PainNote> Dated(DateTimeOffset now, IReadOnlyList<PainNote> notes)
    {
        var dated = notes.Select((note, i) => note.At <= now ? note
            : note with { At = (notes.Skip(i + 1).Where(later => later.At <= now && later.At >= Before(i))
                .Min(later => (DateTimeOffset?)later.At)?.AddTicks(-1) ?? now).ToOffset(note.At.Offset) });
        return [.. dated.OrderBy(note => note.At)];

        DateTimeOffset Before(int i) => notes.Take(i).Where(earlier => earlier.At <= now)
            .Select(earlier => earlier.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
    }
}
