using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>Six numbers at one instant, in the chip's axes, before range, noise-free or not as the source says: g and
/// deg/s.</summary>
public readonly record struct Motion(double AxG, double AyG, double AzG, double GxDps, double GyDps, double GzDps);

/// <summary>What moves the virtual chip: a walker, or a recording.</summary>
public interface IMotionSource
{
    /// <summary>The motion at a time since the start, in seconds. Times are asked in rising order.</summary>
    Motion At(double seconds);
}

/// <summary>One stride as it truly was; every number is exact by construction.</summary>
/// <param name="ClearanceSeconds">Foot-off.</param>
/// <param name="ContactSeconds">Initial contact.</param>
/// <param name="FootFlatSeconds">End of loading: the sole lies, or rolls on evenly as flat as it gets.</param>
/// <param name="Direction">Forward or backward.</param>
/// <param name="Landing">Toe, flat or heel.</param>
/// <param name="FootStrikeDegrees">Pitch at contact against the sole lying flat, positive = toes up.</param>
/// <param name="TiltDegrees">Mediolateral tilt at contact, positive = inversion.</param>
/// <param name="StrideSeconds">Contact to contact; null for the first stride of a bout.</param>
/// <param name="LengthMeters">Displacement between the two foot-flats relative to the belt.</param>
public sealed record TrueStride(
    double ClearanceSeconds, double ContactSeconds, double FootFlatSeconds, Direction Direction, Landing Landing,
    double FootStrikeDegrees, double TiltDegrees, double? StrideSeconds, double LengthMeters);
