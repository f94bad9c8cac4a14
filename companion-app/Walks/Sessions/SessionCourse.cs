using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Strides;

namespace Backstep.Walks.Sessions;

/// <summary>What there is to say of one second of a session. Null means not measured; zero means standing.</summary>
/// <param name="Second">Since the start.</param>
/// <param name="DistanceMeters">From the start to here.</param>
/// <param name="SpeedMetersPerSecond">Against the belt.</param>
/// <param name="StridesPerMinute">Of one foot.</param>
/// <param name="BackwardPercent">Share of the strides that went backward.</param>
/// <param name="ToeFirstPercent">Share of toe-first landings among the backward strides whose landing is known.</param>
/// <param name="FootStrikeDegrees">Mean of the backward strides.</param>
/// <param name="TiltDegrees">Mean of the backward strides.</param>
/// <param name="Rails">As of the newest stride.</param>
public sealed record CoursePoint(
    long Second,
    double? DistanceMeters,
    double? SpeedMetersPerSecond,
    double? StridesPerMinute,
    double? BackwardPercent,
    double? ToeFirstPercent,
    double? FootStrikeDegrees,
    double? TiltDegrees,
    Posture Rails)
{
    /// <summary>Mean time on the ground.</summary>
    public double? StanceMilliseconds { get; init; }

    /// <summary>Half a stride, mean.</summary>
    public double? StepMeters { get; init; }
}

/// <summary>An interval, the rest after it, or the whole session.</summary>
/// <param name="From">Since the start.</param>
/// <param name="Until">Since the start.</param>
/// <param name="IsActive">False for the rest between intervals.</param>
/// <param name="Timer">Its length without pauses.</param>
/// <param name="Strides">Of one foot.</param>
/// <param name="DistanceMeters">Covered in it.</param>
/// <param name="StridesPerMinute">Of one foot, while it walked.</param>
public sealed record CourseLap(TimeSpan From, TimeSpan Until, bool IsActive, TimeSpan Timer, int Strides,
    double? DistanceMeters, double? StridesPerMinute);

/// <summary>
/// A session second by second, as files for running sites want it. Each second speaks for the strides of the last four
/// (<see cref="RecentStrides.Stopped"/>): two or three of a foot. The distance is the session's own figure, laid along
/// the strides of one foot, so that every file ends with what the store says.
/// </summary>
public sealed class SessionCourse
{
    // A longer rest is told by its ends: nobody needs a line a second of a forgotten sensor.
    private const long StillSecondsKept = 60;

    private static readonly long Window = RecentStrides.Stopped.Ticks;

    private readonly SessionTotals _totals;
    private readonly Pauses _pauses;
    private readonly KeptStride[] _feet;
    private readonly KeptStride[] _foot;
    private readonly (TimeSpan At, double Meters)[] _knots;

    private SessionCourse(KeptSession session)
    {
        _totals = session.Summary.Totals;
        _feet = [.. session.Walked];
        int one = OneFoot.Of(_feet);
        _foot = [.. _feet.Where(stride => stride.Sensor == one)];
        _knots = [.. Knots()];
        End = _feet.Length > 0 && _feet[^1].At > _totals.Elapsed ? _feet[^1].At : _totals.Elapsed;
        _pauses = session.Pauses;
        Pauses = _pauses.Before(End);
        Laps = [.. LapsOf(session.Marks)];
    }

    /// <summary>When the last thing happened: the end of the session, or a contact after it.</summary>
    public TimeSpan End { get; }

    /// <summary>Strides of one foot.</summary>
    public int Strides => _foot.Length;

    /// <summary>When the walker paused, in order, within the session.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan Until)> Pauses { get; }

    /// <summary>Without gaps from the start to the end; at least one.</summary>
    public IReadOnlyList<CourseLap> Laps { get; }

    /// <summary>Elapsed time without pauses.</summary>
    public TimeSpan Timer => _pauses.Outside(TimeSpan.Zero, _totals.Elapsed);

    /// <summary>Works it out.</summary>
    public static SessionCourse Of(KeptSession session) => new(session);

    /// <summary>The seconds from 0 to the end, pauses and long rests left out.</summary>
    public IEnumerable<CoursePoint> Points()
    {
        long last = (End.Ticks / TimeSpan.TicksPerSecond) + (End.Ticks % TimeSpan.TicksPerSecond > 0 ? 1 : 0);
        int next = 0;
        int first = 0;
        for (long second = 0; second <= last; second++)
        {
            long now = second * TimeSpan.TicksPerSecond;
            while (next < _feet.Length && _feet[next].At.Ticks <= now)
            {
                next++;
            }

            while (first < next && _feet[first].At.Ticks <= now - Window)
            {
                first++;
            }

            if (second < last
                && Pauses.FirstOrDefault(
                    pause => pause.From.Ticks < now && now < pause.Until.Ticks) is { Until.Ticks: > 0 } pause)
            {
                second = Math.Max(second, (pause.Until.Ticks - 1) / TimeSpan.TicksPerSecond);
                continue;
            }

            yield return Point(second, _feet.AsSpan(first, next - first));
            long still = second - (next > 0 ? _feet[next - 1].At.Ticks / TimeSpan.TicksPerSecond : 0);
            if (still >= StillSecondsKept)
            {
                long beforeNext = (next < _feet.Length ? _feet[next].At.Ticks / TimeSpan.TicksPerSecond : last) - 1;
                second = Math.Max(second, beforeNext);
            }
        }
    }

