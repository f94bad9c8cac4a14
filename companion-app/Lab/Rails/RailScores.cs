using Backstep.Gait;

namespace Backstep.Lab.Rails;

/// <summary>What was said of so many strides (or moments), against the truth.</summary>
public sealed class RailConfusion
{
    private readonly long[,] _counts = new long[3, 3];

    /// <summary>How many times so much was said when that was true.</summary>
    public long this[Posture truth, Posture said] => _counts[(int)truth, (int)said];

    /// <summary>All.</summary>
    public long Total => _counts.Cast<long>().Sum();

    /// <summary>Those of which something was said.</summary>
    public long Decided => Total - Said(Posture.Unknown);

    /// <summary>Share left unknown, 0 to 1.</summary>
    public double UnknownShare => Total == 0 ? 0 : (double)Said(Posture.Unknown) / Total;

    /// <summary>Share right of what was said, 0 to 1, or null when nothing was.</summary>
    public double? RightOfDecided =>
        Decided == 0 ? null : (double)(this[Posture.Held, Posture.Held] + this[Posture.Free, Posture.Free]) / Decided;

    /// <summary>Mean of the two shares right of what was said, held and free, 0 to 1, or null when one of them is
    /// missing.</summary>
    public double? BalancedAccuracyOfDecided => Mean(Right(Posture.Held, false), Right(Posture.Free, false));

    /// <summary>Mean of the two shares right of all that was true, what was left unknown counted as wrong.</summary>
    public double? BalancedAccuracy => Mean(Right(Posture.Held, true), Right(Posture.Free, true));

    /// <summary>Counts one.</summary>
    public void Add(Posture truth, Posture said) => _counts[(int)truth, (int)said]++;

    /// <summary>Counts another's.</summary>
    public void Add(RailConfusion other)
    {
        for (int t = 0; t < 3; t++)
        {
            for (int s = 0; s < 3; s++)
            {
                _counts[t, s] += other._counts[t, s];
            }
        }
    }

    private static double? Mean(double? a, double? b) => (a + b) / 2;

    private double? Right(Posture truth, bool unknownIsWrong)
    {
        long of = this[truth, Posture.Held] + this[truth, Posture.Free]
            + (unknownIsWrong ? this[truth, Posture.Unknown] : 0);
        return of == 0 ? null : (double)this[truth, truth] / of;
    }

    private long Said(Posture said) => _counts[0, (int)said] + _counts[1, (int)said] + _counts[2, (int)said];
}

/// <summary>Probabilities that were said, and whether the rails were held: how well they sort (ROC), and how true they
/// are (reliability).</summary>
public sealed class RailProbabilities
{
    private readonly long[] _held = new long[101], _free = new long[101];

    /// <summary>How many.</summary>
    public long Count => _held.Sum() + _free.Sum();

    /// <summary>Takes one.</summary>
    /// <param name="heldPercent">0 to 100.</param>
    /// <param name="truth">Held or free.</param>
    public void Add(int heldPercent, Posture truth) => (truth == Posture.Held ? _held : _free)[heldPercent]++;

    /// <summary>Takes another's.</summary>
    public void Add(RailProbabilities other)
    {
        for (int i = 0; i <= 100; i++)
        {
            _held[i] += other._held[i];
            _free[i] += other._free[i];
        }
    }

    /// <summary>Area under the ROC curve: how often a held moment is given a higher probability than a free one, ties
    /// counted half (Hanley and McNeil 1982).</summary>
    public double? Area()
    {
        double pairs = (double)_held.Sum() * _free.Sum(), won = 0, below = 0;
        for (int i = 0; i <= 100; i++)
        {
            won += _held[i] * (below + (_free[i] / 2.0));
            below += _free[i];
        }

        return pairs > 0 ? won / pairs : null;
    }

    /// <summary>Share of held moments, and of free ones, that were given at least so many percent.</summary>
    public (double TruePositive, double FalsePositive) PointAt(int heldPercent) =>
        (Share(_held, heldPercent, 100), Share(_free, heldPercent, 100));

    /// <summary>Ten bins of probability: mean said, share that was held, how many. Empty ones are left out.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability()
    {
        var bins = new List<ReliabilityBin>();
        for (int b = 0; b < 10; b++)
        {
            int first = b * 10, last = b == 9 ? 100 : first + 9;
            long held = 0, all = 0;
            double said = 0;
            for (int i = first; i <= last; i++)
            {
                held += _held[i];
                all += _held[i] + _free[i];
                said += (double)i * (_held[i] + _free[i]);
            }

            if (all > 0)
            {
                bins.Add(new ReliabilityBin(first, last, said / all, 100.0 * held / all, all));
            }
        }

        return bins;
    }

    private static double Share(long[] of, int from, int to)
    {
        long all = of.Sum();
        return all == 0 ? 0 : (double)of[from..(to + 1)].Sum() / all;
    }
}

/// <summary>One bin of a reliability table, in percent.</summary>
/// <param name="FromPercent">Lowest probability in it.</param>
/// <param name="ToPercent">Highest.</param>
/// <param name="SaidPercent">Mean of what was said.</param>
/// <param name="SeenPercent">How often the rails were held then.</param>
/// <param name="Count">How many.</param>
public sealed record ReliabilityBin(int FromPercent, int ToPercent, double SaidPercent, double SeenPercent, long Count);
