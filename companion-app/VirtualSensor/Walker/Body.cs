namespace Backstep.VirtualSensor.Walker;

/// <summary>
/// One foot through time, in a frame that lies on the belt's surface and moves with the belt: x uphill, y to the left
/// of that, z out of the surface. Position is that of one body point (the support), which is the pivot while the foot
/// touches and the ankle while it is in the air.
/// </summary>
internal sealed class Body
{
    /// <summary>Standard gravity, m/s² (ISO 80000-3).</summary>
    public const double Gravity = 9.80665;

    // No pulse of any segment lasts longer.
    private const double LongestPulseSeconds = 5;

    private readonly Vector3D up;
    private readonly Sway pitchSway, rollSway;
    private readonly BeltVibration vibration;
    private readonly List<(double Start, Vector3D Point)> supports = [];
    private readonly List<Pulse> pulses = [];
    private int supportCursor, pulseCursor;
    private double lastTime;

    public Body(double inclinePercent, double yawDegrees, double beltVibrationG, RandomSource chance)
    {
        var (sin, cos) = Math.SinCos(Math.Atan(inclinePercent / 100));
        up = new Vector3D(sin, 0, cos);
        Yaw = new Track(yawDegrees);
        (pitchSway, rollSway) = (new Sway(chance), new Sway(chance));
        vibration = new BeltVibration(beltVibrationG, chance);
        supports.Add((0, Vector3D.Zero));
    }

    /// <summary>Degrees, toes down positive, against the belt's surface.</summary>
    public Track Pitch { get; } = new(0);

    /// <summary>Degrees, rotation about the toes' axis.</summary>
    public Track Roll { get; } = new(0);

    /// <summary>Degrees, to the left, from uphill.</summary>
    public Track Yaw { get; }

    /// <summary>Amplitude of standing sway, degrees.</summary>
    public Track SwayDegrees { get; } = new(0);

    /// <summary>Velocity of whatever carries the foot (belt or rail) along x, m/s. The frame moves with it, so only its
    /// changes are felt.</summary>
    public Track BeltVelocity { get; } = new(0);

    private Track X { get; } = new(0);

    private Track Y { get; } = new(0);

    private Track Z { get; } = new(0);

    /// <summary>The support point rests where it is from now to then, and is another one from then on, without any
    /// movement of the foot.</summary>
    public void Support(double time, Vector3D point)
    {
        Hold(time);
        ChangeSupport(time, point, Vector3D.Zero, Vector3D.Zero);
    }

    /// <summary>The support point rests until then.</summary>
    public void Hold(double time)
    {
        X.Hold(time);
        Y.Hold(time);
        Z.Hold(time);
    }

    /// <summary>
    /// The foot rolls on over another point, which comes down to the surface with exactly the movement that rolling
    /// over the old one gives it, and rests there from <paramref name="settled"/> on. The pitch must be written up to
    /// then.
    /// </summary>
    public void RollOnto(double time, Vector3D point, double settled)
    {
        Hold(time);
        var place = FlatPositionOf(point, time);
        var attitude = AttitudeAt(time);
        var arm = point - SupportAt(time);
        ChangeSupport(time, point, attitude.Outward(attitude.TurnVelocity(arm)),
            attitude.Outward(attitude.TurnAcceleration(arm)));
        SetSupport(settled, place, Vector3D.Zero, Vector3D.Zero);
    }

    /// <summary>Where a body point is once the foot, supported as it is at that time, lies flat on the
    /// surface.</summary>
    public Vector3D FlatPositionOf(Vector3D point, double time)
    {
        var flat = new Attitude(default, default, Yaw.At(time));
        return new Vector3D(X.At(time).Value, Y.At(time).Value, Z.At(time).Value)
            + flat.Outward(point - SupportAt(time));
    }

    /// <summary>From the ground into the air: the ankle leaves with exactly the movement that rolling over the pivot
    /// gave it.</summary>
    public void LeaveGround(double time)
    {
        Hold(time);
        var attitude = AttitudeAt(time);
        var arm = Shoe.Ankle - SupportAt(time);
        ChangeSupport(time, Shoe.Ankle, attitude.Outward(attitude.TurnVelocity(arm)),
            attitude.Outward(attitude.TurnAcceleration(arm)));
    }

