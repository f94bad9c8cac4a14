using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Rails;

namespace Backstep.Lab.Rails;

/// <summary>
/// Simulated walkers with a unit on the shoe and one on the wrist: the wrist's samples go through the device's own
/// meter and the protocol, both sensors' clocks drift, their packets come late, and the companion's own fusion says
/// what it says.
/// </summary>
public static class ArmRails
{
    private const double CalibrationSeconds = 30;
    private const double GraceSeconds = 3;

    private static readonly ArmSegment[] Session =
    [
        new(ArmPose.OnRail, 15), new(ArmPose.Swinging, 15), new(ArmPose.OneHandOnRail, 15),
        new(ArmPose.AtControls, 10), new(ArmPose.OnRail, 12), new(ArmPose.AtControls, 8), new(ArmPose.Swinging, 70),
        new(ArmPose.OnRail, 70), new(ArmPose.PhoneInHand, 20), new(ArmPose.OnRail, 8), new(ArmPose.InPocket, 20),
        new(ArmPose.OnRail, 8), new(ArmPose.Crossed, 20), new(ArmPose.OneHandOnRail, 70),
        new(ArmPose.Swinging, 8), new(ArmPose.OneHandOnRail, 8), new(ArmPose.AtControls, 15),
        new(ArmPose.OtherHandOnRail, 130),
    ];

    /// <summary>Walkers 1 to so many, on all cores, with each of the shoe's windows.</summary>
    public static ArmRailsTally[] Run(int seed, int walkers, IReadOnlyList<int> windows, CancellationToken stop)
    {
        var tallies = new ArmRailsTally[walkers][];
        Parallel.For(0, walkers, new ParallelOptions { CancellationToken = stop },
            i => tallies[i] = One(seed, i + 1, windows));
        return
        [
            .. windows.Select((_, w) =>
            {
                var sum = new ArmRailsTally();
                foreach (var one in tallies)
                {
                    sum.Add(one[w]);
                }

                return sum;
            }),
        ];
    }

    /// <summary>A single one, with each of the shoe's windows.</summary>
    public static ArmRailsTally[] One(int seed, int number, IReadOnlyList<int> windows)
    {
        var walker = RailWalker.At(seed, number);
        var chance = new RailChance(seed ^ 0xA5, number);
        var arm = new Arm(
            [new(ArmPose.OnRail, CalibrationSeconds), new(ArmPose.Swinging, CalibrationSeconds), .. Session],
            new ArmSettings
            {
                Seed = chance.Whole(1, int.MaxValue),
                StrideSeconds = walker.StrideSeconds,
                SpeedMetersPerSecond = walker.SpeedMetersPerSecond,
                BeltVibrationG = chance.Between(0.005, 0.05),
            });
        var strides = new RailStrides(walker, seed);
        var baselines = ShoeRails.Calibrate(strides);
        var shoe = new DriftingSensor(chance, 0.01);
        var wrist = new DriftingSensor(chance, 0.01);
        var unit = new WristUnit(arm, chance);
        var players = windows.Select(window => new Player(window, baselines)).ToArray();

        // The calibration's records are the wrist's own, on the day of the calibration.
        var calibration = new WristCalibration();
        var window = new WristWindow();
        while (unit.Seconds < 2 * CalibrationSeconds)
        {
            bool held = unit.Seconds < CalibrationSeconds;
            double since = held ? unit.Seconds : unit.Seconds - CalibrationSeconds;
            if (window.Add(unit.Next()) is { } features && since > 4)
            {
                calibration.Add(features, held);
            }
        }

        var baseline = calibration.Found();
        foreach (var player in players)
        {
            player.Fusion.Use(baseline);
        }

        // Another day: the strap sits a little turned, the walker is another in scatter.
        unit.Turn(6 * chance.Normal());
        strides.IsOtherDay = true;
        double nextStride = unit.Seconds;
        double sessionStart = unit.Seconds;
        while (unit.Seconds < arm.Seconds)
        {
            double end = unit.Seconds + (WristMeter.Samples * MotionScale.SampleMilliseconds / 1000.0);
            while (nextStride < end)
            {
                var stride = strides.Next(ArmRailsTally.Truth(arm.PoseAt(nextStride).Pose));
                double told = shoe.Clock.ToComputer(shoe.Arrive(nextStride));
                foreach (var player in players)
                {
                    player.Take(stride, told);
                }

                nextStride += stride.StrideMilliseconds == Stride.Missing ? walker.StrideSeconds
                    : stride.StrideMilliseconds / 1000.0;
            }

            var record = unit.Next();
            double when = wrist.Clock.ToComputer(wrist.Arrive(end));
            var (pose, since) = arm.PoseAt(end - 0.001);
            foreach (var player in players)
            {
                player.Take(record, when, end, pose, Math.Max(since, sessionStart));
                if (end - sessionStart > 60)
                {
                    player.Tally.ClockErrorMilliseconds.Add(
                        Math.Abs(when - end - (shoe.Clock.ToComputer(shoe.Stamp(end)) - end)) * 1000);
                }
            }
        }

        return [.. players.Select(player => player.Tally)];
    }

