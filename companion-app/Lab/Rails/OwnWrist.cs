using Backstep.Gait;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Rails;

namespace Backstep.Lab.Rails;

/// <summary>
/// An owner's wrist, recorded together with the shoe: what shoe and wrist say together of the minutes after those that
/// made the baselines. Two recordings that were begun by hand are a second or two apart; as the posture is one
/// throughout, that does not matter.
/// </summary>
public static class OwnWrist
{
    private const double GraceSeconds = 3;

    /// <summary>The wrist's baseline from the first part of each recording, or null when one of the two is too
    /// short.</summary>
    public static WristBaseline? Calibrate(IReadOnlyDictionary<Posture, RailRecording> recordings)
    {
        var calibration = new WristCalibration();
        foreach (var (posture, recording) in recordings)
        {
            var window = new WristWindow();
            double from = recording.Strides[0].ContactSeconds + GraceSeconds;
            foreach (var one in recording.Wrist!.TakeWhile(one => one.EndSeconds <= CalibrationEnd(recording)))
            {
                if (window.Add(one.Motion) is { } features && one.EndSeconds > from)
                {
                    calibration.Add(features, posture == Posture.Held);
                }
            }
        }

        return calibration.Found();
    }

    /// <summary>Judges what comes after it.</summary>
    public static ArmRailsTally Judge(IReadOnlyDictionary<Posture, RailRecording> recordings, RailBaselines shoe,
        WristBaseline wrist, int window)
    {
        var tally = new ArmRailsTally();
        foreach (var (posture, recording) in recordings)
        {
            var estimator = new RailEstimator(window);
            estimator.Use(shoe);
            var fusion = new RailFusion();
            fusion.Use(wrist);
            var said = Posture.Unknown;
            var changes = new ChangesInAMinute();
            int next = 0;
            double end = recording.Strides[^1].ContactSeconds;
            foreach (var one in recording.Wrist!.TakeWhile(one => one.EndSeconds <= end))
            {
                for (; next < recording.Strides.Count
                    && recording.Strides[next].ContactSeconds <= one.EndSeconds; next++)
                {
                    estimator.Add(recording.Strides[next].Stride);
                    estimator.Finish();
                    fusion.AddStride(recording.Strides[next].ContactSeconds);
                    fusion.AddEstimateOf(estimator);
                }

                fusion.AddWrist(one.Motion, one.EndSeconds);
                if (one.EndSeconds <= CalibrationEnd(recording))
                {
                    said = fusion.At(one.EndSeconds).Posture;
                    continue;
                }

                Count(tally, posture, fusion.At(one.EndSeconds), ref said, changes, one.EndSeconds);
            }
        }

        return tally;
    }

    private static void Count(ArmRailsTally tally, Posture posture, RailState state, ref Posture said,
        ChangesInAMinute changes, double now)
    {
        var pose = posture == Posture.Held ? ArmPose.OnRail : ArmPose.Swinging;
        tally.ByPose[pose].Add(posture, state.Posture);
        tally.Minutes += 0.25 / 60;
        if (state.HeldPercent is { } percent)
        {
            tally.Probabilities.Add((int)Math.Round(percent), posture);
        }

        if (state.Posture != said)
        {
            said = state.Posture;
            tally.NoteChange(pose, changes.Note(now));
        }
    }

    // The strides that made the shoe's baselines make the wrist's too.
    private static double CalibrationEnd(RailRecording recording) =>
        recording.Strides[Math.Min(RailCalibration.StridesNeeded, recording.Strides.Count - 1)].ContactSeconds;
}
