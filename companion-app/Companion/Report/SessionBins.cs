using Backstep.Companion.Export;
using Backstep.Companion.Live;
using Backstep.Companion.Output;
using Backstep.Companion.Sessions;
using Backstep.Gait;

namespace Backstep.Companion.Report;

/// <summary>A part of a session, a few seconds or minutes long. Null means not measured.</summary>
/// <param name="From">Since the start.</param>
/// <param name="Until">Since the start.</param>
/// <param name="Marks">Strides of all feet, counted by <see cref="StepMark"/>.</param>
/// <param name="StepsPerMinute">Of both feet.</param>
/// <param name="BeltMetersPerSecond">Mean.</param>
/// <param name="Held">Strides with a hand on a rail.</param>
/// <param name="Free">Strides without.</param>
/// <param name="Strides">Strides of all feet.</param>
public sealed record SessionBin(
    TimeSpan From, TimeSpan Until, IReadOnlyList<int> Marks, double? StepsPerMinute, double? BeltMetersPerSecond, int Held, int Free, int Strides)
{
    /// <summary>What most strides say about the rails, of those that say anything.</summary>
    public Posture Rails => Held + Free == 0 ? Posture.Unknown : Held > Free ? Posture.Held : Posture.Free;
}

/// <summary>Cuts a session into equal parts, few enough to be seen.</summary>
public static class SessionBins
{
    private const int Most = 60;

    private static readonly int[] Lengths = [5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];

    /// <summary>The parts, in order, without gaps; none of a session without strides.</summary>
    public static IReadOnlyList<SessionBin> Of(KeptSession session)
    {
        var strides = OneFoot.AllFeet(session);
        if (strides.Count == 0)
        {
            return [];
        }

        double end = Math.Max(1, strides[^1].At.TotalSeconds);
        double length = Lengths.FirstOrDefault(length => end / length < Most, (int)Math.Ceiling(Math.Min(end, int.MaxValue / 2.0) / Most / 3600) * 3600);
        var parts = strides.ToLookup(stride => (int)Math.Clamp(Math.Floor(stride.At.TotalSeconds / length), 0, Most));
        int last = (int)Math.Clamp(Math.Floor(end / length), 0, Most);
        return [.. Enumerable.Range(0, last + 1).Select(i => Bin(TimeSpan.FromSeconds(i * length), TimeSpan.FromSeconds((i + 1) * length), [.. parts[i]]))];
    }

    private static SessionBin Bin(TimeSpan from, TimeSpan until, KeptStride[] strides)
    {
        var records = strides.Select(kept => kept.Stride).ToArray();
        var marks = new int[Enum.GetValues<StepMark>().Length];
        foreach (var stride in records)
        {
            marks[(int)StepMarks.Of(stride)]++;
        }

        double? milliseconds = Statistics.Mean(Statistics.Measured(records, stride => stride.StrideMilliseconds));
        return new SessionBin(
            from,
            until,
            marks,
            milliseconds is > 0 ? 120_000 / milliseconds : null,
            Statistics.Mean(Statistics.Measured(records, stride => stride.BeltSpeedMillimetersPerSecond, 0.001)),
            strides.Count(kept => kept.Rails == Posture.Held),
            strides.Count(kept => kept.Rails == Posture.Free),
            strides.Length);
    }
}
