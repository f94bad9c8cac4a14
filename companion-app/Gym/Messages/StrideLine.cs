using Backstep.Gait;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using Backstep.Walks.Words;

namespace Backstep.Gym.Messages;

/// <summary>A stride as JSON: the sensor's record, each field in the resolution in which it travels, so that
/// <see cref="ToStride"/> gives the record back. Null means not measured.</summary>
/// <param name="Number">Number of the stride since the clip started, from 1 up.</param>
/// <param name="At">Initial contact, by the gateway's clock.</param>
/// <param name="ContactMilliseconds">Initial contact by the clip's sample clock.</param>
/// <param name="Direction">forward, backward, unknown.</param>
/// <param name="Landing">toe, flat, heel, unknown.</param>
/// <param name="Rails">held, free, unknown.</param>
/// <param name="ConfidencePercent">How far the cues agree on the direction.</param>
/// <param name="FootStrikeDegrees">Foot strike angle in steps of 0.5, positive: toes up.</param>
/// <param name="TiltDegrees">Mediolateral tilt in steps of 0.5, positive: to the outer edge.</param>
/// <param name="StrideMilliseconds">From contact to contact; null for the first of a bout.</param>
/// <param name="SwingMilliseconds">From foot-off to contact.</param>
/// <param name="LengthMillimeters">Stride length against the belt.</param>
/// <param name="ImpactG">Largest force around contact in steps of 0.1.</param>
/// <param name="DecisionMilliseconds">How long after contact the clip knew it.</param>
public sealed record StrideLine(
    uint Number,
    DateTimeOffset At,
    uint ContactMilliseconds,
    string Direction,
    string Landing,
    string Rails,
    int ConfidencePercent,
    double? FootStrikeDegrees,
    double? TiltDegrees,
    int? StrideMilliseconds,
    int SwingMilliseconds,
    int? LengthMillimeters,
    double? ImpactG,
    int DecisionMilliseconds)
{
    private const double DegreesPerStep = 0.5;
    private const double GPerStep = 0.1;

    /// <summary>From a stride.</summary>
    /// <param name="stride">The record.</param>
    /// <param name="at">When its initial contact was.</param>
    public static StrideLine Of(Stride stride, DateTimeOffset at) => new(
        Number: stride.Sequence,
        At: at,
        ContactMilliseconds: stride.ContactMilliseconds,
        Direction: StrideText.Of(stride.Direction),
        Landing: StrideText.Of(stride.Landing),
        Rails: StrideText.Of(stride.Posture),
        ConfidencePercent: stride.ConfidencePercent,
        FootStrikeDegrees: Scaled(stride.FootStrikeHalfDegrees, DegreesPerStep),
        TiltDegrees: Scaled(stride.TiltHalfDegrees, DegreesPerStep),
        StrideMilliseconds: Whole(stride.StrideMilliseconds),
        SwingMilliseconds: stride.SwingMilliseconds,
        LengthMillimeters: Whole(stride.LengthMillimeters),
        ImpactG: Scaled(stride.ImpactTenthsG, GPerStep),
        DecisionMilliseconds: stride.DecisionMilliseconds);

    /// <summary>The record. It goes through the sensor's own codec, which keeps the ranges.</summary>
    /// <exception cref="BadInputException">A word or a number that no sensor tells.</exception>
    public Stride ToStride()
    {
        var stride = new Stride(
            sequence: Number,
            contactMilliseconds: ContactMilliseconds,
            direction: OneOf(Direction, StrideText.Of, Gait.Direction.Forward, Gait.Direction.Backward,
                Gait.Direction.Unknown),
            landing: OneOf(Landing, StrideText.Of, Gait.Landing.Toe, Gait.Landing.Flat, Gait.Landing.Heel,
                Gait.Landing.Unknown),
            posture: OneOf(Rails, StrideText.Of, Posture.Held, Posture.Free, Posture.Unknown),
            confidencePercent: ConfidencePercent,
            footStrikeHalfDegrees: Steps(FootStrikeDegrees, DegreesPerStep),
            tiltHalfDegrees: Steps(TiltDegrees, DegreesPerStep),
            strideMilliseconds: StrideMilliseconds ?? Stride.Missing,
            swingMilliseconds: SwingMilliseconds,
            lengthMillimeters: LengthMillimeters ?? Stride.Missing,
            impactTenthsG: Steps(ImpactG, GPerStep),
            decisionMilliseconds: DecisionMilliseconds);
        return Protocol.StrideCodec.Decode(StrideRecord.Bytes(stride), out var error) is { } valid
            && StrideRecord.Bytes(valid).SequenceEqual(StrideRecord.Bytes(stride)) && Of(valid, At) == this
            ? valid : throw new BadInputException($"stride {Number} is none that a sensor can tell ({error})");
    }

    private static T OneOf<T>(string word, Func<T, string> textOf, params T[] values)
    {
        foreach (var value in values)
        {
            if (textOf(value) == word)
            {
                return value;
            }
        }

        throw new BadInputException($"'{OneLine.Of(word)}' is no word of a stride");
    }

    private static int Steps(double? value, double step) => value is not { } number ? Stride.Missing
        : double.IsFinite(number) && Math.Abs(number) < 1000 ? (int)Math.Round(number / step)
        : throw new BadInputException("a number of a stride is out of range");

    private static int? Whole(int value) => value == Stride.Missing ? null : value;

    private static double? Scaled(int value, double step) =>
        value == Stride.Missing ? null : Math.Round(value * step, 1);
}
