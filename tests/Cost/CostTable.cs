using System.Globalization;
using System.Text;

namespace Backstep.Cost;

/// <summary>The figures as Markdown.</summary>
public static class CostTable
{
    private const double LeastShare = 0.005;

    /// <summary>One line a recording.</summary>
    public static string Recordings(IEnumerable<CostReport> reports)
    {
        var text = new StringBuilder();
        text.Append("| recording | strides | mean ops | p99 | worst | bytes a sample | bytes a stride on the device "
            + "|\n|---|--:|--:|--:|--:|--:|--:|\n");
        foreach (var r in reports)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {r.Name} | {r.Strides} | {r.MeanOps:0} | {r.Percentile99Ops} | {r.WorstOps} | "
                + $"{r.BytesPerSample:0.##} |");
            text.Append(
                r.Strides == 0 ? " – |\n"
                    : string.Create(CultureInfo.InvariantCulture, $" {r.DeviceBytesPerStride:0} |\n"));
        }

        return text.ToString();
    }

    /// <summary>
    /// One line a method: the ops of its own body over so many samples, what entering the methods that it calls costs
    /// included. The least of them share a line.
    /// </summary>
    public static string Methods(IReadOnlyList<MethodOps> methods, int samples)
    {
        double all = methods.Sum(m => m.Ops);
        var minor = methods.Where(m => m.Ops / all < LeastShare).ToList();
        var text = new StringBuilder();
        text.Append("| method | ops a sample | share | calls a sample |\n|---|--:|--:|--:|\n");
        foreach (var m in methods.Except(minor)
            .Append(new MethodOps($"{minor.Count} more", minor.Sum(m => m.Ops), minor.Sum(m => m.Entries))))
        {
            string name = m.Name.StartsWith("Backstep.", StringComparison.Ordinal) ? m.Name["Backstep.".Length..]
                : m.Name;
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {(double)m.Ops / samples:0.0} | {m.Ops / all:0.0 %} | "
                + $"{(double)m.Entries / samples:0.###} |\n");
        }

        return text.ToString();
    }
}
