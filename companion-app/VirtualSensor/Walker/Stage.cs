using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>What the segments of a scenario act on, one after another: the body, the time so far, and the truth that they leave behind.</summary>
internal sealed class Stage(FootSide side, double inclinePercent, double headingDegrees, Vector3D sensor, Chance chance)
{
    private readonly List<TrueStride> strides = [];
    private readonly List<TrueActivity> activities = [];

    public FootSide Side { get; } = side;

    public Chance Chance { get; } = chance;

    public Body Body { get; } = new(inclinePercent, headingDegrees, chance);

    /// <summary>End of what is written so far, s; the foot is flat there, or where the segment says.</summary>
    public double Time { get; set; }

    /// <summary>Which way the toes of a straight foot point, degrees left of uphill.</summary>
    public double HeadingDegrees { get; set; } = headingDegrees;

    /// <summary>+1 when outward is to the left.</summary>
    public int Outward => Side == FootSide.Right ? -1 : 1;

    public IReadOnlyList<TrueStride> Strides => strides;

    public IReadOnlyList<TrueActivity> Activities => activities;

    /// <summary>A surface vector so far ahead of the heading and so far to its left.</summary>
    public Vector3D Ahead(double forwardMeters, double leftMeters = 0)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(HeadingDegrees));
        return new Vector3D((cos * forwardMeters) - (sin * leftMeters), (sin * forwardMeters) + (cos * leftMeters), 0);
    }

    /// <summary>Rests for a while.</summary>
    public void Rest(double seconds)
    {
        Time += seconds;
        Body.Hold(Time);
    }

    /// <summary>Brings standing sway to an amplitude over the next half second.</summary>
    public void Sway(double degrees)
    {
        Body.SwayDegrees.Hold(Time);
        Body.SwayDegrees.To(Time + 0.5, degrees);
    }

    /// <summary>Takes a step that begins at a time and is no stride of a walk.</summary>
    public void Step(FootStep step, double start)
    {
        step.Write(Body, start);
        Time = start + step.Seconds;
    }

    /// <summary>Takes a step that is a stride of a walk, and notes how it truly was.</summary>
    public void Stride(FootStep step, double start, Direction direction, double? strideSeconds)
    {
        Step(step, start);
        var off = start + step.LiftSeconds;
        var contact = off + step.SwingSeconds;
        var strike = Body.PitchAt(Time) - Body.PitchAt(contact);
        var inversion = -Outward * (Body.RollAt(contact) - Body.RollAt(Time));
        var way = Body.PositionOf(sensor, Time) - Body.PositionOf(sensor, start);
        strides.Add(new TrueStride(
            off, contact, Time, direction, Truth.LandingAt(strike), strike, inversion, strideSeconds, Math.Sqrt((way.X * way.X) + (way.Y * way.Y))));
    }

    /// <summary>Notes what was done since a time.</summary>
    public void Note(string name, double start, Posture posture) => activities.Add(new TrueActivity(start, Time, name, posture));
}
