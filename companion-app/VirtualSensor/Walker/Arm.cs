namespace Backstep.VirtualSensor.Walker;

/// <summary>What a hand does on a treadmill.</summary>
public enum ArmPose
{
    /// <summary>It rests on the rail, and so does the other one.</summary>
    OnRail,

    /// <summary>It rests on the rail, and the other one swings.</summary>
    OneHandOnRail,

    /// <summary>It swings as the walker walks.</summary>
    Swinging,

    /// <summary>It swings little, for the other hand is on the rail.</summary>
    OtherHandOnRail,

    /// <summary>It holds a phone before the chest.</summary>
    PhoneInHand,

    /// <summary>It is in a pocket.</summary>
    InPocket,

    /// <summary>The arms are crossed.</summary>
    Crossed,

    /// <summary>It is on the way to the controls, and works them.</summary>
    AtControls,
}

/// <summary>A hand does something for a while. The first second of it is the way there.</summary>
public sealed record ArmSegment(ArmPose Pose, double Seconds)
{
    /// <summary>Whether the body walks meanwhile; who stands moves no arm.</summary>
    public bool IsWalking { get; init; } = true;
}

/// <summary>Whose arm it is, and on what it may rest.</summary>
public sealed record ArmSettings
{
    /// <summary>Every random number follows from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Stride time of the feet below, s.</summary>
    public double StrideSeconds { get; init; } = 1.3;

    /// <summary>Speed of the belt, m/s.</summary>
    public double SpeedMetersPerSecond { get; init; } = 0.7;

    /// <summary>What the running belt shakes into the frame at 1 m/s, g, 0 to 0.1; a part of it reaches the
    /// rail.</summary>
    public double BeltVibrationG { get; init; } = 0.02;
}

/// <summary>
/// The forearm of somebody who walks on a treadmill, felt by a perfect chip on the back of the wrist: x to the hand, z
/// out of the back of the hand. A hand on the rail stays with the machine; any other goes up and down with the body.
/// How much, and how far arms swing, differs from walker to walker; the bounds are assumptions, no measurements.
/// </summary>
public sealed class Arm : IMotionSource
{
    private const double MoveSeconds = 1; // from pose to pose: assumed

    private readonly Track pitch, roll, stride, step, bounce, lever, onRail;
    private readonly BeltVibration vibration;
    private readonly ArmSettings settings;
    private readonly double stridePhase, stepPhase, breathPhase, trunkG, railShare;
    private readonly List<(double Start, ArmPose Pose)> poses = [];
    private readonly Dictionary<ArmPose, Habit> habits = [];

    /// <summary>Plays the segments once.</summary>
    public Arm(IEnumerable<ArmSegment> segments, ArmSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(segments);
        this.settings = settings ?? new ArmSettings();
        var chance = new RandomSource(this.settings.Seed);
        vibration = new BeltVibration(this.settings.BeltVibrationG, chance);
        (stridePhase, stepPhase, breathPhase) = (chance.Between(0, Math.Tau), chance.Between(0, Math.Tau),
            chance.Between(0, Math.Tau));

        // Up and down with every step, more when walking faster.
        trunkG = (0.015 + (0.05 * this.settings.SpeedMetersPerSecond)) * chance.Between(0.6, 1.3);
        railShare = chance.Between(0.3, 1);
        foreach (var pose in Enum.GetValues<ArmPose>().Where(pose => pose != ArmPose.OneHandOnRail))
        {
            habits.Add(pose, Habit.Draw(pose, chance));
        }

        habits.Add(ArmPose.OneHandOnRail, habits[ArmPose.OnRail].WithOneHand(chance));
        Habit? first = null;
        pitch = roll = stride = step = bounce = lever = onRail = null!;
        foreach (var segment in segments)
        {
            // Nobody takes the same hold twice.
            var habit = habits[segment.Pose] with
            {
                Pitch = habits[segment.Pose].Pitch + (3 * chance.Scatter()),
                Roll = habits[segment.Pose].Roll + (3 * chance.Scatter()),
            };
            habit = segment.IsWalking ? habit : habit with { StrideDegrees = 0, StepDegrees = 0, Bounce = 0 };
            var rests = segment.Pose is ArmPose.OnRail or ArmPose.OneHandOnRail ? 1.0 : 0;
            if (first is null)
            {
                first = habit;
                (pitch, roll, stride, step) = (new Track(habit.Pitch), new Track(habit.Roll),
                    new Track(habit.StrideDegrees), new Track(habit.StepDegrees));
                (bounce, lever, onRail) = (new Track(habit.Bounce), new Track(habit.LeverMeters), new Track(rests));
            }

            var start = Seconds;
            foreach (var (track, value) in new[]
            {
                (pitch, habit.Pitch), (roll, habit.Roll), (stride, habit.StrideDegrees), (step, habit.StepDegrees),
                (bounce, habit.Bounce), (lever, habit.LeverMeters), (onRail, rests),
            })
            {
                track!.Hold(start);
                track.To(start + MoveSeconds, value);
            }

            // At the controls a finger goes from key to key.
            for (var at = start + MoveSeconds; segment.Pose == ArmPose.AtControls
                && at < start + segment.Seconds - 0.8; at += chance.Between(0.7, 1.5))
            {
                pitch.Hold(at);
                roll.Hold(at);
                pitch.To(at + 0.5, habit.Pitch + chance.Between(-10, 10));
                roll.To(at + 0.5, habit.Roll + chance.Between(-8, 8));
            }

            poses.Add((start, segment.Pose));
            Seconds += segment.Seconds;
        }

        if (first is null)
        {
            throw new ArgumentException("An arm does something.", nameof(segments));
        }
    }

