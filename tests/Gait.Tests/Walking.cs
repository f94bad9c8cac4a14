using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Gait.Tests;

/// <summary>A simulated walk, through the engine, each true stride beside the one that was found.</summary>
internal sealed class Walking
{
    // A found stride belongs to a true one this close to it.
    private const double MatchSeconds = 0.25;

    private Walking(Walker walker, IReadOnlyList<Stride> found)
    {
        Found = found;
        var left = found.ToList();
        foreach (var stride in walker.Strides)
        {
            var nearest = left.MinBy(s => Math.Abs((s.ContactMilliseconds / 1000.0) - stride.ContactSeconds));
            if (nearest is not null
                && Math.Abs((nearest.ContactMilliseconds / 1000.0) - stride.ContactSeconds) <= MatchSeconds)
            {
                left.Remove(nearest);
                Pairs.Add((stride, nearest));
            }
            else
            {
                Missed.Add(stride);
            }
        }

        Invented = left;
    }

    public IReadOnlyList<Stride> Found { get; }

    public List<(TrueStride True, Stride Found)> Pairs { get; } = [];

    public List<TrueStride> Missed { get; } = [];

    public IReadOnlyList<Stride> Invented { get; }

    /// <summary>Stands 3 s, walks, stands 2 s.</summary>
    public static Walking Of(WalkParameters walk, double seconds, WalkerSettings settings, SamplerOptions? chip = null,
        Mount? mount = null) =>
        Of(new Walker([new Stand(3), new Walk(walk, seconds), new Stand(2)], settings), chip, mount);

    /// <summary>Any walker, to its end.</summary>
    public static Walking Of(Walker walker, SamplerOptions? chip = null, Mount? mount = null) =>
        new(walker,
            Run(new GaitEngine(mount ?? Mount.Identity, walker.Settings.Side),
                Sampler.Sample(walker, walker.Seconds, chip)));

    /// <summary>Feeds samples to an engine and takes every stride it announces.</summary>
    public static List<Stride> Run(GaitEngine engine, IEnumerable<MotionCounts> samples)
    {
        var strides = new List<Stride>();
        foreach (var m in samples)
        {
            if (engine.Add(m.Ax, m.Ay, m.Az, m.Gx, m.Gy, m.Gz))
            {
                strides.Add(engine.TakeStride());
            }
        }

        return strides;
    }

    /// <summary>The middle one of the absolute values.</summary>
    public static double Median(IEnumerable<double> values) =>
        values.Select(Math.Abs).Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : double.NaN;
}
