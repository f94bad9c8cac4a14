using Backstep.Gait;

namespace Backstep.Companion.Tests;

/// <summary>Strides as a test needs them.</summary>
public static class Strides
{
    /// <summary>A good backward one unless told otherwise: 1.4 s, 0.9 m (0.64 m/s), toes 20 degrees down, 4 degrees
    /// outward.</summary>
    public static Stride Make(
        uint sequence = 1,
        Direction direction = Direction.Backward,
        Landing landing = Landing.Toe,
        double footStrikeDegrees = -20,
        double tiltDegrees = 4,
        int strideMilliseconds = 1400,
        double meters = 0.9,
        Posture posture = Posture.Unknown) => new(
            sequence,
            sequence * 1400,
            direction,
            landing,
            posture,
            90,
            (int)(footStrikeDegrees * 2),
            (int)(tiltDegrees * 2),
            strideMilliseconds,
            450,
            (int)(meters * 1000),
            25,
            220);
}
