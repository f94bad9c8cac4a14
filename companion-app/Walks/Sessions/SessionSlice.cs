using Backstep.Gait;
using Backstep.Walks.Strides;

namespace Backstep.Walks.Sessions;

/// <summary>A part of a session, for charts over time.</summary>
/// <param name="From">Since the start.</param>
/// <param name="Until">Up to there.</param>
/// <param name="Strides">Its strides that count.</param>
public sealed record SessionSlice(TimeSpan From, TimeSpan Until, IReadOnlyList<KeptStride> Strides)
{
    // Round numbers of seconds that a person reads off an axis.
    private static readonly int[] Lengths = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];

    /// <summary>How many strides have that mark.</summary>
    public int Count(StepMark mark) => Strides.Count(kept => StepMarks.Of(kept.Stride) == mark);

    /// <summary>The mark that most of them have; null when there are none.</summary>
    public StepMark? Main =>
        Strides.Count == 0 ? null
            : Strides.GroupBy(kept => StepMarks.Of(kept.Stride)).MaxBy(group => group.Count())!.Key;

    /// <summary>Steps of both feet a minute.</summary>
    public double? CadenceStepsPerMinute => SessionTotals.Of(Strides).CadenceStepsPerMinute;

    /// <summary>Mean foot strike angle of the backward ones, in degrees.</summary>
    public double? FootStrikeDegrees => Statistics.Mean(Statistics.Measured(
        Strides.Where(kept => kept.Stride.Direction == Direction.Backward)
            .Select(kept => kept.Stride), stride => stride.FootStrikeHalfDegrees, 0.5));

    /// <summary>Middle belt speed in m/s.</summary>
    public double? BeltMetersPerSecond =>
        Statistics.Median(
            Statistics.Measured(Strides.Select(kept => kept.Stride), stride => stride.BeltSpeedMillimetersPerSecond,
                0.001));

    /// <summary>Rails as most of the strides say for which it is known.</summary>
    public Posture Rails
    {
        get
        {
            int held = Strides.Count(kept => kept.Rails == Posture.Held);
            int free = Strides.Count(kept => kept.Rails == Posture.Free);
            return held + free == 0 ? Posture.Unknown : held > free ? Posture.Held : Posture.Free;
        }
    }

    /// <summary>Cuts a session into equal parts of a round length, at most so many. None when it has no
    /// strides.</summary>
    public static IReadOnlyList<SessionSlice> Of(KeptSession session, int atMost)
    {
        var strides = session.Walked;
        if (strides.Count == 0)
        {
            return [];
        }

        double seconds = Math.Max(1, Math.Ceiling(strides.Max(kept => kept.At).TotalSeconds));
        int length = Lengths.FirstOrDefault(length => length * atMost >= seconds, (int)Math.Ceiling(seconds / atMost));
        // a contact at the very end belongs to the last part
        var parts = strides.ToLookup(kept => Math.Max(0, (int)((kept.At.TotalSeconds - 0.0005) / length)));
        return
        [
            .. Enumerable.Range(0, (int)Math.Ceiling(seconds / length))
                .Select(
                    i => new SessionSlice(TimeSpan.FromSeconds(i * length), TimeSpan.FromSeconds((i + 1) * length),
                        [.. parts[i]])),
        ];
    }
}
