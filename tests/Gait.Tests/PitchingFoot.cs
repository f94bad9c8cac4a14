using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>A pitch of the foot in degrees, toes down, reached at a time in seconds since the movement began.</summary>
internal readonly record struct PitchPoint(double Seconds, double Degrees);

/// <summary>A movement of the foot: its way along its heading in meters, and how it pitches. It ends flat.</summary>
internal sealed record FootMove(double Seconds, double TravelMeters, IReadOnlyList<PitchPoint> Pitch);

/// <summary>
/// A foot in a plane, for movements that no walker makes: it rests flat for a second before and after each, and goes
/// smoothly in between, beginning and ending without speed and acceleration. Chip axes: x to the toes, y left, z up.
/// </summary>
internal sealed class PitchingFoot(IReadOnlyList<FootMove> moves) : IMotionSource
{
    private const double RestSeconds = 1;
    private const double LongRestSeconds = 3;
    private const double MetersPerSecondSquaredPerG = 9.80665;
    private const double Step = 1e-4;

    public double Seconds => LongRestSeconds + moves.Sum(m => m.Seconds + RestSeconds) + RestSeconds;

    public Motion At(double seconds)
    {
        double forward = Second(Way, seconds) / MetersPerSecondSquaredPerG;
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(Pitch(seconds)));

        // Toes down by the pitch: the chip's x points down by it, so standing still it feels -sin of gravity's
        // reaction.
        double rate = (Pitch(seconds + Step) - Pitch(seconds - Step)) / (2 * Step);
        return new Motion((forward * cos) - sin, 0, (forward * sin) + cos, 0, rate, 0);
    }

    private static double Second(Func<double, double> of, double at) =>
        (of(at + Step) - (2 * of(at)) + of(at - Step)) / (Step * Step);

    private static double Eased(double share)
    {
        double s = Math.Clamp(share, 0, 1);
        return s - (Math.Sin(2 * Math.PI * s) / (2 * Math.PI));
    }

    private double Way(double seconds)
    {
        double start = LongRestSeconds, way = 0;
        foreach (var move in moves)
        {
            way += move.TravelMeters * Eased((seconds - start) / move.Seconds);
            start += move.Seconds + RestSeconds;
        }

        return way;
    }

    private double Pitch(double seconds)
    {
        double start = LongRestSeconds;
        foreach (var move in moves)
        {
            PitchPoint before = new(0, 0);
            foreach (var point in move.Pitch.Append(new PitchPoint(move.Seconds, 0)))
            {
                if (seconds - start > before.Seconds && seconds - start <= point.Seconds)
                {
                    double share = (seconds - start - before.Seconds) / (point.Seconds - before.Seconds);
                    return before.Degrees + ((point.Degrees - before.Degrees) * Eased(share));
                }

                before = point;
            }

            start += move.Seconds + RestSeconds;
        }

        return 0;
    }
}
