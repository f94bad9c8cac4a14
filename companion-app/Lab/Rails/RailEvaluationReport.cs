using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.Rehearsal;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Lab.Rails;

/// <summary>What is known of how well rails are told: the same facts as text and as JSON.</summary>
public sealed record RailEvaluationReport
{
    /// <summary>Name and version of this layout.</summary>
    public string Schema { get; } = "backstep.evaluate.rails/1";

    /// <summary>What was evaluated; says whether anybody walked.</summary>
    public required string Title { get; init; }

    /// <summary>No person walked.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The shoe alone, by window.</summary>
    public required IReadOnlyList<ShoeRow> Shoe { get; init; }

    /// <summary>Shoe and wrist, by window of the shoe; empty when there was no wrist.</summary>
    public required IReadOnlyList<WristRow> ShoeAndWrist { get; init; }

    /// <summary>The same by what the hand did, with the device's window; empty when there was no wrist.</summary>
    public required IReadOnlyList<PoseRow> Poses { get; init; }

    /// <summary>Points of the ROC curves.</summary>
    public required IReadOnlyList<RocRow> Roc { get; init; }

    /// <summary>Probability said against frequency seen, with the device's window.</summary>
    public required IReadOnlyList<ReliabilityRow> Reliability { get; init; }

    /// <summary>The engine's own noise, from the foot's motion to the posture; null when it was not run.</summary>
    public required ChainRow? Chain { get; init; }

