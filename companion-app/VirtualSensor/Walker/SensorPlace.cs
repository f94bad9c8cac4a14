using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>Where and how the chip sits on the shoe.</summary>
public sealed record SensorPlace
{
    /// <summary>On the laces, level, chip axes = foot axes.</summary>
    public static readonly SensorPlace Laces = new();

    /// <summary>On the instep, close to the ankle.</summary>
    public static readonly SensorPlace Instep = new() { PositionMeters = new Vector3D(0.12, 0, 0.10) };

    /// <summary>On the shoe's left side, below the ankle.</summary>
    public static readonly SensorPlace Side = new() { PositionMeters = new Vector3D(0.08, 0.045, 0.05) };

    /// <summary>On the heel counter.</summary>
    public static readonly SensorPlace Heel = new() { PositionMeters = new Vector3D(-0.01, 0, 0.05) };

    /// <summary>Over the toes.</summary>
    public static readonly SensorPlace Toes = new() { PositionMeters = new Vector3D(0.22, 0, 0.06) };

    /// <summary>The chip in the foot frame, m: x from the heel's rear edge to the toes (0 to 0.27), y left (-0.06 to
    /// 0.06), z up from the sole (0.02 to 0.14).</summary>
    public Vector3D PositionMeters { get; init; } = new(0.16, 0, 0.08);

    /// <summary>Slope of the clip: how far the chip's x axis points up from the sole, 0 to 45 degrees. Laces slope up
    /// towards the ankle, so there it is negative; either is taken.</summary>
    public double PitchUpDegrees { get; init; }

    /// <summary>The chip leaning to the right, -15 to 15 degrees (rotation about the toes' axis).</summary>
    public double RollDegrees { get; init; }

    /// <summary>The chip turned to the left, -15 to 15 degrees.</summary>
    public double YawDegrees { get; init; }

    /// <summary>How the clip's axes map to the chip's before the small turns above: the way the board lies in its
    /// box.</summary>
    public Mount Board { get; init; } = Mount.Identity;

    /// <summary>The true rotation from chip axes to the foot frame, what a perfect calibration would find.</summary>
    public Mount TrueMount()
    {
        var turn = new Attitude(new Moment(-PitchUpDegrees, 0, 0), new Moment(RollDegrees, 0, 0),
            new Moment(YawDegrees, 0, 0));
        var x = turn.Outward(new Vector3D(Board.XX, Board.YX, Board.ZX));
        var y = turn.Outward(new Vector3D(Board.XY, Board.YY, Board.ZY));
        var z = turn.Outward(new Vector3D(Board.XZ, Board.YZ, Board.ZZ));
        return new Mount((float)x.X, (float)y.X, (float)z.X, (float)x.Y, (float)y.Y, (float)z.Y, (float)x.Z,
            (float)y.Z, (float)z.Z);
    }
}
