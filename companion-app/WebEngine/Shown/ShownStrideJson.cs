using Backstep.Gait;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.WebEngine.Shown;

/// <summary>A stride, for charts. Null means not measured.</summary>
/// <param name="ContactSeconds">Initial contact, on the recording's clock or since the start of the session.</param>
/// <param name="Direction">backward, forward, unknown.</param>
/// <param name="Landing">toe, flat, heel, unknown.</param>
/// <param name="FootStrikeAngleDegrees">Positive: toes up.</param>
/// <param name="TiltDegrees">Positive: outer edge.</param>
/// <param name="StrideSeconds">From contact to contact.</param>
/// <param name="StanceSeconds">On the ground.</param>
/// <param name="SwingSeconds">In the air.</param>
/// <param name="StrideLengthMeters">Against the belt or the ground.</param>
/// <param name="BeltMetersPerSecond">Speed.</param>
/// <param name="CadenceStepsPerMinute">Of both feet, were all strides like this one.</param>
/// <param name="ImpactG">Largest force around contact.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Rails">held, free, unknown.</param>
public sealed record ShownStrideJson(
    double ContactSeconds,
    string Direction,
    string Landing,
    double? FootStrikeAngleDegrees,
    double? TiltDegrees,
    double? StrideSeconds,
    double? StanceSeconds,
    double? SwingSeconds,
    double? StrideLengthMeters,
    double? BeltMetersPerSecond,
    double? CadenceStepsPerMinute,
    double? ImpactG,
    double Confidence,
    string Rails)
{
    private const double StepsPerStride = 2; // one of each foot
    private const double SecondsPerMinute = 60;

    /// <summary>From a stride.</summary>
    /// <param name="contactSeconds">When its contact was.</param>
    /// <param name="stride">The stride.</param>
    /// <param name="rails">What is to be believed of the rails.</param>
    public static ShownStrideJson From(double contactSeconds, Stride stride, Posture rails)
    {
        double? seconds = Scaled(stride.StrideMilliseconds, 0.001);
        return new ShownStrideJson(
            ContactSeconds: Math.Round(contactSeconds, 3),
            Direction: StrideText.Of(stride.Direction),
            Landing: StrideText.Of(stride.Landing),
            FootStrikeAngleDegrees: Scaled(stride.FootStrikeHalfDegrees, 0.5),
            TiltDegrees: Scaled(stride.TiltHalfDegrees, 0.5),
            StrideSeconds: seconds,
            StanceSeconds: Scaled(stride.StanceMilliseconds, 0.001),
            SwingSeconds: Scaled(stride.SwingMilliseconds, 0.001),
            StrideLengthMeters: Scaled(stride.LengthMillimeters, 0.001),
            BeltMetersPerSecond: Scaled(stride.BeltSpeedMillimetersPerSecond, 0.001),
            CadenceStepsPerMinute: Statistics.Round(
                seconds is > 0 ? StepsPerStride * SecondsPerMinute / seconds : null, 1),
            ImpactG: Scaled(stride.ImpactTenthsG, 0.1),
            Confidence: Math.Round(stride.ConfidencePercent / 100.0, 2),
            Rails: StrideText.Of(rails));
    }

    private static double? Scaled(int value, double unit) =>
        value == Stride.Missing ? null : Math.Round(value * unit, 3);
}
