namespace Backstep.VirtualSensor.Walker;

/// <summary>
/// A displacement that comes and goes within a fixed time, peak * s^3 (1-s)^n scaled: it leaves neither velocity nor
/// displacement behind, and its acceleration starts and ends at zero. Slow with n = 3 it lifts the foot over the
/// ground, short with n = 5 it is the damped ring of an impact.
/// </summary>
internal readonly struct Pulse
{
    private readonly double seconds;
    private readonly int n;
    private readonly Vector3D scale;

    private Pulse(double start, double seconds, int n, Vector3D scale)
    {
        Start = start;
        this.seconds = seconds;
        this.n = n;
        this.scale = scale;
    }

    /// <summary>First instant, s.</summary>
    public double Start { get; }

    /// <summary>Last instant, s.</summary>
    public double End => Start + seconds;

    /// <summary>A lift whose middle reaches the given displacement in m.</summary>
    public static Pulse Lift(double start, double seconds, Vector3D peak) => new(start, seconds, 3, peak * 64);

    /// <summary>An impact whose first and largest peak reaches the given acceleration in m/s².</summary>
    public static Pulse Impact(double start, double seconds, Vector3D peakAcceleration) =>
        new(start, seconds, 5, peakAcceleration * (seconds * seconds / LargestAcceleration));

    /// <summary>Displacement in m.</summary>
    public Vector3D Displacement(double time)
    {
        var s = (time - Start) / seconds;
        return s is <= 0 or >= 1 ? Vector3D.Zero : scale * (s * s * s * Math.Pow(1 - s, n));
    }

    /// <summary>Acceleration in m/s².</summary>
    public Vector3D Acceleration(double time)
    {
        var s = (time - Start) / seconds;
        return s is <= 0 or >= 1 ? Vector3D.Zero : scale * (Bend(s, n) / (seconds * seconds));
    }

    /// <summary>The largest second derivative of s^3 (1-s)^5 on [0, 1], at its first peak.</summary>
    private static readonly double LargestAcceleration = FirstPeak();

    private static double Bend(double s, int n)
    {
        var r = 1 - s;
        return s * Math.Pow(r, n - 2) * ((6 * r * r) - (6 * n * s * r) + (n * (n - 1) * s * s));
    }

    private static double FirstPeak()
    {
        var peak = 0.0;
        for (var i = 1; i < 1000; i++)
        {
            peak = Math.Max(peak, Bend(i / 1000.0, 5));
        }

        return peak;
    }
}
