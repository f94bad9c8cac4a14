using System.Globalization;
namespace Backstep.Cost;

/// <summary>What the device can afford: one op takes about a microsecond on a 240 MHz ESP32, and a sample comes every
/// 10 ms.</summary>
public static class CostBudget
{
    /// <summary>Most ops a sample on the average: 5 % of the device's time.</summary>
    public const double MeanOps = 500;

    /// <summary>Most ops of any one sample: 3 ms, well within the sensor's FIFO.</summary>
    public const long WorstOps = 3000;

    /// <summary>Everything that is over budget, in words; empty when nothing is.</summary>
    public static IReadOnlyList<string> Violations(CostReport report)
    {
        List<string> violations = [];
        if (report.MeanOps > MeanOps)
        {
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Name}: {report.MeanOps:0.0} ops a "
                + $"sample on the "
                + $"average; the budget is {MeanOps:0}. Dearest: {Dearest(report)}"));
        }

        if (report.WorstOps > WorstOps)
        {
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Name}: {report.WorstOps} ops at "
                + $"sample "
                + $"{report.WorstSample}; the budget is {WorstOps}"));
        }

        if (report.AllocatedBytes > 0)
        {
            violations.Add($"{report.Name}: {report.AllocatedBytes} bytes allocated by samples that brought no "
                + $"stride; the budget is 0");
        }

        if (report.DeviceObjects > 0)
        {
            violations.Add($"{report.Name}: {report.DeviceObjects} objects on the device's heap by samples that "
                + $"brought no stride; the budget is 0");
        }

        violations.AddRange(report.Unknown.Select(
            u =>
                $"{report.Name}: {u.Calls} calls to {u.Name}, which the device interprets but whose ops cannot be "
                + $"counted here. Write it out, or use a native method"));
        return violations;
    }

    private static string Dearest(CostReport report) =>
        string.Join(", ",
            report.Methods.Take(3)
                .Select(
                    m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {(double)m.Ops / report.Samples:0}")));
}
