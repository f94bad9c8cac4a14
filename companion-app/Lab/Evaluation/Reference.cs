using Backstep.Gait;

namespace Backstep.Lab.Evaluation;

/// <summary>
/// What is known about a walk from elsewhere. A reference may leave things out (motion capture leaves out turns): then
/// it only speaks for its own stretches, runs of contacts with no hole between them, and a stride found outside of
/// these is neither right nor invented.
/// </summary>
public sealed class Reference
{
    /// <summary>A reference or found event belongs to the other this close to it, s. Strides are at least four times as
    /// long.</summary>
    public const double MatchSeconds = 0.25;

    // Strides differ by less than this from their middle one; a longer wait hides a stride that the reference left out.
    private const double LongestOfMedian = 1.6;

    private readonly List<(double From, double To)> _stretches = [];

    private Reference(Direction direction, IReadOnlyList<ReferenceContact> contacts, IReadOnlyList<double> footOffs,
        bool complete)
    {
        (Direction, Contacts, FootOffs, IsComplete) = (direction, contacts, footOffs, complete);
    }

    /// <summary>Which way every stride goes for which the contact itself says nothing else.</summary>
    public Direction Direction { get; }

    /// <summary>In order.</summary>
    public IReadOnlyList<ReferenceContact> Contacts { get; }

    /// <summary>In order.</summary>
    public IReadOnlyList<double> FootOffs { get; }

    /// <summary>Whether every stride of the walk is in it, so that any other is invented.</summary>
    public bool IsComplete { get; }

    /// <summary>Nothing but the direction of a walk is known, and perhaps not even that.</summary>
    public static Reference None(Direction direction) => new(direction, [], [], false);

    /// <summary>Every stride is known.</summary>
    public static Reference Complete(Direction direction, IEnumerable<ReferenceContact> contacts,
        IEnumerable<double> footOffs) =>
        new(direction, [.. contacts], [.. footOffs], true);

    /// <summary>Some strides are known. Contacts without a stride time get it from the contact before, where that is no
    /// hole.</summary>
    public static Reference Partial(Direction direction, IEnumerable<ReferenceContact> contacts,
        IEnumerable<double> footOffs)
    {
        var ordered = contacts.OrderBy(contact => contact.Seconds).ToList();
        var waits = ordered.Zip(ordered.Skip(1), (one, next) => next.Seconds - one.Seconds).Order().ToList();
        double longest = waits.Count == 0 ? 0 : LongestOfMedian * waits[waits.Count / 2];
        var stretches = new List<(double From, double To)>();
        for (int i = 0; i < ordered.Count; i++)
        {
            double at = ordered[i].Seconds;
            if (i > 0 && at - ordered[i - 1].Seconds <= longest)
            {
                ordered[i] = ordered[i] with { StrideSeconds = at - ordered[i - 1].Seconds };
                stretches[^1] = (stretches[^1].From, at);
            }
            else
            {
                stretches.Add((at, at));
            }
        }

        var reference = new Reference(direction, ordered, [.. footOffs.Order()], false);
        reference._stretches.AddRange(stretches);
        return reference;
    }

    /// <summary>Whether the reference would have a stride whose contact lies there.</summary>
    public bool SpeaksFor(double seconds) =>
        IsComplete
            || _stretches.Exists(
                stretch => seconds >= stretch.From - MatchSeconds && seconds <= stretch.To + MatchSeconds);
}
