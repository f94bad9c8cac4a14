using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>Samples to measure, and how the chip that gave them sat.</summary>
public sealed record CostInput(Mount Mount, MotionCounts[] Samples);

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
        return Meter(code, input.Mount, null, 2).Measure(Name, input.Samples);
    }

    /// <summary>The same for a walker who has calibrated the rails on a walk like this one; null when there are too few
    /// strides to make baselines of.</summary>
    /// <param name="code">The firmware.</param>
    /// <param name="burst">How many samples come at a time.</param>
    public CostReport? MeasureWithRails(CountedCode code, int burst = 2)
    {
        var input = Load();
        return RailBaselinesFor.Of(Strides()) is { } rails
            ? Meter(code, input.Mount, rails, burst).Measure($"{Name}, rails calibrated", input.Samples)
            : null;
    }

    /// <summary>Where the ops of one of its samples go.</summary>
    public IReadOnlyList<MethodOps> Dissect(CountedCode code, int sample)
    {
        var input = Load();
        return Meter(code, input.Mount, null, 2).Dissect(input.Samples, sample);
    }

    /// <summary>The strides that the firmware finds in it.</summary>
    internal List<Stride> Strides()
    {
        var input = Load();
        List<Stride> strides = [];
        var feed = MotionPath.Plain(input.Mount, heard: strides.Add);
        foreach (var sample in input.Samples)
        {
            feed(sample);
        }

        return strides;
    }

    private static CostMeter Meter(CountedCode code, Mount mount, RailBaselines? rails, int burst) =>
        new(code, () => MotionPath.Counted(code, mount, rails, burst), () => MotionPath.Plain(mount, rails, burst));
}
