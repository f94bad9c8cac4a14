using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>What the segments of a scenario act on, one after another: the body, the time so far, and the truth that
/// they leave behind.</summary>
internal sealed class Stage(WalkerSettings settings, RandomSource chance)
{
    private readonly List<TrueStride> strides = [];
    private readonly List<TrueActivity> activities = [];

    public FootSide Side { get; } = settings.Side;

    public RandomSource RandomSource { get; } = chance;

    public Body Body { get; } = new(settings.InclinePercent, settings.HeadingDegrees, settings.BeltVibrationG, chance);

    /// <summary>End of what is written so far, s; the foot is flat there, or where the segment says.</summary>
    public double Time { get; set; }

    /// <summary>Which way the toes of a straight foot point, degrees left of uphill.</summary>
    public double HeadingDegrees { get; set; } = settings.HeadingDegrees;

    /// <summary>The last contact of a walk that has not ended, s.</summary>
    public double? LastContact { get; set; }

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
        var start = Math.Max(Time, Body.SwayDegrees.EndTime);
        Body.SwayDegrees.Hold(start);
        Body.SwayDegrees.To(start + 0.5, degrees);
    }

    /// <summary>Takes a step that is no stride of a walk, now.</summary>
    public void Step(FootStep step)
    {
        step.Write(Body, Time);
        Time += step.Seconds;
    }

    /// <summary>Rolls up over a pivot that stays where it is, waits, and rolls back to flat.</summary>
    public void Rock(Vector3D pivot, double pitchDegrees, double rollDegrees, double upSeconds, double holdSeconds,
        double downSeconds)
    {
        // What it came down on it may still roll off from, some tenths of a second.
        Rest(Math.Max(0, Math.Max(Body.Pitch.EndTime, Body.Roll.EndTime) - Time));
        Body.Support(Time, Shoe.Edge(pivot, rollDegrees));
        foreach (var (track, degrees) in new[] { (Body.Pitch, pitchDegrees), (Body.Roll, rollDegrees) })
        {
            track.Hold(Time);
            track.To(Time + upSeconds, degrees);
            track.Hold(Time + upSeconds + holdSeconds);
            track.To(Time + upSeconds + holdSeconds + downSeconds, 0);
        }

        Rest(upSeconds + holdSeconds + downSeconds);
    }

    /// <summary>Something hits the sole from below, now.</summary>
    public void Jolt(double g) => Body.Add(Pulse.Impact(Time, 0.05, new Vector3D(0, 0, g * Body.Gravity)));

    /// <summary>Takes a step that is a stride of a walk, and notes how it truly was.</summary>
    public void Stride(FootStep step, double start, Direction direction, double? strideSeconds)
    {
        var before = Time;
        step.Write(Body, start);
        Time = start + step.Seconds;
        var off = start + step.LiftSeconds;
        var contact = off + step.SwingSeconds;
        var strike = Body.PitchAt(Time) - Body.Pitch.EndValue - Body.PitchAt(contact);
        var inversion = -Outward * Body.RollAt(contact);
        var way = Body.PositionOf(settings.Place.PositionMeters, Time)
            - Body.PositionOf(settings.Place.PositionMeters, before);
        strides.Add(new TrueStride(
            off, contact, Time, direction, Truth.LandingAt(strike), strike, inversion, strideSeconds,
            Math.Sqrt((way.X * way.X) + (way.Y * way.Y))));
        LastContact = contact;
    }

    /// <summary>Notes what was done since a time.</summary>
    public void Note(Segment segment, double start) =>
        activities.Add(
            new TrueActivity(start, Time, segment.Word, segment.Posture,
                segment.Hand ?? (segment.Posture == Posture.Held ? ArmPose.OnRail : ArmPose.Swinging)));
}
