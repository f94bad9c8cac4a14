using System.Globalization;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Report;

/// <summary>Left against right, when both shoes wore a sensor.</summary>
public static class SymmetryFigure
{
    // Fewer strides of a foot say more about chance than about the foot.
    private const int FewestStrides = 10;

    private static readonly (string Name, Func<Stride, int> Field, double Unit, string Format,
        bool IsRatio)[] Measures =
    [
        ("stance, s", stride => stride.StanceMilliseconds, 0.001, "0.00", true),
        ("swing, s", stride => stride.SwingMilliseconds, 0.001, "0.00", true),
        ("stride length, m", stride => stride.LengthMillimeters, 0.001, "0.00", true),
        ("foot strike, degrees", stride => stride.FootStrikeHalfDegrees, 0.5, "0.0", false),
        ("tilt, degrees", stride => stride.TiltHalfDegrees, 0.5, "0.0", false),
    ];

    /// <summary>The figure, or null when only one shoe wore a sensor.</summary>
    public static Figure? Of(KeptSession session)
    {
        const string Title = "Left and right";
        var sensors = session.Summary.Header.Sensors;
        if (!sensors.Any(sensor => sensor.Placement == Placement.LeftShoe)
            || !sensors.Any(sensor => sensor.Placement == Placement.RightShoe))
        {
            return null;
        }

        var left = Backward(session, Placement.LeftShoe);
        var right = Backward(session, Placement.RightShoe);
        if (left.Length < FewestStrides || right.Length < FewestStrides)
        {
            return new Figure("symmetry", Title,
                string.Create(CultureInfo.InvariantCulture,
                    $"Not known: it takes {FewestStrides} backward strides of each foot, and there are "
                    + $"{left.Length} of the left and {right.Length} of the right."));
        }

        var rows =
            Measures.Select(
                measure => Row(measure.Name, Mean(left, measure.Field, measure.Unit),
                    Mean(right, measure.Field, measure.Unit), measure.Format, measure.IsRatio)).ToArray();
        var bars = rows.Where(row => row.Index != null).ToArray();
        if (bars.Length == 0)
        {
            return new Figure("symmetry", Title, "Not known: nothing was measured of both feet.");
        }

        // Robinson, Herzog, Nigg 1987: 100 (L - R) / (0.5 (L + R)).
        string sentence = "Symmetry index of backward strides, the difference in % of the mean: right of zero the "
            + "left foot has more. "
            + string.Join(", ", bars.Select(bar => Text($"{bar.Name.Split(',')[0]} {bar.Index:+0.0;-0.0;0.0} %")))
            + ".";
        double most = Math.Max(5, bars.Max(bar => Math.Abs(bar.Index!.Value)));
        var rowsUpwards = new Axis(-0.5, bars.Length - 0.5,
            [.. bars.Select((bar, i) => ((double)(bars.Length - 1 - i), bar.Name.Split(',')[0].Split(' ')[^1]))], "");
        var plot = new Plot("symmetry-plot", Title, sentence,
            Axis.Of("%: right foot more, left foot more", -most, most, 6), rowsUpwards, 80 + (36 * bars.Length));
        for (int i = 0; i < bars.Length; i++)
        {
            plot.Bar(bars.Length - 1 - i, bars[i].Index!.Value, "toe");
        }

        plot.Upright(0, "even");
        return new Figure(
            "symmetry",
            Title,
            sentence,
            plot.End(),
            null,
            Html.Table("Means of backward strides", ["", "left", "right", "symmetry index, %"],
                rows.Select(row => (IReadOnlyList<string>)[row.Name, row.Left, row.Right, row.IndexText])));
    }

    private static Stride[] Backward(KeptSession session, Placement placement) =>
        [.. session.Walked
            .Where(
                kept => kept.Sensor < session.Summary.Header.Sensors.Count
                    && session.Summary.Header.Sensors[kept.Sensor].Placement == placement
                && kept.Stride.Direction == Direction.Backward)
            .Select(kept => kept.Stride)];

    private static double? Mean(Stride[] strides, Func<Stride, int> field, double unit) =>
        Statistics.Mean(Statistics.Measured(strides, field, unit));

    private static (string Name, string Left, string Right, double? Index, string IndexText) Row(string name,
        double? left, double? right, string format, bool isRatio)
    {
        double? index = isRatio && left + right > 0 ? 200 * (left - right) / (left + right) : null;
        return (name, Known(left, format), Known(right, format), index, isRatio ? Known(index, "+0.0;-0.0;0.0") : "");
    }

    private static string Known(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "not known";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
