using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>A part of a scenario: something the body does for a while. It begins and ends with the foot flat and at rest on the surface, unless it says otherwise.</summary>
public abstract record Segment
{
    /// <summary>Whether a hand is on the rail; truth only, it moves nothing by itself.</summary>
    public Posture Posture { get; init; } = Posture.Unknown;

    internal abstract void Play(Stage stage);
}

/// <summary>Stands still but for sway.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="SwayDegrees">Amplitude of the foot's sway, 0 to 1 degree.</param>
public sealed record Stand(double Seconds, double SwayDegrees = 0.12) : Segment
{
    internal override void Play(Stage stage)
    {
        var start = stage.Time;
        stage.Sway(SwayDegrees);
        stage.Rest(Seconds);
        stage.Note("stand", start, Posture);
    }
}

/// <summary>Walks: the belt starts, runs, and stops. On firm ground read "belt" as the walker's own speed.</summary>
/// <param name="From">How, at the start.</param>
/// <param name="Seconds">From the first movement of the belt to its stop.</param>
public sealed record Walk(WalkParameters From, double Seconds) : Segment
{
    /// <summary>How, at the end; in between the numbers change evenly.</summary>
    public WalkParameters? To { get; init; }

    /// <summary>Over how long the belt comes up to speed, s, at least 2.</summary>
    public double StartSeconds { get; init; } = 3;

    /// <summary>Over how long the belt comes to rest, s, at least 2; 0 keeps it running into the next walk.</summary>
    public double StopSeconds { get; init; } = 3;

    internal override void Play(Stage stage)
    {
        var begin = stage.Time;
        var end = begin + Seconds;
        var sign = From.Direction == Direction.Backward ? -1 : 1;
        var heading = stage.Ahead(sign).X;
        var speed = new Track(0);
        speed.Hold(begin);
        speed.To(begin + StartSeconds, From.SpeedMetersPerSecond);
        speed.To(end - StopSeconds, (To ?? From).SpeedMetersPerSecond);
        speed.To(end, 0);
        var belt = stage.Body.BeltVelocity;
        belt.Hold(begin);
        belt.To(begin + StartSeconds, -heading * From.SpeedMetersPerSecond);
        belt.To(end - StopSeconds, -heading * (To ?? From).SpeedMetersPerSecond);
        belt.To(end, 0);

        stage.Sway(0.04);
        double? lastContact = null;
        while (true)
        {
            var time = lastContact ?? begin;
            var walk = To is null ? From : From.Towards(To, Math.Clamp((time - begin) / Seconds, 0, 1));
            var beltSpeed = speed.At(Math.Min(time + (walk.StrideSeconds * 0.6), end)).Value;
            var ease = Math.Min(1, beltSpeed / walk.SpeedMetersPerSecond);
            var stride = walk.StrideSeconds / (0.7 + (0.3 * ease)) * (1 + (walk.StrideTimeVariationPercent / 100 * stage.Chance.Scatter()));
            var length = beltSpeed * stride * (1 + (walk.LengthVariationPercent / 100 * stage.Chance.Scatter())) * (lastContact is null ? 0.6 : 1);
            var step = Stepping.Make(walk, stride, stage.Ahead(sign * Math.Max(length, 0.1)), stage);
            var contact = lastContact is null ? begin + 0.6 + step.LiftSeconds + step.SwingSeconds : lastContact.Value + stride;
            var start = Math.Max(contact - step.SwingSeconds - step.LiftSeconds, stage.Time + 0.03);
            if (start + step.Seconds > end)
            {
                break;
            }

            contact = start + step.LiftSeconds + step.SwingSeconds;
            stage.Stride(step, start, walk.Direction, contact - lastContact);
            lastContact = contact;
        }

        stage.Rest(Math.Max(end - stage.Time, 0));
        stage.Note(From.Direction == Direction.Backward ? "backward" : "forward", begin, Posture);
    }
}
