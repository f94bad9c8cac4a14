using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Rehearsal;

/// <summary>A stride that arrived, and the true stride that it is, if it is one.</summary>
public sealed record MatchedStride(Stride Arrived, TrueStride? Truth);

/// <summary>Holds what arrived against what the walker truly did. Only a simulation can.</summary>
public sealed class TruthComparison
{
    // Half the shortest stride, so that no stride can be taken for its neighbour.
    private const double FarthestSeconds = 0.35;

    private TruthComparison(IReadOnlyList<TrueStride> truth, IReadOnlyList<MatchedStride> strides)
    {
        Truth = truth;
        Strides = strides;
        Matched = [.. strides.Where(stride => stride.Truth != null)];
    }

    /// <summary>The true strides that are asked for.</summary>
    public IReadOnlyList<TrueStride> Truth { get; }

    /// <summary>Every stride that arrived in that time.</summary>
    public IReadOnlyList<MatchedStride> Strides { get; }

    /// <summary>Those that are true ones.</summary>
    public IReadOnlyList<MatchedStride> Matched { get; }

    /// <summary>True strides that did not arrive.</summary>
    public int Missing => Truth.Count - Matched.Count;

    /// <summary>Strides that arrived and were none.</summary>
    public int Invented => Strides.Count - Matched.Count;

    /// <summary>Matches each arrived stride with the nearest true contact, one to one.</summary>
    /// <param name="truth">All true strides, in order.</param>
    /// <param name="arrived">All strides that arrived.</param>
    /// <param name="clockOffsetSeconds">Walker's time at the sensor's sample clock 0.</param>
    /// <param name="untilSeconds">Walker's time up to which a true stride must have been complete to be asked
    /// for.</param>
    public static TruthComparison Make(IReadOnlyList<TrueStride> truth, IEnumerable<Stride> arrived,
        double clockOffsetSeconds, double untilSeconds)
    {
        var taken = new HashSet<TrueStride>();
        var strides = new List<MatchedStride>();
        foreach (var stride in arrived.OrderBy(stride => stride.Sequence))
        {
            double contact = clockOffsetSeconds + (stride.ContactMilliseconds / 1000.0);
            var nearest = truth.Where(one => !taken.Contains(one)).MinBy(one => Math.Abs(one.ContactSeconds - contact));
            if (nearest != null && Math.Abs(nearest.ContactSeconds - contact) <= FarthestSeconds)
            {
                taken.Add(nearest);
                if (nearest.FootFlatSeconds <= untilSeconds)
                {
                    strides.Add(new MatchedStride(stride, nearest));
                }
            }
            else if (contact <= untilSeconds)
            {
                strides.Add(new MatchedStride(stride, null));
            }
        }

        return new TruthComparison([.. truth.Where(one => one.FootFlatSeconds <= untilSeconds)], strides);
    }

    /// <summary>True cadence at a moment, from the last four true strides, as the sensor averages it; null before there
    /// are four in a row.</summary>
    public static double? TrueCadence(IReadOnlyList<TrueStride> truth, int last)
    {
        const int window = 4; // CadenceMeter
        double sum = 0;
        for (int i = last; i > last - window; i--)
        {
            if (i < 0 || truth[i].StrideSeconds is not { } seconds)
            {
                return null;
            }

            sum += seconds;
        }

        return 120 * window / sum;
    }
}
