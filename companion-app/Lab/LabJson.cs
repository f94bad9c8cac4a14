using System.Text.Json.Serialization;
using Backstep.Lab.Evaluation;
using Backstep.Lab.Incline;
using Backstep.Lab.Rails;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary>What the laboratory can print as JSON; serialisers made at compile time.</summary>
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(RailEvaluationReport))]
[JsonSerializable(typeof(InclineReport))]
public sealed partial class LabJson : JsonSerializerContext
{
    /// <summary>As every program of this project prints it.</summary>
    public static LabJson Context { get; } = new(JsonText.Indented);
}
