using System.Globalization;
using System.Text.RegularExpressions;

namespace Wiring.Tests;

/// <summary>Holds the page's two pin tables against the constants. Every answer is a list of what is wrong; empty is right.</summary>
public static partial class PinTable
{
    /// <summary>Signals of the pad table that are no GPIO.</summary>
    private static readonly string[] Supplies = ["3.3 V"];

    /// <summary>The table of signals: every constant once, with its number, and nothing else.</summary>
    public static IReadOnlyList<string> Problems(string markdown)
    {
        var rows = MarkdownTable.Find(markdown, "signal", "GPIO", "goes to", "note").Rows;
        var problems = new List<string>();
        foreach (var (name, gpio) in PinConstants.Gpio)
        {
            var said = rows.Where(r => MarkdownTable.Plain(r[0]) == name).Select(r => r[1]).ToList();
            if (said is not [var one])
            {
                problems.Add($"{name} stands in {said.Count} rows");
            }
            else if (one != gpio.ToString(CultureInfo.InvariantCulture))
            {
                problems.Add($"{name} is GPIO {gpio}, the page says {one}");
            }
        }

        problems.AddRange(rows.Select(r => MarkdownTable.Plain(r[0])).Where(n => !PinConstants.Gpio.ContainsKey(n)).Select(n => $"{n} is no pin of the program"));
        return problems;
    }

    /// <summary>The table of pad names: each named pad exists on that board and is the signal's GPIO.</summary>
    public static IReadOnlyList<string> PadProblems(string markdown)
    {
        var table = MarkdownTable.Find(markdown, "signal", "LOLIN D32", "ESP32-DevKitC V4", "DevKit V1 (30 pins)");
        string[][] boards = [Boards.D32, Boards.DevKitC, Boards.DevKitV1];
        var problems = new List<string>();
        foreach (var row in table.Rows)
        {
            string signal = MarkdownTable.Plain(row[0]);
            for (int i = 0; i < boards.Length; i++)
            {
                string pad = FirstWord().Match(row[i + 1]).Value;
                bool isOnBoard = signal == "BatteryVoltage" && boards[i] == Boards.D32;
                if (pad == "none" ? !isOnBoard : !boards[i].Contains(pad))
                {
                    problems.Add($"{table.Columns[i + 1]} has no pad {pad}");
                }
                else if (PinConstants.Gpio.TryGetValue(signal, out int gpio) && pad != "none" && pad.TrimStart('D') != gpio.ToString(CultureInfo.InvariantCulture))
                {
                    problems.Add($"{signal} is GPIO {gpio}, {table.Columns[i + 1]} is said to have it on {pad}");
                }
            }
        }

        var signals = table.Rows.Select(r => MarkdownTable.Plain(r[0])).ToList();
        problems.AddRange(PinConstants.Gpio.Keys.Except(signals).Select(n => $"{n} has no row"));
        problems.AddRange(signals.Except(PinConstants.Gpio.Keys).Except(Supplies).Select(n => $"{n} is no pin of the program"));
        return problems;
    }

    [GeneratedRegex(@"^\w+")]
    private static partial Regex FirstWord();
}
