using Backstep.VirtualSensor.Walker;

namespace Backstep.Tests.Walking;

/// <summary>What an ideal navigator makes of a perfect chip between two moments of rest: it knows nothing but the
/// motion itself.</summary>
internal sealed record WalkerDeadReckoning(double LengthMeters, double EndSpeedMetersPerSecond,
    IReadOnlyList<(double Seconds, double ToesUpDegrees)> Pitch)
{
    private const double StepSeconds = 0.0005;
    private const double Gravity = 9.80665;

    /// <summary>Levels by gravity at the start, then integrates the angular rate once and the specific force
    /// twice.</summary>
    public static WalkerDeadReckoning Between(Walker walker, double start, double end)
    {
        var place = walker.Settings.Place;
        var chip = place.TrueMount();
        (Vector3D Force, Vector3D Rate) Feel(double t)
        {
            var m = walker.At(t);
            return (Turn(m.AxG, m.AyG, m.AzG), Turn(m.GxDps, m.GyDps, m.GzDps) * (Math.PI / 180));
        }

        Vector3D Turn(double x, double y, double z) => new(
            (chip.XX * x) + (chip.XY * y) + (chip.XZ * z), (chip.YX * x) + (chip.YY * y) + (chip.YZ * z),
            (chip.ZX * x) + (chip.ZY * y) + (chip.ZZ * z));

        // Columns of the rotation from foot to a level frame: its z axis is where gravity says up is, its x axis ahead.
        var up = Feel(start).Force;
        up *= 1 / up.Length;
        var left = Vector3D.Cross(up, new Vector3D(1, 0, 0));
        left *= 1 / left.Length;
        var ahead = Vector3D.Cross(left, up);
        Vector3D[] rows = [ahead, left, up];

        List<(double, double)> pitch = [];
        Vector3D velocity = default, position = default;
        var steps = (int)((end - start) / StepSeconds);
        for (var i = 0; i < steps; i++)
        {
            var t = start + (i * StepSeconds);
            var middle = Feel(t + (StepSeconds / 2));
            var half = Array.ConvertAll(rows, r => Rotate(r, middle.Rate * (StepSeconds / 2)));
            var acceleration =
                (new Vector3D(Dot(half[0], middle.Force), Dot(half[1], middle.Force), Dot(half[2], middle.Force))
                    - new Vector3D(0, 0, 1)) * Gravity;
            position += (velocity * StepSeconds) + (acceleration * (StepSeconds * StepSeconds / 2));
            velocity += acceleration * StepSeconds;
            rows = Array.ConvertAll(rows, r => Rotate(r, middle.Rate * StepSeconds));
            pitch.Add((t + StepSeconds, double.RadiansToDegrees(Math.Asin(rows[2].X))));
        }

        return new WalkerDeadReckoning(position.Length, velocity.Length, pitch);
    }

    /// <summary>An outside axis as the body sees it after the body has turned.</summary>
    private static Vector3D Rotate(Vector3D axis, Vector3D turn)
    {
        var angle = turn.Length;
        if (angle == 0)
        {
            return axis;
        }

        var u = turn * (1 / angle);
        return (axis * Math.Cos(angle)) - (Vector3D.Cross(u, axis) * Math.Sin(angle))
            + (u * (Dot(u, axis) * (1 - Math.Cos(angle))));
    }

    private static double Dot(Vector3D a, Vector3D b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);
}
