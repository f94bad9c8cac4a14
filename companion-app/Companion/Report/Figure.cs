using System.Globalization;
using System.Text;

namespace Backstep.Companion.Report;

/// <summary>A line of a legend.</summary>
/// <param name="Style">Class of its colour.</param>
/// <param name="Label">What it means.</param>
/// <param name="Shape">Its shape.</param>
public sealed record LegendEntry(string Style, string Label, MarkShape Shape = MarkShape.Square);

/// <summary>A chart with its heading, a sentence that says what there is to see, and its numbers as a table.</summary>
/// <param name="Id">A word, unique on the page.</param>
/// <param name="Title">Heading.</param>
/// <param name="Sentence">What there is to see; for a figure without data, why there is none.</param>
/// <param name="Svg">The chart; null when there is nothing to draw.</param>
/// <param name="Legend">What shapes and colours mean.</param>
/// <param name="Table">The numbers; null when there are none.</param>
public sealed record Figure(string Id, string Title, string Sentence, string? Svg = null,
    IReadOnlyList<LegendEntry>? Legend = null, string? Table = null)
{
    /// <summary>As HTML.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"<section class=\"chart\" aria-labelledby=\"{Id}\"><h3 id=\"{Id}\">{Html.Text(Title)}</h3>\n");
        if (Svg == null)
        {
            return html.Append(CultureInfo.InvariantCulture,
                $"<p class=\"quiet\">{Html.Text(Sentence)}</p></section>\n").ToString();
        }

        html.Append("<figure>").Append(Svg);
        if (Legend is { Count: > 0 })
        {
            html.Append("<ul class=\"legend\">");
            foreach (var (style, words, shape) in Legend)
            {
                html.Append(CultureInfo.InvariantCulture,
                    $"<li><svg viewBox=\"0 0 14 14\" "
                    + $"aria-hidden=\"true\">{shape.ToSvg(7, 7, 6, style)}</svg>{Html.Text(words)}</li>");
            }

            html.Append("</ul>");
        }

        html.Append(CultureInfo.InvariantCulture, $"<figcaption>{Html.Text(Sentence)}</figcaption></figure>\n");
        if (Table != null)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<details><summary>The numbers<span class=\"unseen\"> of: "
                + $"{Html.Text(Title)}</span></summary>{Table}</details>");
        }

        return html.Append("</section>\n").ToString();
    }
}
