using Backstep.Gait;
using Backstep.Walks.Rails;

namespace Backstep.Lab.Rails;

/// <summary>How the shoe's estimate fared with one walker, or with many.</summary>
public sealed class ShoeRailsTally
{
    /// <summary>Walkers.</summary>
    public int Walkers { get; set; }

    /// <summary>Those whose baselines overlap, so that nothing is ever said of them.</summary>
    public int Overlapping { get; set; }

    /// <summary>Strides with the window wholly in one posture.</summary>
    public RailConfusion Steady { get; } = new();

    /// <summary>All strides, those after a change of posture included.</summary>
    public RailConfusion All { get; } = new();

    /// <summary>Strides at another speed than the calibrated one: nothing may be said.</summary>
    public RailConfusion OtherSpeed { get; } = new();

    /// <summary>Strides without any calibration: nothing may be said.</summary>
    public RailConfusion Uncalibrated { get; } = new();

    /// <summary>What was said of the steady strides, as a probability.</summary>
    public RailProbabilities Probabilities { get; } = new();

    /// <summary>Changes of what was said while the posture was the same.</summary>
    public long Changes { get; set; }

    /// <summary>The most of them within any one minute.</summary>
    public int MostChangesInAMinute { get; set; }

    /// <summary>Minutes of the same posture.</summary>
    public double SteadyMinutes { get; set; }

    /// <summary>Strides from a change of posture until the new one was said, for those changes after which it
    /// was.</summary>
    public List<int> StridesToNotice { get; } = [];

    /// <summary>Takes another's.</summary>
    public void Add(ShoeRailsTally other)
    {
        Walkers += other.Walkers;
        Overlapping += other.Overlapping;
        Steady.Add(other.Steady);
        All.Add(other.All);
        OtherSpeed.Add(other.OtherSpeed);
        Uncalibrated.Add(other.Uncalibrated);
        Probabilities.Add(other.Probabilities);
        Changes += other.Changes;
        MostChangesInAMinute = Math.Max(MostChangesInAMinute, other.MostChangesInAMinute);
        SteadyMinutes += other.SteadyMinutes;
        StridesToNotice.AddRange(other.StridesToNotice);
    }
}

/// <summary>Lets simulated walkers calibrate, walk on another day with and without the rails, and holds what the
/// device's own estimator says against the truth.</summary>
public static class ShoeRails
{
    private const int Blocks = 6;
    private const int ShortestBlock = 90;
    private const int LongestBlock = 240;

    /// <summary>Walkers 1 to so many, on all cores; the result does not depend on how many there are.</summary>
    public static (ShoeRailsTally AsPublished, ShoeRailsTally Backward) Run(int seed, int walkers, int window,
        CancellationToken stop)
    {
        var tallies = new ShoeRailsTally[walkers];
        Parallel.For(0, walkers, new ParallelOptions { CancellationToken = stop },
            i => tallies[i] = One(RailWalker.At(seed, i + 1), seed, window));
        var (published, backward) = (new ShoeRailsTally(), new ShoeRailsTally());
        for (int i = 0; i < walkers; i++)
        {
            (RailWalker.At(seed, i + 1).AsPublished ? published : backward).Add(tallies[i]);
        }

        return (published, backward);
    }

    /// <summary>A single one.</summary>
    public static ShoeRailsTally One(RailWalker walker, int seed, int window)
    {
        var tally = new ShoeRailsTally { Walkers = 1 };
        var strides = new RailStrides(walker, seed);
        var chance = new RailChance(seed ^ window, walker.Number);
        var baselines = Calibrate(strides);
        var estimator = new RailEstimator(window);
        var bare = new RailEstimator(window);
        estimator.Use(baselines);
        if (!RailEstimator.AreDistinct(baselines))
        {
            tally.Overlapping++;
        }

        // Another day; the belt is set to the same number again.
        strides.IsOtherDay = true;
        var posture = chance.Happens(0.5) ? Posture.Held : Posture.Free;
        for (int block = 0; block < Blocks; block++)
        {
            Walk(posture, chance.Whole(ShortestBlock, LongestBlock), 1 + (0.015 * chance.Normal()), block > 0);
            posture = posture == Posture.Held ? Posture.Free : Posture.Held;
        }

        // A quarter faster: the baselines say nothing about that.
        for (int i = 0; i < window + 60; i++)
        {
            Take(strides.Next(posture, 1.25));
            if (i >= 16)
            {
                tally.OtherSpeed.Add(posture, estimator.Posture);
            }
        }

        return tally;

        void Take(Stride stride)
        {
            estimator.Add(stride);
            estimator.Finish();
            bare.Add(stride);
            bare.Finish();
            tally.Uncalibrated.Add(posture, bare.Posture);
        }

        void Walk(Posture posture, int count, double speed, bool isChange)
        {
            var said = Posture.Unknown;
            var changes = new ChangesInAMinute();
            bool noticed = !isChange;
            for (int i = 0; i < count; i++)
            {
                var stride = strides.Next(posture, speed);
                Take(stride);
                tally.All.Add(posture, estimator.Posture);
                if (!noticed && estimator.Posture == posture)
                {
                    noticed = true;
                    tally.StridesToNotice.Add(i + 1);
                }

                if (i < window + SpreadWindow.Before)
                {
                    said = estimator.Posture;
                    continue;
                }

                tally.Steady.Add(posture, estimator.Posture);
                if (estimator.HeldPercent != Stride.Missing)
                {
                    tally.Probabilities.Add(estimator.HeldPercent, posture);
                }

                tally.SteadyMinutes += stride.StrideMilliseconds / 60000.0;
                if (estimator.Posture != said)
                {
                    said = estimator.Posture;
                    tally.Changes++;
                    tally.MostChangesInAMinute = Math.Max(tally.MostChangesInAMinute,
                        changes.Note(stride.ContactMilliseconds / 1000.0));
                }
            }
        }
    }

    /// <summary>The guided calibration, as on the device: 40 strides held, 40 free.</summary>
    public static RailBaselines Calibrate(RailStrides strides)
    {
        ArgumentNullException.ThrowIfNull(strides);
        var calibration = new RailCalibration();
        foreach (var posture in new[] { Posture.Held, Posture.Free })
        {
            // The first strides of a posture are for finding into it.
            for (int i = 0; i < 5; i++)
            {
                strides.Next(posture);
            }

            calibration.Begin(posture);
            while (calibration.IsRunning)
            {
                calibration.Add(strides.Next(posture), Stride.Missing);
            }
        }

        return calibration.Found
            ?? throw new InvalidOperationException("a simulated calibration at one speed cannot fail");
    }
}
