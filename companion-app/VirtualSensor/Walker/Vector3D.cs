namespace Backstep.VirtualSensor.Walker;

/// <summary>Three numbers along x, y and z in double precision (the framework's own vector is single: too coarse to
/// integrate twice).</summary>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    /// <summary>All zero.</summary>
    public static readonly Vector3D Zero;

    /// <summary>Euclidean length.</summary>
    public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    /// <summary>Sum.</summary>
    public static Vector3D operator +(Vector3D a, Vector3D b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference.</summary>
    public static Vector3D operator -(Vector3D a, Vector3D b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>Scaled.</summary>
    public static Vector3D operator *(Vector3D a, double k) => new(a.X * k, a.Y * k, a.Z * k);

    /// <summary>Sum.</summary>
    public static Vector3D Add(Vector3D left, Vector3D right) => left + right;

    /// <summary>Difference.</summary>
    public static Vector3D Subtract(Vector3D left, Vector3D right) => left - right;

    /// <summary>Scaled.</summary>
    public static Vector3D Multiply(Vector3D left, double right) => left * right;

    /// <summary>Right-handed cross product.</summary>
    public static Vector3D Cross(Vector3D a, Vector3D b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));
}
