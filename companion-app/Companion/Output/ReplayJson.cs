using System.Text.Json.Serialization;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Output;

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
        return new ReplayJson(
            file,
            result.Rows,
            Math.Round(result.DurationSeconds, 3),
            Math.Round(result.RateHertz, 1),
            options.Mount.Text,
            MatrixOf(result.Mount),
            result.MountTurned,
            StrideText.Of(options.Side),
            StrideText.Of(options.Walked),
            options.Reverse,
            synthetic || options.Reverse,
            [.. result.Gaps.Select(gap => new GapJson(Math.Round(gap.FromSeconds, 3), Math.Round(gap.ToSeconds, 3)))],
            strides.Length,
            DirectionCounts.Of(strides),
            LandingCounts.Of(strides),
            Statistics.Round(strideSeconds is > 0 ? 120 / strideSeconds : null, 1),
            Statistics.Round(strideSeconds, 3),
            Statistics.Round(Statistics.StandardDeviation(times), 3),
            Statistics.Round(Statistics.Mean(Statistics.Measured(strides, stride => stride.StanceMilliseconds, 0.001)),
                3),
            Statistics.Round(Statistics.Mean(Statistics.Measured(strides, stride => stride.SwingMilliseconds, 0.001)),
                3),
            Statistics.Round(
                Statistics.Mean(Statistics.Measured(strides, stride => stride.FootStrikeHalfDegrees, 0.5)), 1),
            Statistics.Round(Statistics.Mean(Statistics.Measured(strides, stride => stride.TiltHalfDegrees, 0.5)), 1),
            Statistics.Round(
                Statistics.Median(Statistics.Measured(strides, stride => stride.LengthMillimeters, 0.001)), 3),
            Statistics.Round(
                Statistics.Median(Statistics.Measured(strides, stride => stride.BeltSpeedMillimetersPerSecond, 0.001)),
                3),
            Statistics.Round(Statistics.Mean(Statistics.Measured(strides, stride => stride.ImpactTenthsG, 0.1)), 1),
            Statistics.Round(Statistics.Mean(Statistics.Measured(strides, stride => stride.ConfidencePercent, 0.01)),
                2),
            events,
            result.Notes);
    }

    private static double[] MatrixOf(Mount m) =>
        [.. new[] { m.XX, m.XY, m.XZ, m.YX, m.YY, m.YZ, m.ZX, m.ZY, m.ZZ }.Select(value => Math.Round(value, 4))];
}

/// <summary>A hole in a recording.</summary>
public sealed record GapJson(double FromSeconds, double ToSeconds);