    /// <summary>The arm of somebody whose feet are told already: on the rail, swinging or wherever the scenario has it,
    /// in time with the mean stride.</summary>
    /// <param name="walker">The feet.</param>
    /// <param name="seed">Whose arm it is. The feet's own may be used again: nothing is drawn from the same
    /// sequence.</param>
    /// <param name="segments">What the same arm does instead, at the same pace; null for what the scenario
    /// says.</param>
    public static Arm Of(Walker walker, int seed, IEnumerable<ArmSegment>? segments = null)
    {
        ArgumentNullException.ThrowIfNull(walker);
        var timed = walker.Strides.Where(stride => stride.StrideSeconds is not null).ToArray();
        var settings = new ArmSettings { Seed = seed ^ 0x41524D, BeltVibrationG = walker.Settings.BeltVibrationG };
        return new Arm(
            segments
                ?? walker.Activities.Select(
                    activity => new ArmSegment(activity.Hand, activity.EndSeconds - activity.StartSeconds)
            {
                IsWalking =
                    walker.Strides.Any(
                        stride => stride.ContactSeconds >= activity.StartSeconds
                            && stride.ContactSeconds < activity.EndSeconds),
            }),
            timed.Length == 0 ? settings : settings with
            {
                StrideSeconds = timed.Average(stride => stride.StrideSeconds!.Value),
                SpeedMetersPerSecond = timed.Average(stride => stride.LengthMeters / stride.StrideSeconds!.Value),
            });
    }

    /// <summary>When the last segment ends, s.</summary>
    public double Seconds { get; }

    /// <summary>What the hand does at a time, and since when.</summary>
    public (ArmPose Pose, double Since) PoseAt(double seconds)
    {
        var index = poses.FindLastIndex(pose => pose.Start <= seconds);
        return (poses[Math.Max(index, 0)].Pose, poses[Math.Max(index, 0)].Start);
    }

    /// <inheritdoc/>
    public Motion At(double seconds)
    {
        var strideRate = Math.Tau / settings.StrideSeconds;
        var swing = Wave(stride.At(seconds), strideRate, stridePhase, seconds);
        var bob = Wave(step.At(seconds), 2 * strideRate, stepPhase, seconds);
        var breath = Wave(new Moment(0.3, 0, 0), Math.Tau * 0.25, breathPhase, seconds);
        var attitude = new Attitude(Sum(pitch.At(seconds), swing, bob, breath),
            Sum(roll.At(seconds), Half(swing), Half(bob)), Half(bob));
        var arm = new Vector3D(lever.At(seconds).Value, 0, 0);
        var share = bounce.At(seconds).Value;
        var upDown = share * trunkG
            * (Math.Sin((2 * strideRate * seconds) + stepPhase)
                + (0.3 * Math.Sin((4 * strideRate * seconds) + (2 * stepPhase))));
        var foreAft = share * trunkG * 0.5 * Math.Sin((2 * strideRate * seconds) + stepPhase + 1.2);
        var side = share * trunkG * 0.5 * Math.Sin((strideRate * seconds) + stridePhase + 0.7);
        var shaken = onRail.At(seconds).Value * railShare * vibration.ForceG(seconds, settings.SpeedMetersPerSecond);
        var force = attitude.Inward(new Vector3D(foreAft, side, 1 + upDown + shaken))
            + (attitude.TurnAcceleration(arm) * (1 / Body.Gravity));
        var rate = attitude.Rate * (180 / Math.PI);
        return new Motion(force.X, force.Y, force.Z, rate.X, rate.Y, rate.Z);
    }

