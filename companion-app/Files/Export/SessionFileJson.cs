using System.Text.Json.Serialization;

namespace Backstep.Files.Export;

/// <summary>
/// <c>backstep.session/1</c>: a whole session in a file, nothing left out. Null is "not known". Times since the start
/// are seconds; the page <c>Export/README.md</c> tells every key.
/// </summary>
public sealed record SessionFileJson
{
    /// <summary>Name and version of this layout.</summary>
    public required string Schema { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string Program { get; init; }

    /// <summary>Whether no person walked.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Header.</summary>
    public required ExportedSessionJson Session { get; init; }

    /// <summary>Who walked.</summary>
    public required ExportedWalkerJson Walker { get; init; }

    /// <summary>Sensors; a stride names its own by the position in this list, from 0.</summary>
    public required IReadOnlyList<SensorJson> Sensors { get; init; }

    /// <summary>What came of it.</summary>
    public required TotalsJson Totals { get; init; }

    /// <summary>Moments.</summary>
    public required IReadOnlyList<MarkJson> Marks { get; init; }

    /// <summary>Pain.</summary>
    public required IReadOnlyList<ExportedPainJson> Pain { get; init; }

    /// <summary>Strides.</summary>
    public required IReadOnlyList<StrideJson> Strides { get; init; }

    /// <summary>SHA-256 of the content in its canonical spelling, in hexadecimal; null when nobody worked it
    /// out.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>The header of a session.</summary>
public sealed record ExportedSessionJson(
    long Id, DateTimeOffset StartedAt, bool IsStartUnknown, string Mode, decimal? TargetSeconds,
    double? InclinePercent, bool IsComplete)
{
    /// <summary>What the shoe measured; left out where it did not, as in files of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MeasuredInclineJson? MeasuredIncline { get; init; }
}

/// <summary>An incline that the shoe measured, and how long was walked meanwhile.</summary>
public sealed record MeasuredInclineJson(double Percent, decimal WalkedSeconds);

/// <summary>A walker.</summary>
public sealed record ExportedWalkerJson(long Id, string Name, DateTimeOffset CreatedAt);

/// <summary>A sensor's part.</summary>
public sealed record SensorJson(string Name, string? Address, string Placement, int? SessionNumber);

/// <summary>Totals.</summary>
public sealed record TotalsJson(
    decimal ElapsedSeconds,
    decimal ActiveSeconds,
    int BackwardStrides,
    int ForwardStrides,
    int UnknownStrides,
    int LandedStrides,
    int ToeFirstStrides,
    int PosturedStrides,
    int HeldStrides,
    double? CadenceStepsPerMinute,
    double? FootStrikeDegrees,
    double? TiltDegrees,
    double? DistanceMeters,
    double? BeltMetersPerSecond,
    decimal? RhythmSettledAfterSeconds);

/// <summary>A mark.</summary>
public sealed record MarkJson(decimal AtSeconds, string Kind);

/// <summary>Pain, with or without this session.</summary>
public sealed record ExportedPainJson(DateTimeOffset At, string Moment, int Level, bool OfThisSession);

/// <summary>A stride, in the integers in which it came over the air.</summary>
public sealed record StrideJson(
    int Sensor,
    int Run,
    uint Sequence,
    decimal AtSeconds,
    uint ContactMilliseconds,
    string Direction,
    string Landing,
    string Posture,
    string Rails,
    int ConfidencePercent,
    int? FootStrikeHalfDegrees,
    int? TiltHalfDegrees,
    int? StrideMilliseconds,
    int SwingMilliseconds,
    int? LengthMillimeters,
    int? ImpactTenthsG,
    int DecisionMilliseconds);

/// <summary>Serialisers, made at compile time.</summary>
[JsonSerializable(typeof(SessionFileJson))]
public sealed partial class SessionFileContext : JsonSerializerContext;
