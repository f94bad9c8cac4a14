namespace Backstep.VirtualSensor.Walker;

/// <summary>Points on the shoe in the foot frame, in m: origin under the middle of the heel's rear edge, x to the toes,
/// y left, z up. A size 42.</summary>
internal static class Shoe
{
    /// <summary>Rear edge of the heel: the pivot of heel contact.</summary>
    public static readonly Vector3D Heel = new(0.01, 0, 0);

    /// <summary>Where the shoe bends and rolls over the toes: the pivot of heel-rise and of toe contact.</summary>
    public static readonly Vector3D Toes = new(0.23, 0, 0);

    /// <summary>The ankle joint, which the leg carries through the swing.</summary>
    public static readonly Vector3D Ankle = new(0.07, 0, 0.09);

    /// <summary>From the middle of the sole to its inner or outer edge, m.</summary>
    public const double HalfWidth = 0.04;

    /// <summary>The four ends of the sole that must clear the ground in swing.</summary>
    public static readonly Vector3D[] Corners =
        [new(0.01, HalfWidth, 0), new(0.01, -HalfWidth, 0), new(0.23, HalfWidth, 0), new(0.23, -HalfWidth, 0)];

    /// <summary>The end of a pivot edge that carries a foot rolled that way: rolling positive puts the weight on the
    /// right edge.</summary>
    public static Vector3D Edge(Vector3D pivot, double rollDegrees) =>
        rollDegrees == 0 ? pivot : pivot with { Y = rollDegrees > 0 ? -HalfWidth : HalfWidth };
}
