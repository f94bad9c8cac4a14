using System.Globalization;
using System.Net;
using System.Text;
using Backstep.Walks;

namespace Backstep.Companion.Report;

/// <summary>Text for HTML and SVG. What others wrote (names of walkers and sensors) never becomes markup.</summary>
public static class Html
{
    /// <summary>Escaped, on one line, without control characters and code points that are no characters.</summary>
    public static string Text(string text) =>
        WebUtility.HtmlEncode(
            OneLine.Of(text));

    /// <summary>A name, kept from turning the text around it: it may be written from right to left.</summary>
    public static string Name(string name) => $"<bdi>{Text(name)}</bdi>";

    /// <summary>A coordinate.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A table; the first cell of a row is its heading.</summary>
    public static string Table(string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"")
            .Append(Text(caption)).Append("\"><table><caption>").Append(Text(caption))
            .Append("</caption><thead><tr>");
        foreach (string cell in header)
        {
            html.Append("<th scope=\"col\">").Append(Text(cell)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(Text(row[0])).Append("</th>");
            foreach (string cell in row.Skip(1))
            {
                html.Append("<td>").Append(Text(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }
}
