using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>Walks: the belt comes up to speed, runs, and stops. On firm ground read "belt" as the walker's own
/// speed.</summary>
/// <param name="From">How, at the start.</param>
/// <param name="Seconds">From the first movement of the belt to its stop.</param>
public sealed record Walk(WalkParameters From, double Seconds) : Segment
{
    // Below this, or below so much of the walk's own speed, the walker waits for the belt (or stands) rather than step.
    private const double SlowestMetersPerSecond = 0.12;
    private const double SlowestShare = 0.6;

    /// <summary>How, at the end; in between the numbers change evenly.</summary>
    public WalkParameters? To { get; init; }

    /// <summary>Over how long the belt comes to the first speed, s, 2 or more; 0 when it has that speed
    /// already.</summary>
    public double StartSeconds { get; init; } = 3;

    /// <summary>Over how long the belt comes to rest, s, 2 or more; 0 keeps it running into the next walk.</summary>
    public double StopSeconds { get; init; } = 3;

    /// <inheritdoc/>
    public override string Word => From.Direction == Direction.Backward ? "walk backward" : "walk forward";

    internal override void Play(Stage stage)
    {
        From.Check();
        (To ?? From).Check();
        var begin = Math.Max(stage.Time, stage.Body.BeltVelocity.EndTime);
        var end = begin + Seconds;
        var sign = From.Direction == Direction.Backward ? -1 : 1;
        var speed = RunBelt(stage, begin, end, sign);
        stage.Sway(0.12);
        while (Next(stage, speed, begin, end, sign) is var (step, start) && start + step.Seconds <= end)
        {
            var contact = start + step.LiftSeconds + step.SwingSeconds;
            stage.Stride(step, start, From.Direction, contact - stage.LastContact);
        }

        if (StopSeconds > 0)
        {
            StanceRoll.Settle(stage.Body, double.MaxValue);
            stage.Rest(Math.Max(end - stage.Time, 0));
            stage.LastContact = null;
        }
    }

    private Track RunBelt(Stage stage, double begin, double end, int sign)
    {
        var uphill = stage.Ahead(sign).X;
        var belt = stage.Body.BeltVelocity;
        var speed = new Track(Math.Abs(belt.EndValue));
        speed.Hold(begin);
        belt.Hold(begin);
        var last = (To ?? From).SpeedMetersPerSecond;
        foreach (var (time, value) in new[] { (begin + StartSeconds, From.SpeedMetersPerSecond),
            (end - StopSeconds, last), (end, StopSeconds > 0 ? 0 : last) })
        {
            speed.To(time, value);
            belt.To(time, -uphill * value);
        }

        return speed;
    }

    /// <summary>The next step and when its foot begins to lift.</summary>
    private (FootStep Step, double Start) Next(Stage stage, Track speed, double begin, double end, int sign)
    {
        var time = Math.Max(stage.LastContact ?? begin, begin - From.StrideSeconds);
        var first = stage.LastContact is null;
        if (first)
        {
            while (time < end && speed.At(time).Value < Slowest(From))
            {
                time += 0.1;
            }
        }

        var walk = To is null ? From : From.Towards(To, Math.Clamp((time - begin) / Seconds, 0, 1));
        var pace = speed.At(Math.Clamp(time + (0.6 * walk.StrideSeconds), begin, end)).Value;
        if (pace < Slowest(walk))
        {
            return (new FootStep(), end + 1);
        }

        var ease = Math.Min(1, pace / walk.SpeedMetersPerSecond);
        var stride = walk.StrideSeconds / (0.7 + (0.3 * ease))
            * (1 + (walk.StrideTimeVariationPercent / 100 * stage.RandomSource.Scatter()));
        var length = pace * stride * (1 + (walk.LengthVariationPercent / 100 * stage.RandomSource.Scatter()))
            * (first ? 0.6 : 1);
        var step = Stepping.Make(walk, stride, stage.Ahead(sign * length), stage);
        var start = first ? time : stage.LastContact!.Value + stride - step.SwingSeconds - step.LiftSeconds;
        return (step, Math.Max(start, stage.Time + 0.03));
    }

    private static double Slowest(WalkParameters walk) =>
        Math.Min(SlowestMetersPerSecond, SlowestShare * walk.SpeedMetersPerSecond);
}
