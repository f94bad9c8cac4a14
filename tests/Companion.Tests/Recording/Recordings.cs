using System.Globalization;
using System.Text;
using Backstep.Files.Recording;

namespace Backstep.Companion.Tests.Recording;

/// <summary>Small recordings made in the test.</summary>
public static class Recordings
{
    public const string Header = "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps";

    /// <summary>A resting foot.</summary>
    public static string Still(int rows = 300, double hertz = 100) =>
        Csv(Rows(rows, hertz, _ => new MotionRow(0, 0, 0, 1, 0, 0, 0)));

    public static IEnumerable<MotionRow> Rows(int rows, double hertz, Func<double, MotionRow> at)
    {
        for (int i = 0; i < rows; i++)
        {
            double seconds = i / hertz;
            yield return at(seconds) with { Seconds = seconds };
        }
    }

    public static string Csv(IEnumerable<MotionRow> rows)
    {
        var text = new StringBuilder(Header + "\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{row.Seconds:0.######},{row.AxG},{row.AyG},{row.AzG},{row.GxDps},{row.GyDps},{row.GzDps}\n");
        }

        return text.ToString();
    }

    public static List<MotionRow> Read(string csv)
    {
        using var reader = new MotionCsvReader(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "test.csv");
        return [.. reader.Rows()];
    }
}
