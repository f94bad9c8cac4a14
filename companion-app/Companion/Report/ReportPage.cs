using System.Globalization;

namespace Backstep.Companion.Report;

/// <summary>What every page has: a head that allows no network and no script, the style sheet, and who made
/// it.</summary>
internal static class ReportPage
{
    private static readonly string Style = ReadStyle();

    /// <summary>Up to below the heading.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="title">Of the window.</param>
    /// <param name="heading">Of the page.</param>
    /// <param name="subtitle">HTML below the heading.</param>
    public static void Begin(TextWriter writer, string title, string heading, string subtitle) => writer.Write($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="referrer" content="no-referrer">
        <meta name="color-scheme" content="light dark">
        <title>{Html.Text(title)}</title>
        <style>
        {Style}</style>
        </head>
        <body>
        <svg class="unseen" aria-hidden="true"><defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2" height="6"/></pattern>
        </defs></svg>
        <main>
        <header>
        <h1>{Html.Text(heading)}</h1>
        {subtitle}
        </header>

        """.ReplaceLineEndings("\n"));

    /// <summary>The end of the footer, which the page has begun.</summary>
    public static void End(TextWriter writer, DateTimeOffset madeAt, string programVersion) => writer.Write(
        string.Create(CultureInfo.InvariantCulture, $"""
        <p>Made by backstep {Html.Text(programVersion)} on {madeAt:d MMMM yyyy, HH:mm}. This page is complete:
        it loads nothing and sends nothing.</p>
        </footer>
        </main>
        </body>
        </html>

        """).ReplaceLineEndings("\n"));

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
