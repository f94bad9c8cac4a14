using Backstep.Files.Recording;
using Backstep.Gait;

namespace Backstep.Replay.Tests;

/// <summary>Rows through the engine, from any sample on: a sensor that wakes in the middle of them.</summary>
internal static class Played
{
    /// <summary>What the chip would have said.</summary>
    public static List<ChipSample> Samples(IEnumerable<MotionRow> rows, out double originSeconds)
    {
        var chip = new ChipResampler();
        var samples = new List<ChipSample>();
        foreach (var row in rows)
        {
            samples.AddRange(chip.Add(row, out uint _));
        }

        originSeconds = chip.OriginSeconds;
        return samples;
    }

    public static List<Stride> Of(IEnumerable<MotionRow> rows, Mount mount, int from, out double originSeconds) =>
        Of(Samples(rows, out originSeconds), mount, from);

    /// <summary>The strides that are found when the first <paramref name="from"/> samples are slept through.</summary>
    public static List<Stride> Of(IReadOnlyList<ChipSample> samples, Mount mount, int from)
    {
        var engine = new GaitEngine(mount, FootSide.Unknown);
        var strides = new List<Stride>();
        for (int i = from; i < samples.Count; i++)
        {
            var s = samples[i];
            if (engine.Add(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz))
            {
                strides.Add(engine.TakeStride());
            }
        }

        return strides;
    }
}
