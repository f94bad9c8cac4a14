using Backstep.Gait;

namespace Backstep.Walks.Sessions;

/// <summary>An interval up a hill or with a sled, or the way back after it. Null means not known.</summary>
/// <param name="Number">Which interval, from 1; of the way back the one before it.</param>
/// <param name="IsWork">Whether it is the interval itself.</param>
/// <param name="Length">How long.</param>
/// <param name="Backward">Strides backward.</param>
/// <param name="Forward">Strides forward.</param>
/// <param name="ToeFirstShare">Share of toe-first landings among backward ones whose landing is known, 0 to 1.</param>
/// <param name="StridesPerMinute">Of one foot.</param>
public sealed record IntervalPart(int Number, bool IsWork, TimeSpan Length, int Backward, int Forward,
    double? ToeFirstShare, double? StridesPerMinute)
{
    /// <summary>The parts of a session, in order, what came before the first interval left out; none in a session
    /// without intervals.</summary>
    public static IReadOnlyList<IntervalPart> Of(KeptSession session)
    {
        if (!session.Marks.Any(mark => mark.Kind == MarkKind.IntervalBegins))
        {
            return [];
        }

        int number = 0;
        var parts = new List<IntervalPart>();
        var course = SessionCourse.Of(session);
        foreach (var lap in course.Laps)
        {
            number += lap.IsActive ? 1 : 0;
            if (number > 0)
            {
                parts.Add(Part(session, lap, number, isLast: lap.Until >= course.End));
            }
        }

        return parts;
    }

    private static IntervalPart Part(KeptSession session, CourseLap lap, int number, bool isLast)
    {
        var strides = session.Walked.Where(kept => kept.At >= lap.From && (kept.At < lap.Until || isLast))
            .Select(kept => kept.Stride).ToArray();
        var landed = strides
            .Where(stride => stride.Direction == Direction.Backward && stride.Landing != Landing.Unknown).ToArray();
        return new IntervalPart(number, lap.IsActive, lap.Timer,
            strides.Count(stride => stride.Direction == Direction.Backward),
            strides.Count(stride => stride.Direction == Direction.Forward),
            landed.Length == 0 ? null
                : landed.Count(stride => stride.Landing == Landing.Toe) / (double)landed.Length,
            lap.StridesPerMinute);
    }
}