    /// <summary>
    /// From the air to the ground: the ankle arrives with exactly the movement that turning about the pivot asks for,
    /// while the pivot slides to its place on the surface and rests there from <paramref name="settled"/> on.
    /// </summary>
    public void MeetGround(double time, Vector3D pivot, Vector3D place, Vector3D slideVelocity, double settled)
    {
        var attitude = AttitudeAt(time);
        var arm = Shoe.Ankle - pivot;
        var touch = place - (slideVelocity * ((settled - time) / 2));
        SetSupport(
            time,
            touch + attitude.Outward(arm),
            slideVelocity + attitude.Outward(attitude.TurnVelocity(arm)),
            attitude.Outward(attitude.TurnAcceleration(arm)));
        supports.Add((time, pivot));
        SetSupport(time, touch, slideVelocity, Vector3D.Zero);
        SetSupport(settled, place, Vector3D.Zero, Vector3D.Zero);
    }

    /// <summary>The ankle, in the air, passes a place.</summary>
    public void PassBy(double time, Vector3D anklePlace, Vector3D velocity) =>
        SetSupport(time, anklePlace, velocity, Vector3D.Zero);

    /// <summary>Adds a displacement that comes and goes; starts must rise.</summary>
    public void Add(Pulse pulse) => pulses.Add(pulse);

    /// <summary>Where a body point is.</summary>
    public Vector3D PositionOf(Vector3D point, double time)
    {
        var position = new Vector3D(X.At(time).Value, Y.At(time).Value, Z.At(time).Value) + AttitudeAt(time)
            .Outward(point - SupportAt(time));
        for (var i = pulses.Count - 1; i >= 0 && pulses[i].Start > time - LongestPulseSeconds; i--)
        {
            position += pulses[i].Displacement(time);
        }

        return position;
    }

    /// <summary>How the foot is turned.</summary>
    public Attitude AttitudeAt(double time)
    {
        var sway = SwayDegrees.At(time);
        return new Attitude(pitchSway.Add(Pitch.At(time), sway, time), rollSway.Add(Roll.At(time), sway, time),
            Yaw.At(time));
    }

    /// <summary>Pitch with sway, degrees, toes down positive.</summary>
    public double PitchAt(double time) => pitchSway.Add(Pitch.At(time), SwayDegrees.At(time), time).Value;

    /// <summary>Roll with sway, degrees.</summary>
    public double RollAt(double time) => rollSway.Add(Roll.At(time), SwayDegrees.At(time), time).Value;

    /// <summary>Specific force in g and angular rate in deg/s of a body point, in the foot frame.</summary>
    public (Vector3D ForceG, Vector3D RateDps) Feel(Vector3D point, double time)
    {
        var attitude = AttitudeAt(time);
        var arm = point - SupportAt(time);
        var belt = BeltVelocity.At(time);
        var outer = new Vector3D(X.At(time).Acceleration + belt.Rate, Y.At(time).Acceleration, Z.At(time).Acceleration)
            + PulseAcceleration(time);
        var force = (attitude.Inward(outer) + attitude.TurnAcceleration(arm)) * (1 / Gravity);
        var shaken = up with { Z = up.Z + vibration.ForceG(time, belt.Value) };
        return (force + attitude.Inward(shaken), attitude.Rate * (180 / Math.PI));
    }

    private Vector3D PulseAcceleration(double time)
    {
        if (time < lastTime)
        {
            pulseCursor = 0;
        }

        lastTime = time;
        while (pulseCursor < pulses.Count && pulses[pulseCursor].End < time)
        {
            pulseCursor++;
        }

        var sum = Vector3D.Zero;
        for (var i = pulseCursor; i < pulses.Count && pulses[i].Start <= time; i++)
        {
            sum += pulses[i].Acceleration(time);
        }

        return sum;
    }

    private void ChangeSupport(double time, Vector3D point, Vector3D velocity, Vector3D acceleration)
    {
        var position = new Vector3D(X.EndValue, Y.EndValue, Z.EndValue) + AttitudeAt(time)
            .Outward(point - SupportAt(time));
        supports.Add((time, point));
        SetSupport(time, position, velocity, acceleration);
    }

    private void SetSupport(double time, Vector3D position, Vector3D velocity, Vector3D acceleration)
    {
        X.To(time, position.X, velocity.X, acceleration.X);
        Y.To(time, position.Y, velocity.Y, acceleration.Y);
        Z.To(time, position.Z, velocity.Z, acceleration.Z);
    }

    private Vector3D SupportAt(double time)
    {
        if (supports[supportCursor].Start > time)
        {
            supportCursor = 0;
        }

        while (supportCursor + 1 < supports.Count && supports[supportCursor + 1].Start <= time)
        {
            supportCursor++;
        }

        return supports[supportCursor].Point;
    }
}
