using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Wiring.Tests;

/// <summary>
/// Holds a wiring drawing against the constants and against itself: a wire says in data attributes what it joins, and
/// its line must really begin and end on those pads. Every answer is a list of what is wrong; empty is right.
/// </summary>
public static partial class Drawing
{
    /// <summary>All of it. The board's pads stand in the file from top to bottom, left row first.</summary>
    public static IReadOnlyList<string> Problems(string svg, Board board)
    {
        XElement root = XDocument.Parse(svg).Root!;
        return
        [
            .. Header(root), .. PadRow(root, board.Part, board.Pads), .. PadRow(root, "GY-521", Boards.Gy521),
            .. Wires(root, board), .. Numbers(root, board),
        ];
    }

    /// <summary>What a screen reader needs, and nothing that a page could refuse to show.</summary>
    public static IEnumerable<string> Header(XElement root)
    {
        string[] named =
            [
                .. root.Elements().Where(e => e.Name.LocalName is "title" or "desc" && e.Value.Length > 20)
                    .Select(e => (string)e.Attribute("id")!)];
        if ((string?)root.Attribute("aria-labelledby") != string.Join(' ', named) || named.Length != 2
            || (string?)root.Attribute("role") != "img")
        {
            yield return "title and description are not there for a screen reader";
        }

        if (root.Descendants().Any(e => e.Name.LocalName is "script" or "image" or "foreignObject"))
        {
            yield return "there is something in it besides lines and text";
        }

        if ((string?)root.Elements().FirstOrDefault(e => e.Name.LocalName == "rect")?.Attribute("class") != "panel")
        {
            yield return "there is no panel behind it: on a dark page its text would be lost";
        }
    }

    private static IEnumerable<string> PadRow(XElement root, string part, string[] pads)
    {
        var drawn = Pads(root, part).Where(p => p.Pin is not ("BAT+" or "BAT-")).Select(p => p.Pin).ToList();
        if (!drawn.SequenceEqual(pads))
        {
            yield return $"{part} is drawn with the pads {string.Join(' ', drawn)}";
        }

        // Each pad's name is printed beside it, on its own height (rows) or in its own column (GY-521).
        var texts = root.Descendants().Where(e => e.Name.LocalName == "text")
            .Select(e => (Text: e.Value, X: Number(e, "x"), Y: Number(e, "y"))).ToList();
        foreach (var pad in Pads(root, part).Where(p => pads.Contains(p.Pin)))
        {
            if (!texts.Any(t => t.Text == pad.Pin && Math.Abs(t.X - pad.X) < 20 && Math.Abs(t.Y - pad.Y) < 20))
            {
                yield return $"{part}: the name of pad {pad.Pin} is not beside it";
            }
        }
    }

    private static IEnumerable<string> Wires(XElement root, Board board)
    {
        var wires = root.Descendants().Where(e => e.Attribute("data-signal") != null).ToList();
        foreach (XElement wire in wires)
        {
            string signal = (string)wire.Attribute("data-signal")!;
            string from = (string)wire.Attribute("data-from")!;
            string to = (string)wire.Attribute("data-to")!;
            var lines = wire.Elements().Where(e => e.Name.LocalName == "path").Select(e => (string)e.Attribute("d")!)
                .Distinct().ToList();
            if (lines is not [var line])
            {
                yield return $"{signal}: the line and its edge differ";
                continue;
            }

            var (start, end) = Ends(line);
            if (!IsPad(root, from, start) || !IsPad(root, to, end))
            {
                yield return $"{signal}: the line does not go from {from} to {to}";
            }

            string[] classes =
                ((string)wire.Elements().Last(e => e.Name.LocalName == "path").Attribute("class")!).Split(' ');
            if (!classes.SequenceEqual(["wire", signal]))
            {
                yield return $"{signal}: drawn as {string.Join(' ', classes)}";
            }

            string label = wire.Elements().SingleOrDefault(e => e.Name.LocalName == "text")?.Value ?? string.Empty;
            if (label.Length == 0 && signal != "Ground")
            {
                yield return $"{signal}: told by its colour alone";
            }

            if (board.Gpio.TryGetValue(signal, out int gpio)
                && (!label.EndsWith($"GPIO {gpio}", StringComparison.Ordinal) || GpioOf(board, from) != gpio))
            {
                yield return $"{signal} is GPIO {gpio}, drawn from {from} and labelled '{label}'";
            }
        }

        var drawn = wires.Select(w => $"{(string)w.Attribute("data-signal")!} {(string)w.Attribute("data-to")!}")
            .ToList();
        foreach (string missing in board.Wires.Except(drawn))
        {
            yield return $"there is no wire {missing}";
        }

        foreach (string grounded in board.Grounded.Where(f => !wires.Any(w =>
            (string?)w.Attribute("data-from") == f && (string?)w.Attribute("data-signal") == "Ground"
                && (string?)w.Attribute("data-to") == $"{board.Part}:GND")))
        {
            yield return $"{grounded} has no ground";
        }
    }

    private static int GpioOf(Board board, string pad) =>
        pad.Split(':') is [var part, var pin] && part == board.Part && board.GpioOfPad.TryGetValue(pin, out int gpio)
            ? gpio
            : Backstep.Sensor.Board.Pins.None;

    // Whatever the drawing calls "GPIO n", in labels, notes or the description: all pins of the program, and no other.
    private static IEnumerable<string> Numbers(XElement root, Board board)
    {
        string[] readable =
            [.. root.Descendants().Where(e => e.Name.LocalName is "text" or "title" or "desc").Select(e => e.Value)];
        var said = readable.SelectMany(t => GpioNumber().Matches(t))
            .Select(m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToHashSet();
        foreach (int other in said.Except(board.Gpio.Values))
        {
            yield return $"{board.Part}: GPIO {other} is no pin of the program";
        }

        foreach (int missing in board.Gpio.Values.Except(said))
        {
            yield return $"{board.Part}: GPIO {missing} is not in the drawing";
        }
    }

    private static IEnumerable<(string Pin, double X, double Y)> Pads(XElement root, string part) => root.Descendants()
        .Where(e => (string?)e.Attribute("data-part") == part)
        .Select(e => ((string)e.Attribute("data-pin")!, Number(e, "cx"), Number(e, "cy")));

    private static bool IsPad(XElement root, string name, (double X, double Y) point) =>
        name.Split(':') is [var part, var pin] && Pads(root, part).Contains((pin, point.X, point.Y));

    // Wires are drawn with absolute M, H and V only.
    private static ((double X, double Y) Start, (double X, double Y) End) Ends(string line)
    {
        Match start = LineStart().Match(line);
        var point = (X: Parse(start.Groups[1].Value), Y: Parse(start.Groups[2].Value));
        var end = point;
        string rest = line[start.Length..];
        foreach (Match leg in LineLeg().Matches(rest))
        {
            double at = Parse(leg.Groups[2].Value);
            end = leg.Groups[1].Value == "H" ? (at, end.Y) : (end.X, at);
        }

        Assert.True(start.Success && LineLeg().Replace(rest, string.Empty).Length == 0,
            $"a wire drawn otherwise: {line}");
        return (point, end);
    }

    private static double Number(XElement element, string attribute) => Parse((string)element.Attribute(attribute)!);

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"GPIO (\d+)")]
    private static partial Regex GpioNumber();

    [GeneratedRegex(@"^M([\d.]+) ([\d.]+)")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"([HV])([\d.]+)")]
    private static partial Regex LineLeg();
}
