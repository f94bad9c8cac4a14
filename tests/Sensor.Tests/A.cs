using Backstep.Gait;

namespace Backstep.Sensor.Tests;

/// <summary>Strides to test with: everything that a test does not care about has an ordinary value.</summary>
internal static class A
{
    public static Stride Stride(
        uint sequence,
        double contactSeconds,
        Direction direction = Direction.Backward,
        Landing landing = Landing.Toe,
        Posture posture = Posture.Unknown,
        int strideMilliseconds = 1200,
        int swingMilliseconds = 400,
        int lengthMillimeters = 800) =>
        new(
            sequence, (uint)Math.Round(contactSeconds * 1000), direction, landing, posture, 90, landing == Landing.Toe
                ? -40 : 20, 4,
            strideMilliseconds, swingMilliseconds, lengthMillimeters, 20, 100);
}
