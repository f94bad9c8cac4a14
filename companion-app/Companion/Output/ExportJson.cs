using System.Text.Json.Serialization;

namespace Backstep.Companion.Output;

/// <summary><c>backstep export --json</c>.</summary>
/// <param name="Format">tcx, fit, csv or json.</param>
/// <param name="Files">What was written.</param>
public sealed record ExportJson(string Format, IReadOnlyList<ExportedFileJson> Files)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.export/1";
}

/// <summary>A file that was written.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="File">Where it is.</param>
/// <param name="Simulated">Whether no person walked.</param>
public sealed record ExportedFileJson(long Session, string File, bool Simulated);

/// <summary><c>backstep import --json</c>.</summary>
/// <param name="Files">Every file, in order.</param>
public sealed record ImportJson(IReadOnlyList<ImportedFileJson> Files)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.import/1";
}

/// <summary>A file that was read.</summary>
/// <param name="File">Which.</param>
/// <param name="Session">The number under which the session is kept.</param>
/// <param name="Walker">Whose it is.</param>
/// <param name="New">False when it was there already.</param>
/// <param name="Simulated">Whether no person walked.</param>
public sealed record ImportedFileJson(string File, long Session, string Walker, bool New, bool Simulated);

/// <summary><c>backstep report --programme --json</c>.</summary>
/// <param name="Walker">Whose weeks.</param>
/// <param name="File">The page.</param>
public sealed record ProgrammeReportJson(string Walker, string File)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.programme-report/1";
}

/// <summary><c>backstep report --json</c>.</summary>
/// <param name="Session">The session's number.</param>
/// <param name="File">The page.</param>
/// <param name="Simulated">Whether no person walked.</param>
public sealed record ReportJson(long Session, string File, bool Simulated)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.report/1";
}
