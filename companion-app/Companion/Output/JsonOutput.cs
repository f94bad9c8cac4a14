using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Backstep.Files.Recording;
using Backstep.Rehearsal;
using Backstep.Terminal;

namespace Backstep.Companion.Output;

/// <summary>JSON as this program prints it: indented, camelCase, units in the names, every key always there (null = not
/// measured).</summary>
public static class JsonOutput
{
    /// <summary>Serialisers for the objects below, made at compile time: reflection would cost a good part of a second
    /// at start.</summary>
    public static CompanionJson Context { get; } = new(JsonText.Indented);

    /// <summary>The same in one line each, for streams.</summary>
    public static CompanionJson Lines { get; } = new(JsonText.Lines);

    /// <summary>Writes one object and a line end.</summary>
    public static void Write<T>(TextWriter writer, T value, JsonTypeInfo<T> type) =>
        JsonText.Write(writer, value, type);
}

/// <summary>What can be printed as JSON.</summary>
[JsonSerializable(typeof(ReplayJson))]
[JsonSerializable(typeof(DemoJson))]
[JsonSerializable(typeof(RecordJson))]
[JsonSerializable(typeof(ScanJson))]
[JsonSerializable(typeof(DoctorJson))]
[JsonSerializable(typeof(FlashJson))]
[JsonSerializable(typeof(ConfigureJson))]
[JsonSerializable(typeof(CalibrateMountJson))]
[JsonSerializable(typeof(LiveLinkJson))]
[JsonSerializable(typeof(LiveWornJson))]
[JsonSerializable(typeof(LiveStrideJson))]
[JsonSerializable(typeof(LiveSessionJson))]
[JsonSerializable(typeof(LiveRailsJson))]
[JsonSerializable(typeof(LiveBatteryJson))]
[JsonSerializable(typeof(LiveProblemJson))]
[JsonSerializable(typeof(LiveSummaryJson))]
[JsonSerializable(typeof(SensorOnAirJson))]
[JsonSerializable(typeof(SensorCentralJson))]
[JsonSerializable(typeof(SensorPasskeyJson))]
[JsonSerializable(typeof(SensorContactJson))]
[JsonSerializable(typeof(SensorHandJson))]
[JsonSerializable(typeof(SensorProblemJson))]
[JsonSerializable(typeof(SensorSummaryJson))]
[JsonSerializable(typeof(PlanJson))]
[JsonSerializable(typeof(PainJson))]
[JsonSerializable(typeof(NoteJson))]
[JsonSerializable(typeof(ProgrammeReportJson))]
[JsonSerializable(typeof(SettingsJson))]
[JsonSerializable(typeof(SessionsJson))]
[JsonSerializable(typeof(ShowJson))]
[JsonSerializable(typeof(TrendsJson))]
[JsonSerializable(typeof(WalkersJson))]
[JsonSerializable(typeof(DoneJson))]
[JsonSerializable(typeof(CalibrateRailsJson))]
[JsonSerializable(typeof(ExportJson))]
[JsonSerializable(typeof(ImportJson))]
[JsonSerializable(typeof(ReportJson))]
[JsonSerializable(typeof(VersionJson))]
public sealed partial class CompanionJson : JsonSerializerContext;
