using System.Globalization;
using Backstep.Files.Csv;
using Backstep.Gait;
using Backstep.Walks;

namespace Backstep.Files.Recording;

/// <summary>Writes the recording format from the chip's own integers, with as many decimals as bring the very same
/// integers back.</summary>
public sealed class MotionCsvWriter : IDisposable
{
    private readonly CsvWriter _table;

    /// <summary>Writes comments and header. The writer stays open.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="comments">What a reader should know first: one line each, without the #.</param>
    public MotionCsvWriter(TextWriter writer, IEnumerable<string> comments)
    {
        foreach (string comment in comments)
        {
            writer.Write($"# {OneLine.Of(comment)}\n");
        }

        _table = new CsvWriter(writer, MotionColumns.Names);
    }

    /// <summary>Writes one sample.</summary>
    /// <param name="milliseconds">Time since the first sample of the recording.</param>
    /// <param name="sample">In the sensor's axes.</param>
    public void Write(long milliseconds, in ChipSample sample) =>
        _table.Write(
            (milliseconds / 1000.0).ToString("0.000", CultureInfo.InvariantCulture),
            Acceleration(sample.Ax), Acceleration(sample.Ay), Acceleration(sample.Az),
            Rate(sample.Gx), Rate(sample.Gy), Rate(sample.Gz));

    /// <inheritdoc/>
    public void Dispose() => _table.Dispose();

    private static string Acceleration(short counts) =>
        (counts / (double)MotionScale.AccelerometerCountsPerG).ToString("0.00000", CultureInfo.InvariantCulture);

    private static string Rate(short counts) =>
        (counts / (double)MotionScale.GyroscopeCountsPerDegreePerSecond).ToString("0.000",
            CultureInfo.InvariantCulture);
}
