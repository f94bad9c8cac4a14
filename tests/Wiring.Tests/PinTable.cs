using System.Globalization;
using System.Text.RegularExpressions;

namespace Wiring.Tests;

/// <summary>
/// Holds the page's pin table against the program. The answer is a list of what is wrong; empty is right.
/// </summary>
public static partial class PinTable
{
    private const string Nothing = "none";

    /// <summary>Every signal once, with its number and pad on every board, and nothing else.</summary>
    public static IReadOnlyList<string> Problems(string markdown)
    {
        var table = MarkdownTable.Find(markdown, ["signal", .. Boards.All.Select(b => b.Name), "goes to"]);
        var problems = new List<string>();
        foreach (string signal in PinConstants.Signals)
        {
            var rows = table.Rows.Where(r => MarkdownTable.Plain(r[0]) == signal).ToList();
            if (rows is not [var row])
            {
                problems.Add($"{signal} stands in {rows.Count} rows");
                continue;
            }

            problems.AddRange(Boards.All.Select((board, i) => Problem(board, signal, row[i + 1])).OfType<string>());
        }

        var signals = table.Rows.Select(r => MarkdownTable.Plain(r[0]));
        problems.AddRange(signals.Except(PinConstants.Signals).Select(n => $"{n} is no pin of the program"));
        return problems;
    }

    // A cell is "none", "n", where the pad is called by its number or there is none, or "n, pad NAME".
    private static string? Problem(Board board, string signal, string cell)
    {
        string said = cell.Split(',')[0];
        bool isThere = board.Gpio.TryGetValue(signal, out int gpio);
        string right = isThere ? gpio.ToString(CultureInfo.InvariantCulture) : Nothing;
        if (said != right)
        {
            return $"{signal} of {board.Name} is {right}, the page says {said}";
        }

        string pad = Pad().Match(cell) is { Success: true } named ? named.Groups[1].Value : said;
        bool hasPad = board.Pads.Contains(pad) && board.GpioOfPad[pad] == gpio;
        return board.Pads.Length == 0 || said == Nothing || cell.EndsWith("on the board", StringComparison.Ordinal)
            || hasPad
            ? null
            : $"{board.Name} has no pad {pad} for {signal}";
    }

    [GeneratedRegex(@", pad (\w+)$")]
    private static partial Regex Pad();
}
