namespace Backstep.Companion.Sessions;

/// <summary>A session in numbers, all worked out from its strides. Null means not known.</summary>
public sealed record SessionTotals
{
    /// <summary>From the start to the end, pauses included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Time spent walking.</summary>
    public TimeSpan Active { get; init; }

    /// <summary>Strides backward, of all sensors on a foot.</summary>
    public int BackwardStrides { get; init; }

    /// <summary>Strides forward.</summary>
    public int ForwardStrides { get; init; }

    /// <summary>Strides of unknown direction.</summary>
    public int UnknownStrides { get; init; }

    /// <summary>Backward strides whose landing is known.</summary>
    public int LandedStrides { get; init; }

    /// <summary>Of those, the ones that landed toes first.</summary>
    public int ToeFirstStrides { get; init; }

    /// <summary>Strides for which it is known whether the rails were held.</summary>
    public int PosturedStrides { get; init; }

    /// <summary>Of those, the ones with a hand on a rail.</summary>
    public int HeldStrides { get; init; }

    /// <summary>Steps of both feet a minute, mean over the time spent walking.</summary>
    public double? CadenceStepsPerMinute { get; init; }

    /// <summary>Mean foot strike angle of the backward strides in degrees, positive = toes up.</summary>
    public double? FootStrikeDegrees { get; init; }

    /// <summary>Mean tilt of the backward strides in degrees, positive = outer edge.</summary>
    public double? TiltDegrees { get; init; }

    /// <summary>Distance against the belt or the ground in m, by one foot.</summary>
    public double? DistanceMeters { get; init; }

    /// <summary>Mean belt speed over the strides that could be measured, in m/s.</summary>
    public double? BeltMetersPerSecond { get; init; }

    /// <summary>From the start until the rhythm had settled; null when it never did.</summary>
    public TimeSpan? RhythmSettledAfter { get; init; }
}