    /// <summary>Distance from the start to a moment, or null when it is not known.</summary>
    public double? DistanceAt(TimeSpan at)
    {
        if (_totals.DistanceMeters is not { } total)
        {
            return null;
        }

        if (at >= End)
        {
            return total;
        }

        double measured = _knots.Length == 0 ? 0 : _knots[^1].Meters;
        if (measured <= 0)
        {
            return at <= TimeSpan.Zero ? 0 : null;
        }

        int low = 0;
        int high = _knots.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _knots[middle].At <= at ? (middle + 1, high) : (low, middle);
        }

        if (low == _knots.Length)
        {
            return total;
        }

        var (fromAt, fromMeters) = low == 0 ? (TimeSpan.Zero, 0) : _knots[low - 1];
        var (toAt, toMeters) = _knots[low];
        double share = toAt > fromAt ? Math.Clamp((at - fromAt) / (toAt - fromAt), 0, 1) : 1;
        return total * Math.Clamp((fromMeters + (share * (toMeters - fromMeters))) / measured, 0, 1);
    }

    private CoursePoint Point(long second, ReadOnlySpan<KeptStride> window)
    {
        var at = TimeSpan.FromTicks(second * TimeSpan.TicksPerSecond);
        if (window.Length == 0)
        {
            return new CoursePoint(second, DistanceAt(at), 0, 0, null, null, null, null, Posture.Unknown);
        }

        KeptStride[] strides = window.ToArray();
        var backward = strides.Where(stride => stride.Stride.Direction == Direction.Backward)
            .Select(stride => stride.Stride).ToArray();
        int landed = backward.Count(stride => stride.Landing != Landing.Unknown);
        int one = _foot.Length > 0 ? _foot[0].Sensor : -1;
        double? Mean(Func<Stride, int> value, double unit) =>
            Statistics.Mean(Statistics.Measured(strides.Select(stride => stride.Stride), value, unit));

        return new CoursePoint(
            second,
            DistanceAt(at),
            Mean(stride => stride.BeltSpeedMillimetersPerSecond, 0.001),
            PerMinute(strides.Where(stride => stride.Sensor == one)),
            100.0 * backward.Length / strides.Length,
            landed == 0 ? null : 100.0 * backward.Count(stride => stride.Landing == Landing.Toe) / landed,
            Statistics.Mean(Statistics.Measured(backward, stride => stride.FootStrikeHalfDegrees, 0.5)),
            Statistics.Mean(Statistics.Measured(backward, stride => stride.TiltHalfDegrees, 0.5)),
            strides[^1].Rails)
        {
            StanceMilliseconds = Mean(stride => stride.StanceMilliseconds, 1),
            StepMeters = Mean(stride => stride.LengthMillimeters, 0.0005),
        };
    }

    private static double? PerMinute(IEnumerable<KeptStride> strides) =>
        Statistics.Mean(
            Statistics.Measured(strides.Select(stride => stride.Stride),
                stride => stride.StrideMilliseconds)) is { } mean and > 0 ? 60_000 / mean : null;

    /// <summary>Metres measured by one foot up to each contact; a stride's length is spread over its time, a pause
    /// before it stays flat.</summary>
    private IEnumerable<(TimeSpan At, double Meters)> Knots()
    {
        double meters = 0;
        var before = TimeSpan.Zero;
        foreach (var kept in _foot.Where(kept => kept.Stride.LengthMillimeters != Stride.Missing))
        {
            int duration = kept.Stride.StrideMilliseconds == Stride.Missing ? kept.Stride.SwingMilliseconds
                : kept.Stride.StrideMilliseconds;
            var begins = kept.At - TimeSpan.FromMilliseconds(Math.Max(duration, 0));
            if (begins > before)
            {
                yield return (begins, meters);
            }

            meters += kept.Stride.LengthMillimeters / 1000.0;
            yield return (kept.At, meters);
            before = kept.At;
        }
    }

    private IEnumerable<CourseLap> LapsOf(IEnumerable<SessionMark> marks)
    {
        var from = TimeSpan.Zero;
        var ordered = marks.Where(mark => mark.Kind is MarkKind.IntervalBegins or MarkKind.IntervalEnds)
            .OrderBy(mark => mark.At).ToArray();
        bool active = ordered.Length == 0;
        foreach (var mark in ordered)
        {
            var at = Within(mark.At);
            if (at > from)
            {
                yield return Lap(from, at, active, isLast: false);
                from = at;
            }

            active = mark.Kind == MarkKind.IntervalBegins;
        }

        if (End > from || from == TimeSpan.Zero)
        {
            yield return Lap(from, End, active, isLast: true);
        }
    }

    private CourseLap Lap(TimeSpan from, TimeSpan until, bool active, bool isLast)
    {
        // A contact right on the border belongs to what follows; the last lap has all the rest.
        var strides =
            _foot.Where(
                stride => (stride.At >= from || from == TimeSpan.Zero)
                    && (stride.At < until || isLast || until >= End)).ToArray();
        return new CourseLap(from, until, active, _pauses.Outside(from, until), strides.Length,
            DistanceAt(until) - DistanceAt(from), PerMinute(strides));
    }

    private TimeSpan Within(TimeSpan at) => at < TimeSpan.Zero ? TimeSpan.Zero : at > End ? End : at;
}
