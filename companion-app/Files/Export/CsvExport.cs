using System.Globalization;
using System.Text;
using Backstep.Files.Csv;
using Backstep.Files.Recording;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Files.Export;

/// <summary>
/// A session as a table, a line a stride: the columns of <c>replay --events</c> with times since the start of the
/// session, then what a session adds. A value that could not be measured is an empty cell.
/// </summary>
public static class CsvExport
{
    /// <summary>The columns. <c>sensor</c> counts from 1; <c>rails</c> is what the companion made of all sensors,
    /// <c>posture</c> what the foot's own said; what the walker did in a pause is <c>paused</c>, and counts nowhere
    /// else.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        .. StrideEventsCsv.Columns,
        "rails", "time_utc", "sensor", "sensor_name", "placement", "run", "sequence", "simulated", "paused",
        "incline_measured_percent", "incline_told_percent",
    ];

    /// <summary>Writes it, in order of contacts.</summary>
    public static void Write(Stream stream, KeptSession session)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        using var table = new CsvWriter(writer, Columns);
        var header = session.Summary.Header;
        var pauses = session.Pauses;
        foreach (var kept in session.Strides.OrderBy(stride => stride.At))
        {
            double contact = kept.At.TotalSeconds;
            var sensor = kept.Sensor >= 0 && kept.Sensor < header.Sensors.Count ? header.Sensors[kept.Sensor] : null;
            var replayed = new ReplayedStride(
                kept.Stride, contact, contact - (kept.Stride.SwingMilliseconds / 1000.0),
                contact + (kept.Stride.DecisionMilliseconds / 1000.0));
            table.Write(
            [
                .. StrideEventsCsv.Cells(replayed),
                StrideText.Of(kept.Rails),
                Time(header.StartedAt, kept.At),
                (kept.Sensor + 1).ToString(CultureInfo.InvariantCulture),
                Text(sensor?.Name ?? ""),
                sensor == null ? "" : StrideText.Of(sensor.Placement),
                kept.Run.ToString(CultureInfo.InvariantCulture),
                kept.Stride.Sequence.ToString(CultureInfo.InvariantCulture),
                header.IsSimulated ? "true" : "false",
                pauses.Hold(kept.At) ? "true" : "false",
                Percent(session.Summary.MeasuredIncline?.Percent),
                Percent(header.InclinePercent),
            ]);
        }
    }

    private static string Percent(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static string Time(DateTimeOffset start, TimeSpan at) =>
        at > DateTimeOffset.MaxValue - start || at < DateTimeOffset.MinValue - start
            ? ""
            : (start + at).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// A name that a spreadsheet would take for a formula gets an apostrophe before it, for names come from whoever
    /// advertises (OWASP, "CSV Injection").
    /// </summary>
    private static string Text(string text)
    {
        string line = OneLine.Of(text);
        return line.Length > 0 && "=+-@".Contains(line[0], StringComparison.Ordinal) ? "'" + line : line;
    }
}
