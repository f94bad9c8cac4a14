using System.Globalization;
using System.Text;

namespace Backstep.Lab.Rails;

/// <summary>Draws probability said against frequency seen as an SVG: what is true lies on the diagonal.</summary>
public static class ReliabilityPlot
{
    private const int Side = 400, Left = 60, Top = 50;

    /// <summary>The picture.</summary>
    public static string Draw(RailEvaluationReport report)
    {
        var svg = new StringBuilder();
        void Line(string text) => svg.Append(text).Append('\n');
        Line(
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Left + Side + 40} {Top + Side + 70}" """
            + $"""font-family="sans-serif" font-size="13" role="img">""");
        Line("<title>Reliability: how likely the rails were said to be held, and how often they were</title>");
        Line(
            $"""<rect width="100%" height="100%" fill="#ffffff"/>"""
            + $"""<text x="{Left}" y="24" font-size="14">"""
            + (report.Synthetic ? "Synthetic: simulated walkers. " : "Real recordings. ")
            + "Area of a mark: how often it was said.</text>");
        for (int percent = 0; percent <= 100; percent += 20)
        {
            Line($"""<path d="M{X(percent)} {Y(0)}V{Y(100)}M{X(0)} {Y(percent)}H{X(100)}" stroke="#dddddd"/>""");
            Line(
                $"""<text x="{X(percent)}" y="{Y(0)}" dy="18" text-anchor="middle">{percent}</text>"""
                + $"""<text x="{X(0)}" y="{Y(percent)}" dx="-8" dy="4" text-anchor="end">{percent}</text>""");
        }

        Line($"""<path d="M{X(0)} {Y(0)}L{X(100)} {Y(100)}" stroke="#888888" stroke-dasharray="5 4"/>""");
        Line(
            $"""<text x="{X(50)}" y="{Y(0)}" dy="40" text-anchor="middle">"""
            + """probability of "held" that was said, %</text>"""
            + $"""<text transform="translate(18 {Y(50)}) rotate(-90)" text-anchor="middle">"""
            + """rails were held, %</text>""");
        int row = 0;
        foreach (var source in report.Reliability.GroupBy(bin => bin.Source))
        {
            bool shoe = source.Key == "shoe";
            string colour = shoe ? "#0b6e99" : "#c2410c";
            double most = source.Max(bin => bin.Count);
            string points = string.Join(' ', source.Select(bin => $"{X(bin.SaidPercent)},{Y(bin.SeenPercent)}"));
            Line($"""<polyline fill="none" stroke="{colour}" points="{points}"/>""");
            foreach (var bin in source)
            {
                double size = 3 + (7 * Math.Sqrt(bin.Count / most));
                Line(shoe
                    ? $"""<circle cx="{X(bin.SaidPercent)}" cy="{Y(bin.SeenPercent)}" r="{Text(size)}" """
                        + $"""fill="{colour}" fill-opacity="0.7"/>"""
                    : $"""<rect x="{Text(At(bin.SaidPercent) - size)}" y="{Text(Down(bin.SeenPercent) - size)}" """
                        + $"""width="{Text(2 * size)}" height="{Text(2 * size)}" """
                        + $"""fill="{colour}" fill-opacity="0.7"/>""");
            }

            Line(
                $"""<text x="{Left + 14}" y="{Top + 20 + (18 * row++)}" fill="{colour}">"""
                + $"""{(shoe ? "circles" : "squares")}: {source.Key}</text>""");
        }

        Line("</svg>");
        return svg.ToString();
    }

    private static double At(double percent) => Left + (percent * Side / 100);

    private static double Down(double percent) => Top + Side - (percent * Side / 100);

    private static string X(double percent) => Text(At(percent));

    private static string Y(double percent) => Text(Down(percent));

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
