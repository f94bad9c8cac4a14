using System.Globalization;
using System.Text;

namespace Backstep.Cost;

/// <summary>A whole second as Markdown.</summary>
public static class SecondTable
{
    private const int DearestMethods = 20;

    /// <summary>The figures against their budgets.</summary>
    public static string Figures(WholeSecond second) => string.Create(CultureInfo.InvariantCulture, $"""
        | a second of the whole program | measured | budget |
        |---|--:|--:|
        | IL ops, mean | {second.MeanOps:0} | {WholeProgram.BudgetOps:0} |
        | IL ops, dearest second | {second.WorstOps} | |
        | bytes allocated by the program | {second.MeanBytes:0} | {WholeProgram.BudgetBytes:0} |
        | of these, structs around I2C transfers | {second.TransferBytes:0} | |
        | notifications | {second.Notifications:0.0} | |

        """);

    /// <summary>Where they go.</summary>
    public static string Methods(WholeSecond second)
    {
        var text = new StringBuilder("| method | ops a second | calls | bytes |\n|---|--:|--:|--:|\n");
        foreach (var m in second.Methods.Where((m, i) => i < DearestMethods || m.Bytes / WholeProgram.Seconds >= 20))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {m.Name["Backstep.".Length..]} | {(double)m.Ops / WholeProgram.Seconds:0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{(double)m.Entries / WholeProgram.Seconds:0.#} | {(double)m.Bytes / WholeProgram.Seconds:0} |\n");
        }

        return text.ToString();
    }

    /// <summary>What is not in them.</summary>
    public static string Library(WholeSecond second)
    {
        var text = new StringBuilder("| library method | calls a second |\n|---|--:|\n");
        foreach (var call in second.Library)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {call.Name} | {call.CallsPerSecond:0.##} |\n");
        }

        return text.ToString();
    }
}
