using System.Globalization;
using Backstep.Terminal;

namespace Backstep.Companion.Output;

/// <summary><c>backstep record</c> in words.</summary>
public static class RecordSummary
{
    /// <summary>Writes it, or the same as JSON.</summary>
    public static void Write(TextWriter writer, RecordJson summary, bool json)
    {
        if (json)
        {
            JsonOutput.Write(writer, summary, JsonOutput.Context.RecordJson);
            return;
        }

        var lines = new SummaryWriter(writer, 12);
        if (summary.Synthetic)
        {
            lines.Line("SYNTHETIC",
                string.Create(CultureInfo.InvariantCulture,
                    $"no person walked: a simulated walker '{summary.Scenario}' (seed {summary.Seed})"));
        }
        else
        {
            lines.Line("sensor", summary.Sensor!);
        }

        lines.Line("recording",
            string.Create(CultureInfo.InvariantCulture,
                $"{summary.File}: {summary.Samples} samples, {summary.DurationSeconds:0.0} s"));
        lines.Line("missing",
            summary.MissingSamples == 0 ? "none"
                : $"{summary.MissingSamples} samples did not arrive; the rows leave a gap in time there");
        if (summary.Truth != null)
        {
            lines.Line("truth", summary.Truth);
        }
    }
}
