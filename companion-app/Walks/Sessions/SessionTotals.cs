using Backstep.Gait;
using Backstep.Walks.Strides;

namespace Backstep.Walks.Sessions;

/// <summary>A session in numbers, all worked out from its strides (<see cref="Of"/>). Null means not known.</summary>
public sealed record SessionTotals
{
    private const double StepsPerStride = 2; // one of each foot
    private const double MillisecondsPerMinute = 60000;

    /// <summary>From the start to the last contact, pauses included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Time spent walking: neither a pause nor standing.</summary>
    public TimeSpan Active { get; init; }

    /// <summary>Strides backward, of all sensors on a foot.</summary>
    public int BackwardStrides { get; init; }

    /// <summary>Strides forward.</summary>
    public int ForwardStrides { get; init; }

    /// <summary>Strides of unknown direction.</summary>
    public int UnknownStrides { get; init; }

    /// <summary>All of them.</summary>
    public int Strides => BackwardStrides + ForwardStrides + UnknownStrides;

    /// <summary>Backward strides whose landing is known.</summary>
    public int LandedStrides { get; init; }

    /// <summary>Of those, the ones that landed toes first.</summary>
    public int ToeFirstStrides { get; init; }

    /// <summary>Strides for which it is known whether the rails were held.</summary>
    public int PosturedStrides { get; init; }

    /// <summary>Of those, the ones with a hand on a rail.</summary>
    public int HeldStrides { get; init; }

    /// <summary>Steps of both feet a minute, mean over the time spent walking backward; of other walking when there is
    /// none.</summary>
    public double? CadenceStepsPerMinute { get; init; }

    /// <summary>Mean foot strike angle of the backward strides in degrees, positive = toes up.</summary>
    public double? FootStrikeDegrees { get; init; }

    /// <summary>Mean tilt of the backward strides in degrees, positive = outer edge.</summary>
    public double? TiltDegrees { get; init; }

    /// <summary>Distance against the belt or the ground in m, by one foot, whichever way it went.</summary>
    public double? DistanceMeters { get; init; }

    /// <summary>Of it, what was walked backward: the way up a hill without the way down; null when no backward stride
    /// was measured.</summary>
    public double? BackwardMeters { get; init; }

    /// <summary>Mean belt speed over the backward strides that could be measured, in m/s; over others when there are
    /// none.</summary>
    public double? BeltMetersPerSecond { get; init; }

    /// <summary>From the start until the rhythm had settled; null when it never did.</summary>
    public TimeSpan? RhythmSettledAfter { get; init; }

    /// <summary>Share of toe-first landings, 0 to 1; null when no landing is known.</summary>
    public double? ToeFirstShare => LandedStrides == 0 ? null : (double)ToeFirstStrides / LandedStrides;

    /// <summary>Share of strides with a hand on a rail, 0 to 1; null when it is known of none.</summary>
    public double? HeldShare => PosturedStrides == 0 ? null : (double)HeldStrides / PosturedStrides;

    /// <summary>Works them out.</summary>
    /// <param name="sensors">The sensors of the session. What one on a wrist takes for strides is none.</param>
    /// <param name="strides">The strides, in any order.</param>
    /// <param name="marks">What tells of pauses: nothing in them counts.</param>
    public static SessionTotals Of(IReadOnlyList<SessionSensor> sensors, IEnumerable<KeptStride> strides,
        IEnumerable<SessionMark> marks) => Of(Pauses.Of(marks).Walked(sensors, strides));

