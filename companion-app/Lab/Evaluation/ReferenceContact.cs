using Backstep.Gait;

namespace Backstep.Lab.Evaluation;

/// <summary>An initial contact that somebody else saw, and what is known about the stride that ends with it. Null or
/// unknown: not known.</summary>
/// <param name="Seconds">On the recording's clock.</param>
public sealed record ReferenceContact(double Seconds)
{
    /// <summary>Which way.</summary>
    public Direction Direction { get; init; } = Direction.Unknown;

    /// <summary>Which part of the foot touched.</summary>
    public Landing Landing { get; init; } = Landing.Unknown;

    /// <summary>Time since the contact before, s; null for the first one of a stretch.</summary>
    public double? StrideSeconds { get; init; }

    /// <summary>Stride length, m.</summary>
    public double? LengthMeters { get; init; }

    /// <summary>Foot strike angle, degrees, toes up positive.</summary>
    public double? FootStrikeDegrees { get; init; }

    /// <summary>Mediolateral tilt, degrees, inversion positive.</summary>
    public double? TiltDegrees { get; init; }

    /// <summary>First instant at which the foot was flat, s.</summary>
    public double? FootFlatSeconds { get; init; }
}
