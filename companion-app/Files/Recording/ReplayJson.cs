using System.Text.Json.Serialization;
using Backstep.Gait;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Files.Recording;

/// <summary><c>backstep replay --json</c>. Null means not measured.</summary>
public sealed record ReplayJson(
    string File,
    long Samples,
    double DurationSeconds,
    double RateHertz,
    string Mount,
    IReadOnlyList<double> MountMatrix,
    bool MountTurned,
    string Side,
    string Walked,
    bool Reversed,
    bool Synthetic,
    IReadOnlyList<GapJson> Gaps,
    int Strides,
    DirectionCounts Direction,
    LandingCounts Landing,
    double? CadenceStepsPerMinute,
    double? StrideSecondsMean,
    double? StrideSecondsStandardDeviation,
    double? StanceSecondsMean,
    double? SwingSecondsMean,
    double? FootStrikeDegreesMean,
    double? TiltDegreesMean,
    double? StrideMetersMedian,
    double? BeltMetersPerSecondMedian,
    double? ImpactGMean,
    double? ConfidenceMean,
    string? Events,
    IReadOnlyList<string> Notes)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.replay/1";

    /// <summary>From what a replay found.</summary>
    public static ReplayJson From(string file, ReplayOptions options, ReplayResult result, string? events,
        bool synthetic)
    {
        var strides = result.Strides.Select(replayed => replayed.Stride).ToArray();
        var times = Statistics.Measured(strides, stride => stride.StrideMilliseconds, 0.001);
        double? strideSeconds = Statistics.Mean(times);
        double? Mean(Func<Stride, int> of, double unit, int digits) =>
            Statistics.Round(Statistics.Mean(Statistics.Measured(strides, of, unit)), digits);
        return new ReplayJson(
            File: file,
            Samples: result.Rows,
            DurationSeconds: Math.Round(result.DurationSeconds, 3),
            RateHertz: Math.Round(result.RateHertz, 1),
            Mount: options.Mount.Text,
            MountMatrix: MatrixOf(result.Mount),
            MountTurned: result.MountTurned,
            Side: StrideText.Of(options.Side),
            Walked: StrideText.Of(options.Walked),
            Reversed: options.Reverse,
            Synthetic: synthetic || options.Reverse,
            Gaps: [.. result.Gaps.Select(
                gap => new GapJson(Math.Round(gap.FromSeconds, 3), Math.Round(gap.ToSeconds, 3)))],
            Strides: strides.Length,
            Direction: DirectionCounts.Of(strides),
            Landing: LandingCounts.Of(strides),
            CadenceStepsPerMinute: Statistics.Round(strideSeconds is > 0 ? 120 / strideSeconds : null, 1),
            StrideSecondsMean: Statistics.Round(strideSeconds, 3),
            StrideSecondsStandardDeviation: Statistics.Round(Statistics.StandardDeviation(times), 3),
            StanceSecondsMean: Mean(stride => stride.StanceMilliseconds, 0.001, 3),
            SwingSecondsMean: Mean(stride => stride.SwingMilliseconds, 0.001, 3),
            FootStrikeDegreesMean: Mean(stride => stride.FootStrikeHalfDegrees, 0.5, 1),
            TiltDegreesMean: Mean(stride => stride.TiltHalfDegrees, 0.5, 1),
            StrideMetersMedian: Statistics.Round(
                Statistics.Median(Statistics.Measured(strides, stride => stride.LengthMillimeters, 0.001)), 3),
            BeltMetersPerSecondMedian: Statistics.Round(
                Statistics.Median(Statistics.Measured(strides, stride => stride.BeltSpeedMillimetersPerSecond, 0.001)),
                3),
            ImpactGMean: Mean(stride => stride.ImpactTenthsG, 0.1, 1),
            ConfidenceMean: Mean(stride => stride.ConfidencePercent, 0.01, 2),
            Events: events,
            Notes: result.Notes);
    }

    private static double[] MatrixOf(Mount m) =>
        [.. new[] { m.XX, m.XY, m.XZ, m.YX, m.YY, m.YZ, m.ZX, m.ZY, m.ZZ }.Select(value => Math.Round(value, 4))];
}

/// <summary>A hole in a recording.</summary>
public sealed record GapJson(double FromSeconds, double ToSeconds);
