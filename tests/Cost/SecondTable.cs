using System.Globalization;
using System.Text;

namespace Backstep.Cost;

/// <summary>A whole second as Markdown.</summary>
public static class SecondTable
{
    private const int DearestMethods = 20;

    /// <summary>The figures against their budgets, one line a walk.</summary>
    public static string Figures(IEnumerable<WholeSecond> seconds)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            At most {WholeProgram.BudgetOps:0} ops and {WholeProgram.BudgetBytes:0} bytes a second, mean of a walk.

            | walk | s | ops, mean | dearest second | bytes | own | around I2C transfers | notifications |
            |---|--:|--:|--:|--:|--:|--:|--:|

            """));
        foreach (var s in seconds)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {s.Name} | {s.Seconds} | {s.MeanOps:0} | {s.WorstOps} | ");
            text.Append(CultureInfo.InvariantCulture, $"{s.MeanBytes:0} | {s.OwnBytes:0} | {s.TransferBytes:0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{s.Notifications:0.0} |\n");
        }

        return text.ToString();
    }

    /// <summary>Where they go.</summary>
    public static string Methods(WholeSecond second)
    {
        var text = new StringBuilder("| method | ops a second | calls | bytes |\n|---|--:|--:|--:|\n");
        foreach (var m in second.Methods.Where((m, i) => i < DearestMethods || m.Bytes / second.Seconds >= 20))
        {
            double each = 1.0 / second.Seconds;
            text.Append(CultureInfo.InvariantCulture, $"| {m.Name["Backstep.".Length..]} | {m.Ops * each:0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{m.Entries * each:0.#} | {m.Bytes * each:0} |\n");
        }

        return text.ToString();
    }

    /// <summary>What is not in them.</summary>
    public static string Library(WholeSecond second)
    {
        var text = new StringBuilder("| library method | calls a second | bytes a second |\n|---|--:|--:|\n");
        foreach (var call in second.Library)
        {
            double bytes = call.CallsPerSecond * LibraryBytes.Of(call.Name);
            text.Append(CultureInfo.InvariantCulture, $"| {call.Name} | {call.CallsPerSecond:0.##} | {bytes:0} |\n");
        }

        return text.ToString();
    }
}
