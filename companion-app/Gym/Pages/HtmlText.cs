using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Backstep.Walks;

namespace Backstep.Gym.Pages;

/// <summary>HTML that is written as an interpolated string: what stands in braces is escaped, unless it is HTML itself.
/// Text of others cannot become markup by being forgotten.</summary>
[InterpolatedStringHandler]
public readonly struct HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder? _html;

    /// <summary>For the compiler.</summary>
    public HtmlText(int literalLength, int formattedCount) =>
        _html = new StringBuilder(literalLength + (32 * formattedCount));

    /// <summary>Nothing.</summary>
    public static HtmlText None => default;

    /// <summary>HTML that a library made.</summary>
    public static HtmlText Made(string html)
    {
        var made = new HtmlText(html.Length, 0);
        made.AppendLiteral(html);
        return made;
    }

    /// <summary>One after another.</summary>
    public static HtmlText All(IEnumerable<HtmlText> parts)
    {
        var all = new HtmlText(0, 8);
        foreach (var part in parts)
        {
            all.AppendFormatted(part);
        }

        return all;
    }

    /// <summary>As it stands.</summary>
    public void AppendLiteral(string html) => _html!.Append(html);

    /// <summary>Escaped, on one line, without what cannot be seen.</summary>
    public void AppendFormatted(string? text) => _html!.Append(Encoder.Encode(OneLine.Cleaned(text ?? "")));

    /// <summary>A number.</summary>
    public void AppendFormatted(int number) => _html!.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>HTML.</summary>
    public void AppendFormatted(HtmlText html) => _html!.Append(html._html);

    /// <inheritdoc/>
    public override string ToString() => _html?.ToString() ?? "";
}
