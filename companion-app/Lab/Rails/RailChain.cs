using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Lab.Evaluation;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Rails;
using Backstep.Walks.Strides;

namespace Backstep.Lab.Rails;

/// <summary>
/// The whole way on simulated feet: motion, chip, gait engine, calibration, posture. It shows how much noise the
/// engine's own times and angles add, which the statistics with thousands of strides take for granted.
/// </summary>
public static class RailChain
{
    private const double StepSeconds = 66;
    private const double BlockSeconds = 130;
    private const double MatchSeconds = 0.15;

    /// <summary>So many walkers.</summary>
    public static ChainRow Run(int seed, int runs, CancellationToken stop)
    {
        var chains = new Chain[runs];
        Parallel.For(0, runs, new ParallelOptions { CancellationToken = stop }, i => chains[i] = Play(seed + i));
        double Deviation(Func<Chain, List<double>> of) => Statistics.StandardDeviation([.. chains.SelectMany(of)]) ?? 0;
        var confusion = new RailConfusion();
        foreach (var chain in chains)
        {
            confusion.Add(chain.Confusion);
        }

        return new ChainRow(
            Runs: runs,
            Strides: chains.Sum(chain => chain.StrideTime.Count),
            StrideTimeNoiseMilliseconds: Math.Round(Deviation(chain => chain.StrideTime), 1),
            StanceTimeNoiseMilliseconds: Math.Round(Deviation(chain => chain.StanceTime), 1),
            FootStrikeNoiseDegrees: Math.Round(Deviation(chain => chain.Strike), 2),
            TiltNoiseDegrees: Math.Round(Deviation(chain => chain.Tilt), 2),
            VariationTruePercent: Math.Round(chains.SelectMany(chain => chain.VariationTrue).Average(), 2),
            VariationToldPercent: Math.Round(chains.SelectMany(chain => chain.VariationTold).Average(), 2),
            RightOfDecided: Statistics.Round(confusion.RightOfDecided, 4),
            UnknownShare: Math.Round(confusion.UnknownShare, 4));
    }

    private static Chain Play(int seed)
    {
        var chance = new RailChance(seed, 1);
        double variation = chance.Between(5, 8);
        var free = WalkParameters.Backward(chance.Between(0.4, 0.9)) with { StrideTimeVariationPercent = variation,
            UnrestDegrees = 0.8 };

        // The walker cannot scatter stance and swing apart: both go with the stride. The ratio is that of the group.
        var held = free.RailsHeld();
        Walk On(WalkParameters walk, double seconds, Posture posture) =>
            new(walk, seconds) { StartSeconds = 0, StopSeconds = 0, Posture = posture };
        var walker = new Walker(
            [
                new Stand(3), new Walk(held, 6 + StepSeconds) { StopSeconds = 0, Posture = Posture.Held },
                On(free, StepSeconds, Posture.Free),
                On(held, BlockSeconds, Posture.Held), On(free, BlockSeconds, Posture.Free),
            ],
            new WalkerSettings { Seed = seed, HeadingDegrees = 180, InclinePercent = 5, BeltVibrationG = 0.02,
                Place = SensorPlace.Laces with { PitchUpDegrees = -20, YawDegrees = chance.Between(-10, 10) } });
        var strides = SimulatedFeet.Play(walker, new SamplerOptions { Seed = seed, NoiseFactor = 2 });
        var chain = new Chain();
        Compare(walker, strides, chain);

        var calibration = new RailCalibration();
        var estimator = new RailEstimator();
        double freeFrom = 9 + StepSeconds, sessionFrom = freeFrom + StepSeconds,
            secondFrom = sessionFrom + BlockSeconds;
        bool held1 = false, free1 = false, used = false;
        foreach (var one in strides)
        {
            double at = one.ContactSeconds;
            if (at > 9 && !held1)
            {
                calibration.Begin(Posture.Held);
                held1 = true;
            }

            if (at > freeFrom && !free1)
            {
                calibration.Begin(Posture.Free);
                free1 = true;
            }

            calibration.Add(one.Stride, Stride.Missing);
            if (at > sessionFrom && !used && calibration.Found is { } found)
            {
                estimator.Use(found);
                used = true;
                chain.VariationTold.Add(
                    (found.Held.StrideTimeHundredthsPercent + found.Free.StrideTimeHundredthsPercent) / 200.0);
                chain.VariationTrue.Add((held.StrideTimeVariationPercent + free.StrideTimeVariationPercent) / 2);
            }

            if (used)
            {
                estimator.Add(one.Stride);
                estimator.Finish();
                double since = at - (at > secondFrom ? secondFrom : sessionFrom);
                if (since > (RailEstimator.DefaultWindow + SpreadWindow.Before) * held.StrideSeconds)
                {
                    chain.Confusion.Add(at > secondFrom ? Posture.Free : Posture.Held, estimator.Posture);
                }
            }
        }

        return chain;
    }

    private static void Compare(Walker walker, List<ReplayedStride> strides, Chain chain)
    {
        var partner = Matching.Match([.. walker.Strides.Select(s => s.ContactSeconds)],
            [.. strides.Select(s => s.ContactSeconds)], MatchSeconds);
        for (int i = 1; i < partner.Length; i++)
        {
            var truth = walker.Strides[i];
            if (partner[i] < 0 || partner[i - 1] < 0 || truth.StrideSeconds is not { } stride
                || strides[partner[i]].Stride is not { StrideMilliseconds: not Stride.Missing } found)
            {
                continue;
            }

            double swing = truth.ContactSeconds - truth.ClearanceSeconds;
            chain.StrideTime.Add(found.StrideMilliseconds - (stride * 1000));
            chain.StanceTime.Add(found.StanceMilliseconds - ((stride - swing) * 1000));
            if (found.FootStrikeHalfDegrees != Stride.Missing)
            {
                chain.Strike.Add((found.FootStrikeHalfDegrees / 2.0) - truth.FootStrikeDegrees);
            }

            if (found.TiltHalfDegrees != Stride.Missing)
            {
                chain.Tilt.Add((found.TiltHalfDegrees / 2.0) - truth.TiltDegrees);
            }
        }
    }

    private sealed class Chain
    {
        public List<double> StrideTime { get; } = [];

        public List<double> StanceTime { get; } = [];

        public List<double> Strike { get; } = [];

        public List<double> Tilt { get; } = [];

        public List<double> VariationTrue { get; } = [];

        public List<double> VariationTold { get; } = [];

        public RailConfusion Confusion { get; } = new();
    }
}