    private static Moment Wave(Moment amplitude, double omega, double phase, double seconds)
    {
        var (sin, cos) = Math.SinCos((omega * seconds) + phase);
        return new Moment(
            amplitude.Value * sin,
            (amplitude.Rate * sin) + (amplitude.Value * omega * cos),
            (amplitude.Acceleration * sin) + (2 * amplitude.Rate * omega * cos)
                - (amplitude.Value * omega * omega * sin));
    }

    private static Moment Sum(params ReadOnlySpan<Moment> moments)
    {
        var sum = default(Moment);
        foreach (var moment in moments)
        {
            sum = new Moment(sum.Value + moment.Value, sum.Rate + moment.Rate, sum.Acceleration + moment.Acceleration);
        }

        return sum;
    }

    private static Moment Half(Moment moment) => new(moment.Value / 2, moment.Rate / 2, moment.Acceleration / 2);

    /// <summary>One walker's way to hold an arm: angles of the forearm in degrees (hand down, rolled), how far it goes
    /// with stride and step, how much of the body's up and down it takes, and how far from its pivot the wrist
    /// is.</summary>
    private sealed record Habit(double Pitch, double Roll, double StrideDegrees, double StepDegrees, double Bounce,
        double LeverMeters)
    {
        public static Habit Draw(ArmPose pose, RandomSource c) => pose switch
        {
            // The elbow gives with every stride, the hand hardly: with some it lies so lightly that the body takes it
            // along.
            ArmPose.OnRail =>
                new Habit(c.Between(0, 50), c.Between(-25, 25), c.Between(0.3, 3), c.Between(0.2, 1.2),
                    c.Between(0.03, 0.35), 0.08),
            ArmPose.Swinging =>
                new Habit(c.Between(62, 80), c.Between(-20, 20), c.Between(3, 20), c.Between(0.5, 3),
                    c.Between(0.7, 1), 0.55),
            ArmPose.OtherHandOnRail =>
                new Habit(c.Between(62, 80), c.Between(-20, 20), c.Between(1.5, 10), c.Between(0.5, 3),
                    c.Between(0.6, 1), 0.55),
            ArmPose.PhoneInHand =>
                new Habit(c.Between(-35, 20), c.Between(0, 110), c.Between(0.5, 2.5), c.Between(0.5, 2.5),
                    c.Between(0.6, 1), 0.3),
            ArmPose.InPocket =>
                new Habit(c.Between(35, 70), c.Between(-30, 30), c.Between(1, 6), c.Between(0.5, 2), c.Between(0.8, 1),
                    0.25),
            ArmPose.Crossed =>
                new Habit(c.Between(-15, 30), c.Between(-60, 60), c.Between(0.4, 2), c.Between(0.3, 1.5),
                    c.Between(0.6, 1), 0.3),
            _ =>
                new Habit(c.Between(-35, 0), c.Between(-30, 30), c.Between(1, 3), c.Between(0.5, 2),
                    c.Between(0.4, 0.9), 0.3),
        };

        // The trunk turns with the arm that swings, and stands nearer to the rail that is held.
        public Habit WithOneHand(RandomSource c) => this with
        {
            Pitch = Pitch + c.Between(-6, 6),
            Roll = Roll + c.Between(-6, 6),
            StrideDegrees = StrideDegrees * c.Between(1, 1.6),
            Bounce = Bounce * c.Between(1, 1.4),
        };
    }
}
