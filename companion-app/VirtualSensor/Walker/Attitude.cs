namespace Backstep.VirtualSensor.Walker;

/// <summary>
/// How a rigid body is turned at an instant, and how that changes: yaw about z, then pitch about y (toes down
/// positive), then roll about x. Rates and accelerations are about the body's own axes, in rad/s and rad/s².
/// </summary>
internal readonly struct Attitude
{
    private readonly double xx, xy, xz, yx, yy, yz, zx, zy, zz;

    /// <summary>From the three angles in degrees with their derivatives.</summary>
    public Attitude(Moment pitchDegrees, Moment rollDegrees, Moment yawDegrees)
    {
        var (p, r, y) = (Radians(pitchDegrees), Radians(rollDegrees), Radians(yawDegrees));
        var (sp, cp) = Math.SinCos(p.Value);
        var (sr, cr) = Math.SinCos(r.Value);
        var (sy, cy) = Math.SinCos(y.Value);
        (xx, xy, xz) = (cy * cp, (cy * sp * sr) - (sy * cr), (cy * sp * cr) + (sy * sr));
        (yx, yy, yz) = (sy * cp, (sy * sp * sr) + (cy * cr), (sy * sp * cr) - (cy * sr));
        (zx, zy, zz) = (-sp, cp * sr, cp * cr);
        Rate = new Vector3D(
            r.Rate - (y.Rate * sp),
            (p.Rate * cr) + (y.Rate * cp * sr),
            (-p.Rate * sr) + (y.Rate * cp * cr));
        Acceleration = new Vector3D(
            r.Acceleration - (y.Acceleration * sp) - (y.Rate * p.Rate * cp),
            (p.Acceleration * cr) - (p.Rate * r.Rate * sr) + (y.Acceleration * cp * sr) - (y.Rate * p.Rate * sp * sr)
                + (y.Rate * r.Rate * cp * cr),
            (-p.Acceleration * sr) - (p.Rate * r.Rate * cr) + (y.Acceleration * cp * cr) - (y.Rate * p.Rate * sp * cr)
                - (y.Rate * r.Rate * cp * sr));
    }

    /// <summary>Angular rate about the body's axes, rad/s.</summary>
    public Vector3D Rate { get; }

    /// <summary>Angular acceleration about the body's axes, rad/s².</summary>
    public Vector3D Acceleration { get; }

    /// <summary>A body vector seen from outside.</summary>
    public Vector3D Outward(Vector3D v) => new(
        (xx * v.X) + (xy * v.Y) + (xz * v.Z),
        (yx * v.X) + (yy * v.Y) + (yz * v.Z),
        (zx * v.X) + (zy * v.Y) + (zz * v.Z));

    /// <summary>An outside vector seen from the body.</summary>
    public Vector3D Inward(Vector3D v) => new(
        (xx * v.X) + (yx * v.Y) + (zx * v.Z),
        (xy * v.X) + (yy * v.Y) + (zy * v.Z),
        (xz * v.X) + (yz * v.Y) + (zz * v.Z));

    /// <summary>Velocity that turning gives to a body point, in body axes.</summary>
    public Vector3D TurnVelocity(Vector3D point) => Vector3D.Cross(Rate, point);

    /// <summary>Acceleration that turning gives to a body point, in body axes: Euler plus centripetal.</summary>
    public Vector3D TurnAcceleration(Vector3D point) =>
        Vector3D.Cross(Acceleration, point) + Vector3D.Cross(Rate, Vector3D.Cross(Rate, point));

    private static Moment Radians(Moment degrees) =>
        new(double.DegreesToRadians(degrees.Value), double.DegreesToRadians(degrees.Rate),
            double.DegreesToRadians(degrees.Acceleration));
}
