using Backstep.Gait;
using Backstep.Rehearsal;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Companion.Output;

/// <summary>Holds what is said of the rails against what the simulated walker's hands do, from three seconds after each
/// change on.</summary>
/// <param name="walker">The walker.</param>
public sealed class RailAgreement(Walker walker)
{
    private const double GraceSeconds = 3;

    private double _last, _right, _wrong, _unknown;

    /// <summary>This is said, and has been since the last time.</summary>
    public void Add(double seconds, Posture said)
    {
        double passed = seconds - _last;
        _last = seconds;
        if (walker.Activities.FirstOrDefault(
            one => seconds < one.EndSeconds) is not { Posture: not Posture.Unknown } now
                || seconds - now.StartSeconds <= GraceSeconds)
        {
            return;
        }

        _right += said == now.Posture ? passed : 0;
        _unknown += said == Posture.Unknown ? passed : 0;
        _wrong += said != now.Posture && said != Posture.Unknown ? passed : 0;
    }

    /// <summary>The summary.</summary>
    public DemoRailsJson Summarise() => new(Math.Round(_right, 1), Math.Round(_wrong, 1), Math.Round(_unknown, 1));
}
