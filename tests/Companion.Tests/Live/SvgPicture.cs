using System.Globalization;
using System.Net;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Live;

/// <summary>A screenshot as SVG: the very segments that the terminal would get, cell by cell.</summary>
public static class SvgPicture
{
    private const double CellWidth = 9.6, CellHeight = 20, FontSize = 16, Margin = 18, Baseline = 15;
    private const string Background = "#14171c", Foreground = "#e6e6e6";

    // A usual dark theme's first eight colours.
    private static readonly Dictionary<Color, string> Theme = new()
    {
        [Color.Green] = "#4fc26b",
        [Color.Olive] = "#e0b341",
        [Color.Maroon] = "#ff6b60",
        [Color.Teal] = "#4fb8c9",
    };

    public static string Of(IRenderable frame, int width, int height, string title)
    {
        using var console = new TestConsole().Width(width).Height(height).Colors(ColorSystem.Standard)
            .SupportsAnsi(true);
        var lines = Segment.SplitLines(frame.GetSegments(console));
        double pictureWidth = (width * CellWidth) + (2 * Margin);
        double pictureHeight = (lines.Count * CellHeight) + (2 * Margin);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" "
            + $"viewBox=\"0 0 {pictureWidth} {pictureHeight}\" role=\"img\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(title)}</title>\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{Background}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" "
            + $"font-size=\"{FontSize}\" fill=\"{Foreground}\" xml:space=\"preserve\">\n");
        for (int row = 0; row < lines.Count; row++)
        {
            int column = 0;
            foreach (var segment in lines[row])
            {
                AppendRun(svg, segment, row, column);
                column += segment.CellCount();
            }
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    /// <summary>Blocks become rectangles, because fonts leave seams between them; all else is text, held to its
    /// cells.</summary>
    private static void AppendRun(StringBuilder svg, Segment segment, int row, int column)
    {
        string fill = Theme.GetValueOrDefault(segment.Style.Foreground, Foreground);
        string dim = segment.Style.Decoration.HasFlag(Decoration.Dim) ? " opacity=\"0.6\"" : "";
        string bold = segment.Style.Decoration.HasFlag(Decoration.Bold) ? " font-weight=\"bold\"" : "";
        string text = segment.Text;
        for (int start = 0; start < text.Length;)
        {
            int end = start + 1;
            while (end < text.Length && Kind(text[end]) == Kind(text[start]))
            {
                end++;
            }

            double x = Margin + ((column + start) * CellWidth);
            double y = Margin + (row * CellHeight);
            double width = (end - start) * CellWidth;
            switch (Kind(text[start]))
            {
                case '█':
                    svg.Append(CultureInfo.InvariantCulture,
                        $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{CellHeight}\" "
                        + $"fill=\"{fill}\"{dim}/>\n");
                    break;
                case '░':
                    svg.Append(CultureInfo.InvariantCulture,
                        $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{CellHeight}\" "
                        + $"fill=\"{fill}\" opacity=\"0.15\"/>\n");
                    break;
                case 'a':
                    string run = WebUtility.HtmlEncode(text[start..end]);
                    svg.Append(CultureInfo.InvariantCulture,
                        $"<text x=\"{x:0.#}\" y=\"{y + Baseline:0.#}\" textLength=\"{width:0.#}\" "
                        + $"lengthAdjust=\"spacingAndGlyphs\" fill=\"{fill}\"{dim}{bold}>{run}</text>\n");
                    break;
                default:
                    break;
            }

            start = end;
        }
    }

    private static char Kind(char c) => c is '█' or '░' or ' ' ? c : 'a';
}