    /// <summary>Works them out of strides that all count, in order (<see cref="Pauses.Walked"/>).</summary>
    public static SessionTotals Of(IReadOnlyList<KeptStride> feet)
    {
        var backward = feet.Where(kept => kept.Stride.Direction == Direction.Backward).Select(kept => kept.Stride)
            .ToArray();

        // Up a hill is backward, down is not: what is said of how somebody walks is said of backward by itself.
        var told = backward.Length > 0 ? [.. feet.Where(kept => kept.Stride.Direction == Direction.Backward)] : feet;
        var timed = told.Where(kept => IsTimed(kept.Stride)).Select(kept => kept.Stride).ToArray();
        var measured =
            told.Where(kept => kept.Stride.BeltSpeedMillimetersPerSecond != Stride.Missing && IsTimed(kept.Stride))
                .Select(kept => kept.Stride).ToArray();
        return new SessionTotals
        {
            Elapsed = feet.Count == 0 ? TimeSpan.Zero : feet[^1].At,
            Active = ActiveTime(feet),
            BackwardStrides = backward.Length,
            ForwardStrides = feet.Count(kept => kept.Stride.Direction == Direction.Forward),
            UnknownStrides = feet.Count(kept => kept.Stride.Direction == Direction.Unknown),
            LandedStrides = backward.Count(stride => stride.Landing != Landing.Unknown),
            ToeFirstStrides = backward.Count(stride => stride.Landing == Landing.Toe),
            PosturedStrides = feet.Count(kept => kept.Rails != Posture.Unknown),
            HeldStrides = feet.Count(kept => kept.Rails == Posture.Held),
            CadenceStepsPerMinute = timed.Length == 0
                ? null
                : StepsPerStride * MillisecondsPerMinute
                    * timed.Length / timed.Sum(stride => (double)stride.StrideMilliseconds),
            FootStrikeDegrees =
                Statistics.Mean(Statistics.Measured(backward, stride => stride.FootStrikeHalfDegrees, 0.5)),
            TiltDegrees = Statistics.Mean(Statistics.Measured(backward, stride => stride.TiltHalfDegrees, 0.5)),
            DistanceMeters = Distance(feet),
            BackwardMeters = Distance(feet.Where(kept => kept.Stride.Direction == Direction.Backward)),
            BeltMetersPerSecond = measured.Length == 0
                ? null
                : measured.Sum(stride => (double)stride.LengthMillimeters) / measured.Sum(
                    stride => (double)stride.StrideMilliseconds),
            RhythmSettledAfter = feet.GroupBy(kept => kept.Sensor).Select(foot => SettledAfter([.. foot])).Min(),
        };
    }

    private static bool IsTimed(Stride stride) =>
        stride.StrideMilliseconds != Stride.Missing && stride.StrideMilliseconds <= Stride.LongestMilliseconds;

    /// <summary>The time that is covered by a stride of either foot: of the first stride of a bout only the
    /// swing.</summary>
    private static TimeSpan ActiveTime(IReadOnlyList<KeptStride> feet)
    {
        var covered = TimeSpan.Zero;
        var until = TimeSpan.Zero; // nothing is walked before the start
        foreach (var (from, to) in feet.Select(kept => (From: kept.At - Length(kept.Stride), To: kept.At))
            .OrderBy(span => span.From))
        {
            if (to > until)
            {
                covered += to - (from > until ? from : until);
                until = to;
            }
        }

        return covered;

        static TimeSpan Length(Stride stride) =>
            TimeSpan.FromMilliseconds(IsTimed(stride) ? stride.StrideMilliseconds : stride.SwingMilliseconds);
    }

    /// <summary>Each foot goes the whole way; one that was followed for a part only falls short, so the longer one
    /// counts.</summary>
    private static double? Distance(IEnumerable<KeptStride> feet) => feet
        .Where(kept => kept.Stride.LengthMillimeters != Stride.Missing)
        .GroupBy(kept => kept.Sensor)
        .Select(foot => (double?)(foot.Sum(kept => (long)kept.Stride.LengthMillimeters) / 1000.0))
        .Max();

    /// <summary>When the backward strides of one foot, in one go, were even for the first time, as the sensor itself
    /// would tell.</summary>
    private static TimeSpan? SettledAfter(KeptStride[] foot)
    {
        var rhythm = new Rhythm();
        foreach (var kept in foot)
        {
            rhythm.Add(kept.Stride);
            if (rhythm.IsSettled)
            {
                return kept.At;
            }
        }

        return null;
    }
}
