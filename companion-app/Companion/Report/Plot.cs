using System.Globalization;
using System.Text;

namespace Backstep.Companion.Report;

/// <summary>
/// A chart as inline SVG: axes, and marks on them. Colours are classes, so that the page's style sheet gives them for
/// light, dark and paper; size follows the page; title and description are there for those who hear it.
/// </summary>
public sealed class Plot
{
    private const double Width = 480;
    private const double Left = 58;
    private const double Right = 12;
    private const double Top = 18;
    private const double Bottom = 48;

    // Of figures in the largest letters of the style sheet (16 px).
    private const double HalfCharacter = 4.8;

    private readonly StringBuilder _svg = new();
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly double _height;

    /// <summary>Begins one.</summary>
    /// <param name="id">Of the chart, unique on the page, a word.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What there is to see.</param>
    /// <param name="x">Axis to the right.</param>
    /// <param name="y">Axis upwards.</param>
    /// <param name="height">Of the whole, in the units in which it is 480 wide.</param>
    public Plot(string id, string title, string description, Axis x, Axis y, double height = 240)
    {
        (_x, _y, _height) = (x, y, height);
        _svg.Append(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Html.Number(Width)} {Html.Number(height)}\" role=\"img\" "
            + $"aria-labelledby=\"{id}-title {id}-desc\">")
            .Append(CultureInfo.InvariantCulture,
                $"<title id=\"{id}-title\">{Html.Text(title)}</title><desc "
                + $"id=\"{id}-desc\">{Html.Text(description)}</desc>");
        Grid();
    }

    /// <summary>A column from the foot of the chart, or from another value.</summary>
    public void Column(double from, double to, double value, string style, double? above = null)
    {
        double x1 = X(from);
        double top = Y(value);
        double foot = Y(above ?? _y.From);
        double gap = Math.Min(1, (X(to) - x1) * 0.1);
        _svg.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"{style}\" x=\"{Html.Number(x1 + gap)}\" y=\"{Html.Number(Math.Min(top, foot))}\" "
            + $"width=\"{Html.Number(Math.Max(0.5, X(to) - x1 - (2 * gap)))}\" ")
            .Append(CultureInfo.InvariantCulture, $"height=\"{Html.Number(Math.Abs(foot - top))}\"/>");
    }

    /// <summary>A bar to the right or left of zero on a row of its own.</summary>
    public void Bar(double row, double value, string style)
    {
        double zero = X(0);
        _svg.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"{style}\" x=\"{Html.Number(Math.Min(zero, X(value)))}\" "
            + $"y=\"{Html.Number(Y(row + 0.3))}\" width=\"{Html.Number(Math.Max(1, Math.Abs(X(value) - zero)))}\" ")
            .Append(CultureInfo.InvariantCulture, $"height=\"{Html.Number(Y(row - 0.3) - Y(row + 0.3))}\"/>");
    }

    /// <summary>A line through the values; where one is missing, it is broken. A value between two gaps is a
    /// dot.</summary>
    public void Line(IEnumerable<(double X, double? Y)> values, string style)
    {
        var points = new List<(double X, double Y)>();
        foreach (var (x, y) in values.Append((0, null)))
        {
            if (y is { } known)
            {
                points.Add((X(x), Y(known)));
                continue;
            }

            if (points.Count == 1)
            {
                Dot(points[0].X, points[0].Y, style);
            }
            else if (points.Count > 1)
            {
                _svg.Append(CultureInfo.InvariantCulture,
                    $"<polyline class=\"{style}\" points=\""
                + $"{string.Join(' ', points.Select(point => $"{Html.Number(point.X)},{Html.Number(point.Y)}"))}\"/>");
            }

            points.Clear();
        }
    }

    /// <summary>A mark whose shape says what its colour says. Marks of different shapes stand side by side, so that
    /// none hides another.</summary>
    public void Mark(double x, double y, MarkShape shape, string style) =>
        _svg.Append(shape.ToSvg(X(x) + (6 * ((int)shape - 1)), Y(y), 4, style));

    /// <summary>A dashed line across.</summary>
    public void Limit(double value)
    {
        string y = Html.Number(Y(value));
        _svg.Append(CultureInfo.InvariantCulture,
            $"<line class=\"limit\" x1=\"{Html.Number(Left)}\" y1=\"{y}\" x2=\"{Html.Number(Width - Right)}\" "
            + $"y2=\"{y}\"/>");
    }

    /// <summary>A dashed line upwards, with words.</summary>
    public void Upright(double value, string words)
    {
        string x = Html.Number(X(value));
        _svg.Append(CultureInfo.InvariantCulture,
            $"<line class=\"limit\" x1=\"{x}\" y1=\"{Html.Number(Top)}\" x2=\"{x}\" "
            + $"y2=\"{Html.Number(_height - Bottom)}\"/>")
            .Append(CultureInfo.InvariantCulture,
                $"<text class=\"limit-label\" x=\"{Middle(X(value), words)}\" y=\"{Html.Number(Top - 4)}\" "
                + $"text-anchor=\"middle\">{Html.Text(words)}</text>");
    }

    /// <summary>The whole.</summary>
    public string End() => _svg.Append("</svg>").ToString();

    private void Dot(double x, double y, string style) =>
        _svg.Append(CultureInfo.InvariantCulture,
            $"<circle class=\"dot {style}\" cx=\"{Html.Number(x)}\" cy=\"{Html.Number(y)}\" r=\"2\"/>");

    private void Grid()
    {
        for (int i = 0; i < _y.Ticks.Count; i++)
        {
            var (value, label) = _y.Ticks[i];
            string y = Html.Number(Y(value));
            _svg.Append(CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{Html.Number(Left)}\" y1=\"{y}\" x2=\"{Html.Number(Width - Right)}\" "
                + $"y2=\"{y}\"/>")
                .Append(CultureInfo.InvariantCulture,
                    $"<text x=\"{Html.Number(Left - 5)}\" y=\"{y}\" text-anchor=\"end\" "
                    + $"dominant-baseline=\"central\">{Html.Text(label)}</text>");
        }

        for (int i = 0; i < _x.Ticks.Count; i++)
        {
            var (value, label) = _x.Ticks[i];
            string x = Html.Number(X(value));
            string foot = Html.Number(_height - Bottom);
            // On a narrow screen every other label would run into the next.
            _svg.Append(CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{x}\" y1=\"{foot}\" x2=\"{x}\" "
                + $"y2=\"{Html.Number(_height - Bottom + 4)}\"/>")
                .Append(CultureInfo.InvariantCulture,
                    $"<text{(i % 2 == 1 ? " class=\"odd\"" : "")} x=\"{Middle(X(value), label)}\" "
                    + $"y=\"{Html.Number(_height - Bottom + 22)}\" text-anchor=\"middle\">{Html.Text(label)}</text>");
        }

        _svg.Append(CultureInfo.InvariantCulture,
            $"<text class=\"axis\" x=\"{Html.Number(Width - Right)}\" y=\"{Html.Number(_height - 5)}\" "
            + $"text-anchor=\"end\">{Html.Text(_x.Title)}</text>");
    }

    /// <summary>Where words stand whose middle is meant to be at a place: a label at an end stays on the chart
    /// whole.</summary>
    private static string Middle(double x, string words)
    {
        double half = Math.Min(words.Length * HalfCharacter, Width / 2);
        return Html.Number(Math.Clamp(x, half, Width - half));
    }

    private double X(double value) => Left + (_x.Share(value) * (Width - Left - Right));

    private double Y(double value) => _height - Bottom - (_y.Share(value) * (_height - Top - Bottom));
}