    /// <summary>One way to look at it all, with one window of the shoe.</summary>
    private sealed class Player
    {
        private readonly RailEstimator _estimator;
        private readonly ChangesInAMinute _changes = new();
        private Posture _said;
        private ArmPose? _pose;
        private bool _noticed;

        public Player(int window, RailBaselines baselines)
        {
            _estimator = new RailEstimator(window);
            _estimator.Use(baselines);
        }

        public RailFusion Fusion { get; } = new();

        public ArmRailsTally Tally { get; } = new();

        public void Take(Stride stride, double told)
        {
            _estimator.Add(stride);
            _estimator.Finish();
            Fusion.AddStride(told);
            Fusion.AddEstimateOf(_estimator);
        }

        public void Take(WristMotion record, double when, double now, ArmPose pose, double since)
        {
            Fusion.AddWrist(record, when);
            var state = Fusion.At(when);
            var truth = ArmRailsTally.Truth(pose);
            if (pose != _pose)
            {
                bool isTransition = _pose is { } before && ArmRailsTally.Truth(before) != truth
                    && ArmRailsTally.IsTelling(before) && ArmRailsTally.IsTelling(pose);
                Tally.Transitions += isTransition ? 1 : 0;
                _noticed = !isTransition;
                _pose = pose;
                _changes.Clear();
            }

            if (!_noticed && state.Posture == truth)
            {
                _noticed = true;
                Tally.SecondsToNotice.Add(now - since);
            }

            if (now - since <= GraceSeconds)
            {
                _said = state.Posture;
                return;
            }

            Tally.ByPose[pose].Add(truth, state.Posture);
            if (ArmRailsTally.IsTelling(pose) && state.HeldPercent is { } percent)
            {
                Tally.Probabilities.Add((int)Math.Round(percent), truth);
            }

            Tally.Minutes += 0.25 / 60;
            if (state.Posture != _said)
            {
                _said = state.Posture;
                Tally.NoteChange(pose, _changes.Note(now));
            }
        }
    }

    /// <summary>A unit on the wrist: its chip's noise and bias, the device's meter, the protocol.</summary>
    private sealed class WristUnit(Arm arm, RailChance chance)
    {
        private const double SampleSeconds = MotionScale.SampleMilliseconds / 1000.0;
        private const double ForceNoiseG = 0.0027, RateNoiseDps = 0.033;

        // Data sheet (MPU-6000/6050 product specification 3.4): zero-rate output up to +-20 deg/s, noise 0.005
        // deg/s/rtHz and 400 ug/rtHz behind a filter of 44 Hz.
        private readonly double[] _bias = [chance.Between(-20, 20), chance.Between(-20, 20), chance.Between(-20, 20)];
        private readonly WristRecords _records = new();
        private readonly ChipQuantiser _chip = new();
        private long _samples;
        private double _sin, _cos = 1;

        public double Seconds => _samples * SampleSeconds;

        public void Turn(double degrees) => (_sin, _cos) = Math.SinCos(degrees * Math.PI / 180);

        public WristMotion Next()
        {
            while (true)
            {
                var m = arm.At(Seconds);
                _samples++;
                ReadOnlySpan<double> felt =
                [
                    m.AxG + Noise(ForceNoiseG),
                    (m.AyG * _cos) - (m.AzG * _sin) + Noise(ForceNoiseG),
                    (m.AyG * _sin) + (m.AzG * _cos) + Noise(ForceNoiseG),
                    m.GxDps + _bias[0] + Noise(RateNoiseDps),
                    (m.GyDps * _cos) - (m.GzDps * _sin) + _bias[1] + Noise(RateNoiseDps),
                    (m.GyDps * _sin) + (m.GzDps * _cos) + _bias[2] + Noise(RateNoiseDps),
                ];
                if (_records.Add(_chip.Quantise(felt)) is { } record)
                {
                    return record;
                }
            }
        }

        private double Noise(double deviation) => deviation * chance.Normal();
    }

    /// <summary>A sensor whose clock runs at its own rate, and whose packets come late.</summary>
    private sealed class DriftingSensor
    {
        private readonly RailChance _chance;
        private readonly double _rate;
        private readonly double _start;

        public DriftingSensor(RailChance chance, double mostDrift)
        {
            _chance = chance;
            _rate = 1 + chance.Between(-mostDrift, mostDrift);
            _start = chance.Between(0, 5000);
        }

        public SensorClock Clock { get; } = new();

        public uint Stamp(double seconds) => (uint)(((seconds * _rate) + _start) * 1000);

        public uint Arrive(double seconds)
        {
            uint stamp = Stamp(seconds);

            // A connection interval, now and then a retry or a stall.
            double late = 0.02 - (0.04 * Math.Log(1 - _chance.Between(0, 0.9999)))
                + (_chance.Happens(0.02) ? _chance.Between(0, 0.6) : 0);
            Clock.Note(stamp, seconds + late);
            return stamp;
        }
    }
}
