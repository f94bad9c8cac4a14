using System.Text.Json.Serialization;
using Backstep.Lab.Evaluation;

namespace Backstep.Lab.Incline;

/// <summary><c>backstep-lab incline --json</c>. Null means that there was nothing to measure it by.</summary>
/// <param name="Title">What was evaluated, in a line.</param>
/// <param name="Seed">Of the simulated walkers.</param>
/// <param name="Simulated">Groups of simulated walkers (synthetic); the first are all of them.</param>
/// <param name="Recordings">Real feet on level ground, where a folder was named.</param>
/// <param name="Targets">What must be shown, and whether it was.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record InclineReport(
    string Title,
    int Seed,
    IReadOnlyList<InclineRow> Simulated,
    IReadOnlyList<LevelRecording> Recordings,
    IReadOnlyList<TargetResult> Targets,
    IReadOnlyList<string> Notes)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.evaluate.incline/1";
}

/// <summary>How a group of simulated walkers fared.</summary>
/// <param name="Name">Which.</param>
/// <param name="Walkers">How many.</param>
/// <param name="Strides">Their strides, but the first twelve of each walk, which it takes to know a slope.</param>
/// <param name="UnknownShare">Share of these at which no incline was said.</param>
/// <param name="SilentWalkers">Walkers of whom none was said at any stride.</param>
/// <param name="MedianAbsolutePercent">Middle of the absolute errors where it was said, in % of slope.</param>
/// <param name="Percentile95AbsolutePercent">What 95 % of these do not exceed.</param>
/// <param name="MedianSignedPercent">Middle of the errors with their sign: positive is said too steep.</param>
public sealed record InclineRow(
    string Name, int Walkers, int Strides, double UnknownShare, int SilentWalkers, double? MedianAbsolutePercent,
    double? Percentile95AbsolutePercent, double? MedianSignedPercent);

/// <summary>A real recording on level ground: what is said should be 0.</summary>
/// <param name="Name">File name without ending.</param>
/// <param name="LevelledBy">What counts as the level floor: standing, in the recording's first second, or its frame,
/// where gravity is upright in it.</param>
/// <param name="Reversed">Played backwards in time (synthetic).</param>
/// <param name="Strides">Strides found, but the first twelve.</param>
/// <param name="UnknownShare">Share of these at which no incline was said.</param>
/// <param name="MedianPercent">Middle of what was said, % of slope.</param>
/// <param name="Percentile5Percent">5 of 100 are below.</param>
/// <param name="Percentile95Percent">95 of 100 are below.</param>
/// <param name="StandingPercent">What the same mount would say of the standing in the recording's first second: how far
/// this person's standing foot is from what counts as level.</param>
public sealed record LevelRecording(
    string Name, string LevelledBy, bool Reversed, int Strides, double UnknownShare, double? MedianPercent,
    double? Percentile5Percent, double? Percentile95Percent, double StandingPercent);
