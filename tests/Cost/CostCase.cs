using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>Samples to measure, and how the chip that gave them sat.</summary>
public sealed record CostInput(Mount Mount, RawMotion[] Samples);

/// <summary>A recording, real or simulated, that is made or read when asked for.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="HasStrides">Whether somebody walks in it.</param>
/// <param name="Load">Makes or reads it; the same every time.</param>
public sealed record CostCase(string Name, bool HasStrides, Func<CostInput> Load)
{
    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Counts the firmware on it.</summary>
    public CostReport Measure(CountedCode code)
    {
        var input = Load();
        return Meter(code, input.Mount).Measure(Name, input.Samples);
    }

    /// <summary>Where the ops of one of its samples go.</summary>
    public IReadOnlyList<MethodOps> Dissect(CountedCode code, int sample)
    {
        var input = Load();
        return Meter(code, input.Mount).Dissect(input.Samples, sample);
    }

    private static CostMeter Meter(CountedCode code, Mount mount) => new(code, () => MotionPath.Counted(code, mount), () => MotionPath.Plain(mount));
}
