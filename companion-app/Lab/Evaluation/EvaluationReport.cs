using System.Text.Json.Serialization;

namespace Backstep.Lab.Evaluation;

/// <summary><c>backstep-lab recordings --json</c>, <c>walkers --json</c>. Null means that there was nothing to measure
/// it by.</summary>
/// <param name="Source">recordings or simulated.</param>
/// <param name="Title">What was evaluated, in a line.</param>
/// <param name="Synthetic">Whether no person walked so: simulated, played backwards, or all recordings say so.</param>
/// <param name="Reversed">Played backwards in time.</param>
/// <param name="Seed">Of the grid; null for recordings.</param>
/// <param name="Rows">Recordings, or groups of simulated walkers.</param>
/// <param name="Total">All together.</param>
/// <param name="Worst">Simulated walkers with which most was wrong.</param>
/// <param name="NotWalking">Scenarios in which nobody walks backward.</param>
/// <param name="Targets">What must be shown, and whether it was.</param>
/// <param name="Notes">What a reader should know.</param>
/// <param name="Rolling">Simulated walkers whose stance rolls; null where there were none.</param>
/// <param name="FirstStrides">Recordings started at random instants (<c>--cuts</c>), and simulated walks.</param>
public sealed record EvaluationReport(
    string Source,
    string Title,
    bool Synthetic,
    bool Reversed,
    int? Seed,
    IReadOnlyList<EvaluationRow> Rows,
    Figures Total,
    IReadOnlyList<WorstCase> Worst,
    IReadOnlyList<NotWalkingFigures> NotWalking,
    IReadOnlyList<TargetResult> Targets,
    IReadOnlyList<string> Notes,
    RollingFigures? Rolling,
    IReadOnlyList<FirstStrideFigures> FirstStrides)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.evaluate/1";

    /// <summary>Whether delays count from foot-flat (simulated) or from initial contact (recordings, whose references
    /// have no foot-flat).</summary>
    public string KnownAfter => Source == "simulated" ? "foot-flat" : "initial contact";
}

/// <summary>A line of a report.</summary>
/// <param name="Name">Recording or group.</param>
/// <param name="Synthetic">Whether no person walked so.</param>
/// <param name="Counted">Strides that a person counted, or null.</param>
/// <param name="Figures">The figures.</param>
public sealed record EvaluationRow(string Name, bool Synthetic, int? Counted, Figures Figures);

/// <summary>A simulated walker with which something was wrong.</summary>
/// <param name="Walker">Its number, for <c>walkers one</c>.</param>
/// <param name="Words">Who it is.</param>
/// <param name="Strides">Its true strides.</param>
/// <param name="Missed">Not found.</param>
/// <param name="Extra">Invented.</param>
/// <param name="DirectionWrong">Found in the wrong direction.</param>
/// <param name="DirectionUnknown">Found without a direction.</param>
/// <param name="LandingWrong">Found with a wrong or unknown landing.</param>
public sealed record WorstCase(
    int Walker, string Words, int Strides, int Missed, int Extra, int DirectionWrong, int DirectionUnknown,
    int LandingWrong);