    /// <summary>Targets, when asked for.</summary>
    public IReadOnlyList<TargetResult> Targets { get; init; } = [];

    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>The shoe alone with one window. Shares are 0 to 1; what was left unknown is in no share of what was
/// decided.</summary>
public sealed record ShoeRow(
    string Who, int WindowStrides, int Walkers, int Overlapping, double? RightOfDecided,
    double? BalancedAccuracyOfDecided, double UnknownShare, double? RocArea,
    long HeldSaidHeld, long HeldSaidFree, long HeldSaidUnknown, long FreeSaidHeld, long FreeSaidFree,
    long FreeSaidUnknown,
    double? RightOfDecidedWithChanges, double UnknownShareWithChanges, double? ChangesPerMinute,
    int MostChangesInAMinute, double? StridesToNotice,
    long DecidedAtOtherSpeed, long DecidedWithoutCalibration)
{
    /// <summary>Of a tally.</summary>
    public static ShoeRow Of(string who, int window, ShoeRailsTally tally) => new(
        Who: who,
        WindowStrides: window,
        Walkers: tally.Walkers,
        Overlapping: tally.Overlapping,
        RightOfDecided: Round(tally.Steady.RightOfDecided),
        BalancedAccuracyOfDecided: Round(tally.Steady.BalancedAccuracyOfDecided),
        UnknownShare: Math.Round(tally.Steady.UnknownShare, 4),
        RocArea: Round(tally.Probabilities.Area()),
        HeldSaidHeld: tally.Steady[Posture.Held, Posture.Held],
        HeldSaidFree: tally.Steady[Posture.Held, Posture.Free],
        HeldSaidUnknown: tally.Steady[Posture.Held, Posture.Unknown],
        FreeSaidHeld: tally.Steady[Posture.Free, Posture.Held],
        FreeSaidFree: tally.Steady[Posture.Free, Posture.Free],
        FreeSaidUnknown: tally.Steady[Posture.Free, Posture.Unknown],
        RightOfDecidedWithChanges: Round(tally.All.RightOfDecided),
        UnknownShareWithChanges: Math.Round(tally.All.UnknownShare, 4),
        ChangesPerMinute: tally.SteadyMinutes > 0 ? Math.Round(tally.Changes / tally.SteadyMinutes, 3) : null,
        MostChangesInAMinute: tally.MostChangesInAMinute,
        StridesToNotice: Statistics.Median([.. tally.StridesToNotice.Select(strides => (double)strides)]),
        DecidedAtOtherSpeed: tally.OtherSpeed.Decided,
        DecidedWithoutCalibration: tally.Uncalibrated.Decided);

    private static double? Round(double? value) => Statistics.Round(value, 4);
}

/// <summary>Shoe and wrist with one window of the shoe, in quarter seconds. What was left unknown counts as
/// wrong.</summary>
public sealed record WristRow(
    int WindowStrides, double? BalancedAccuracy, double UnknownShare, double? RocArea,
    double? StillHandsRightOfDecided, double StillHandsUnknownShare,
    long HeldSaidHeld, long HeldSaidFree, long HeldSaidUnknown, long FreeSaidHeld, long FreeSaidFree,
    long FreeSaidUnknown,
    double? NoticedAfterSeconds, double? NoticedAfterSeconds95, double? NoticedWithin3SecondsShare,
    double? ChangesPerMinute, int MostChangesInAMinute, double? ClockErrorMilliseconds99)
{
    /// <summary>Of a tally.</summary>
    public static WristRow Of(int window, ArmRailsTally tally) => new(
        WindowStrides: window,
        BalancedAccuracy: Statistics.Round(tally.Telling.BalancedAccuracy, 4),
        UnknownShare: Math.Round(tally.Telling.UnknownShare, 4),
        RocArea: Statistics.Round(tally.Probabilities.Area(), 4),
        StillHandsRightOfDecided: Statistics.Round(tally.StillHands.RightOfDecided, 4),
        StillHandsUnknownShare: Math.Round(tally.StillHands.UnknownShare, 4),
        HeldSaidHeld: tally.Telling[Posture.Held, Posture.Held],
        HeldSaidFree: tally.Telling[Posture.Held, Posture.Free],
        HeldSaidUnknown: tally.Telling[Posture.Held, Posture.Unknown],
        FreeSaidHeld: tally.Telling[Posture.Free, Posture.Held],
        FreeSaidFree: tally.Telling[Posture.Free, Posture.Free],
        FreeSaidUnknown: tally.Telling[Posture.Free, Posture.Unknown],
        NoticedAfterSeconds: Statistics.Median(tally.SecondsToNotice),
        NoticedAfterSeconds95: Statistics.Percentile(tally.SecondsToNotice, 0.95),
        NoticedWithin3SecondsShare: tally.Transitions > 0
            ? Math.Round((double)tally.SecondsToNotice.Count(seconds => seconds <= 3) / tally.Transitions, 4) : null,
        ChangesPerMinute: tally.Minutes > 0 ? Math.Round(tally.Changes / tally.Minutes, 3)
            : null,
        MostChangesInAMinute:
            tally.MostChangesInAMinute.Where(pose => pose.Key != ArmPose.AtControls).Max(pose => pose.Value),
        ClockErrorMilliseconds99: Statistics.Round(Statistics.Percentile(tally.ClockErrorMilliseconds, 0.99), 1));
}

/// <summary>What was said while the hand with the unit did one thing, in shares of the time.</summary>
public sealed record PoseRow(string Pose, string Truth, double SaidHeldShare, double SaidFreeShare,
    double SaidUnknownShare, int MostChangesInAMinute)
{
    /// <summary>Of a tally.</summary>
    public static PoseRow Of(ArmPose pose, ArmRailsTally tally)
    {
        var confusion = tally.ByPose[pose];
        var truth = ArmRailsTally.Truth(pose);
        double all = Math.Max(confusion.Total, 1);
        double Share(Posture said) => Math.Round(confusion[truth, said] / all, 4);
        return new PoseRow(ArmText.Of(pose), StrideText.Of(truth), Share(Posture.Held), Share(Posture.Free),
            Share(Posture.Unknown), tally.MostChangesInAMinute[pose]);
    }
}

/// <summary>One point of a ROC curve: held is said from so many percent on.</summary>
public sealed record RocRow(string Source, int WindowStrides, int FromPercent, double TruePositiveShare,
    double FalsePositiveShare);

/// <summary>One bin of a reliability plot.</summary>
public sealed record ReliabilityRow(string Source, int FromPercent, int ToPercent, double SaidPercent,
    double SeenPercent, long Count);

/// <summary>What the way from the foot's motion to the posture adds, on simulated feet whose every stride is
/// known.</summary>
/// <param name="Runs">Walkers.</param>
/// <param name="Strides">Strides compared.</param>
/// <param name="StrideTimeNoiseMilliseconds">Standard deviation of the error of stride time.</param>
/// <param name="StanceTimeNoiseMilliseconds">Of stance time.</param>
/// <param name="FootStrikeNoiseDegrees">Of the foot strike angle.</param>
/// <param name="TiltNoiseDegrees">Of the tilt.</param>
/// <param name="VariationTruePercent">Stride-time variation as walked, mean.</param>
/// <param name="VariationToldPercent">As the sensor's window tells it, mean.</param>
/// <param name="RightOfDecided">Share right of the strides of which a posture was said, or null.</param>
/// <param name="UnknownShare">Share of strides left unknown.</param>
public sealed record ChainRow(
    int Runs, int Strides, double StrideTimeNoiseMilliseconds, double StanceTimeNoiseMilliseconds,
    double FootStrikeNoiseDegrees, double TiltNoiseDegrees,
    double VariationTruePercent, double VariationToldPercent, double? RightOfDecided, double UnknownShare);
