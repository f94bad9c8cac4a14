using Backstep.Gait;
using Backstep.Protocol.Tests.Support;
using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Coaching;

/// <summary>Whatever is wrong at the same time, no correction hides safety or dose.</summary>
public class CueOrderPropertyTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private static readonly Gen<Fault[]> Walk = Gen.Select(
        Any(Direction.Backward, Direction.Forward, Direction.Unknown),
        Any(Landing.Toe, Landing.Flat, Landing.Heel, Landing.Unknown),
        Any(-20.0, 0, 20),
        Any(0.5, 0.9, 1.4, 2.0),
        Any(Posture.Free, Posture.Held, Posture.Unknown),
        Any(0, 300),
        Gen.Int[0, 15])
        .Select((direction, landing, tilt, meters, rails, wobble, flags) =>
            new Fault(direction, landing, tilt, meters, rails, wobble, flags)).Array[4, 20];

    [Fact]
    public void No_correction_hides_safety_or_dose_for_longer_than_a_cue_must_be_shown() =>
        Sampling.ForAll(
            Gen.Select(Walk, Gen.Int[5, 90]), Sampling.PropertyCases / 5,
            (faults, target) => Assert.Null(FirstBreach(faults, TimeSpan.FromSeconds(target))));

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>When and how it is broken; null: never.</summary>
    private static string? FirstBreach(Fault[] faults, TimeSpan target)
    {
        var time = new FakeTimeProvider();
        var recent = new RecentStrides(time);
        var coach = new Coach(recent, Units.Metric);
        var board = new CueBoard(time);
        var walked = TimeSpan.Zero;
        var hidden = (Safety: TimeSpan.Zero, Dose: TimeSpan.Zero);
        for (int stride = 0; stride < faults.Length * 6; stride++)
        {
            var fault = faults[stride / 6];
            recent.Add(fault.Stride(stride));
            for (int tick = 0; tick < 6; tick++)
            {
                time.Advance(Tick);
                walked += Tick;
                var moment = new WalkMoment
                {
                    Walked = walked,
                    Target = target,
                    IsPaused = (fault.Flags & 1) != 0,
                    LacksStrides = (fault.Flags & 2) != 0,
                    IsRhythmSettled = (fault.Flags & 4) != 0,
                    Rails = fault.Rails,
                    Incline = (fault.Flags & 8) != 0
                        ? new Cue(CueKind.Incline, CueTone.Correction, "The belt is at 2 %") : null,
                };
                var shown = board.Offer(coach.Judge(moment));

                // What must be said is reckoned here anew, from the strides: not asked of the coach.
                hidden.Safety = !IsSafety(shown) && IsFarTooFast(recent) ? hidden.Safety + Tick : TimeSpan.Zero;
                hidden.Dose = walked >= target && !IsDose(shown) ? hidden.Dose + Tick : TimeSpan.Zero;
                if (hidden.Safety > CueBoard.MinimumShown || hidden.Dose > CueBoard.MinimumShown)
                {
                    return $"after {walked} of {target}: '{shown.Text}' hides {hidden}";
                }
            }
        }

        return null;
    }

    private static bool IsSafety(Cue cue) => cue.Kind == CueKind.TooFast;

    private static bool IsDose(Cue cue) => cue.Kind == CueKind.TargetReached
        || cue.Text.Contains("time is up", StringComparison.Ordinal);

    // Clearly over the limit, so that it does not matter where exactly it begins to count.
    private static bool IsFarTooFast(RecentStrides recent)
    {
        double[] speeds = [.. recent.LastFew().Where(stride => stride.Direction != Direction.Forward)
            .Select(stride => stride.BeltSpeedMillimetersPerSecond / 1000.0).Order()];
        return speeds.Length >= 3 && speeds[(speeds.Length - 1) / 2] > 1.2 * Coach.BeltLimitMetersPerSecond;
    }

    private sealed record Fault(Direction Direction, Landing Landing, double Tilt, double Meters, Posture Rails,
        int Wobble, int Flags)
    {
        public Stride Stride(int i) => Strides.Make((uint)i + 1, Direction, Landing, tiltDegrees: Tilt, meters: Meters,
            strideMilliseconds: 1400 + (i % 2 == 0 ? Wobble : -Wobble));
    }
}
