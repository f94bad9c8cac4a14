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
            | walk | s | ops, mean (at most {WholeProgram.BudgetOps:0}) | dearest second | bytes (at most {WholeProgram.BudgetBytes:0}) | own | around I2C transfers | notifications |
            |---|--:|--:|--:|--:|--:|--:|--:|

            """));
        foreach (var s in seconds)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {s.Name} | {s.Seconds} | {s.MeanOps:0} | {s.WorstOps} | {s.MeanBytes:0} | {s.OwnBytes:0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{s.TransferBytes:0} | {s.Notifications:0.0} |\n");
        }

        return text.ToString();
    }

    /// <summary>Where they go.</summary>
    public static string Methods(WholeSecond second)
    {
        var text = new StringBuilder("| method | ops a second | calls | bytes |\n|---|--:|--:|--:|\n");
        foreach (var m in second.Methods.Where((m, i) => i < DearestMethods || m.Bytes / second.Seconds >= 20))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {m.Name["Backstep.".Length..]} | {(double)m.Ops / second.Seconds:0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{(double)m.Entries / second.Seconds:0.#} | {(double)m.Bytes / second.Seconds:0} |\n");
        }

        return text.ToString();
    }

    /// <summary>What is not in them.</summary>
    public static string Library(WholeSecond second)
    {
        var text = new StringBuilder("| library method | calls a second | bytes a second |\n|---|--:|--:|\n");
        foreach (var call in second.Library)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {call.Name} | {call.CallsPerSecond:0.##} | {call.CallsPerSecond * LibraryBytes.Of(call.Name):0} |\n");
        }

        return text.ToString();
    }
}
