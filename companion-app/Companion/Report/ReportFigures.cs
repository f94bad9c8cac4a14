using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Files.Export;
using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Report;

/// <summary>The charts of one session.</summary>
public sealed class ReportFigures
{
    private const double HistogramDegrees = 2;
    private const int MostColumns = 40;

    private static readonly (StepMark Mark, string Style, string Label)[] Marks =
    [
        (StepMark.Toe, "toe", "toe first"),
        (StepMark.Flat, "flat", "whole foot"),
        (StepMark.Heel, "heel", "heel first"),
        (StepMark.Forward, "forward", "forward"),
        (StepMark.Unknown, "unknown", "not known"),
    ];

    private readonly KeptSession _session;
    private readonly Units _units;
    private readonly IReadOnlyList<SessionSlice> _bins;
    private readonly Axis _time;

    /// <summary>For a session, in units.</summary>
    public ReportFigures(KeptSession session, Units units)
    {
        (_session, _units) = (session, units);
        _bins = SessionSlice.Of(session, MostColumns);
        _time = Axis.OfTime(_bins.Count > 0 ? _bins[^1].Until : TimeSpan.Zero);
    }

    /// <summary>Which part of the foot landed first, part by part.</summary>
    public Figure Steps()
    {
        const string Title = "How each step landed";
        if (_bins.Count == 0)
        {
            return new Figure("steps", Title, "Not known: the session has no strides.");
        }

        var totals = _session.Summary.Totals;
        string sentence = $"{totals.BackwardStrides} strides backward, {totals.ForwardStrides} forward, "
            + $"{totals.UnknownStrides} of unknown direction. "
            + (SessionLabels.ToeFirstPercent(totals) is { } toe
                ? Text($"Of the backward ones {toe:0} % landed toes first.")
                : "How the backward ones landed is not known.");
        var plot = new Plot("steps-plot", Title, sentence, _time,
            Axis.Of("strides", 0, _bins.Max(bin => bin.Strides.Count), leastStep: 1));
        foreach (var bin in _bins)
        {
            int below = 0;
            foreach (var (mark, style, _) in Marks)
            {
                int count = bin.Count(mark);
                if (count > 0)
                {
                    plot.Column(bin.From.TotalSeconds, bin.Until.TotalSeconds, below + count, style, below);
                    below += count;
                }
            }
        }

        var used = Marks.Where(mark => _bins.Any(bin => bin.Count(mark.Mark) > 0)).ToArray();
        return new Figure(
            "steps",
            Title,
            $"{sentence} A column is {Length()}.",
            plot.End(),
            [.. used.Select(mark => new LegendEntry(mark.Style, mark.Label))],
            Html.Table(
                "Strides by landing", ["from", .. Marks.Select(mark => mark.Label)],
                _bins.Select(
                    bin => (IReadOnlyList<string>)[SessionText.Clock(bin.From),
                        .. Marks.Select(mark => Text($"{bin.Count(mark.Mark)}"))])));
    }

    /// <summary>Cadence over time.</summary>
    public Figure Cadence()
    {
        const string Title = "Cadence";
        var known = _bins.Where(bin => bin.CadenceStepsPerMinute != null)
            .Select(bin => bin.CadenceStepsPerMinute!.Value).ToArray();
        if (known.Length == 0)
        {
            return new Figure("cadence", Title, "Not known: no two strides followed each other.");
        }

        string mean = _session.Summary.Totals.CadenceStepsPerMinute is { } total
            ? Text($"{total:0} steps a minute on average") : "The average is not known";
        string sentence = Text($"{mean}, of both feet; between {known.Min():0} and {known.Max():0}.");
        var plot = new Plot("cadence-plot", Title, sentence, _time,
            Axis.Of("steps a minute", Math.Max(0, known.Min() - 5), known.Max() + 5));
        plot.Line(_bins.Select(bin => (Middle(bin), bin.CadenceStepsPerMinute)), "line");
        return new Figure(
            "cadence",
            Title,
            sentence,
            plot.End(),
            null,
            Html.Table("Steps of both feet a minute", ["from", "steps a minute"],
                _bins.Select(
                    bin => (IReadOnlyList<string>)[SessionText.Clock(bin.From),
                        Known(bin.CadenceStepsPerMinute, "0")])));
    }

    /// <summary>Foot strike angles of the backward strides.</summary>
    public Figure FootStrike()
    {
        const string Title = "Foot strike angle";
        var angles = Statistics.Measured(
            _session.Walked.Select(kept => kept.Stride)
                .Where(stride => stride.Direction == Direction.Backward), stride => stride.FootStrikeHalfDegrees, 0.5);
        if (angles.Length == 0)
        {
            return new Figure("strike", Title, "Not known: no backward stride has one.");
        }

        string mean = Text($"{angles.Average():0.0;-0.0;0.0} degrees on average");
        string spread = Statistics.StandardDeviation(angles) is { } deviation
            ? Text($", standard deviation {deviation:0.0}") : "";
        string sentence = $"{mean}{spread}, of {angles.Length} backward strides. Below zero the toes come down first.";
        var columns = angles.GroupBy(angle => Math.Floor(angle / HistogramDegrees) * HistogramDegrees)
            .OrderBy(group => group.Key).ToArray();
        var x = Axis.Of("degrees: toes down, then toes up", Math.Min(columns[0].Key, 0) - HistogramDegrees,
            Math.Max(columns[^1].Key, 0) + (2 * HistogramDegrees), 8);
        var plot = new Plot("strike-plot", Title, sentence, x,
            Axis.Of("strides", 0, columns.Max(group => group.Count()), leastStep: 1));
        foreach (var column in columns)
        {
            plot.Column(column.Key, column.Key + HistogramDegrees, column.Count(), column.Key < 0 ? "toe" : "heel");
        }

        plot.Upright(0, "flat");
        return new Figure(
            "strike",
            Title,
            sentence,
            plot.End(),
            null,
            Html.Table(
                "Backward strides by foot strike angle", ["degrees", "strides"],
                columns.Select(
                    column => (IReadOnlyList<string>)[string.Create(CultureInfo.InvariantCulture, $"{column.Key:0} to "
                    + $"{column.Key + HistogramDegrees:0}"), Text($"{column.Count()}")])));
    }

    /// <summary>Rails held or free over time.</summary>
    public Figure Rails()
    {
        const string Title = "Hands on the rails";
        var totals = _session.Summary.Totals;
        if (SessionLabels.HeldPercent(totals) is not { } held)
        {
            return new Figure("rails", Title,
                "Not known. A shoe alone can tell only after its rail calibration; a second sensor on the wrist "
                + "tells better.");
        }

        int strides = totals.BackwardStrides + totals.ForwardStrides + totals.UnknownStrides;
        string sentence = string.Create(CultureInfo.InvariantCulture,
            $"A hand on a rail in {held:0} % of the strides for which it is known "
            + $"({totals.PosturedStrides} of {strides}).");
        var plot = new Plot("rails-plot", Title, sentence, _time, new Axis(0, 1, [], ""), 106);
        foreach (var bin in _bins.Where(bin => bin.Strides.Count > 0))
        {
            var (style, height) = bin.Rails switch
            {
                Posture.Held => ("held", 1.0),
                Posture.Free => ("free", 0.5),
                _ => ("unknown", 0.2),
            };
            plot.Column(bin.From.TotalSeconds, bin.Until.TotalSeconds, height, style);
        }

        return new Figure(
            "rails",
            Title,
            sentence,
            plot.End(),
            [new("held", "held (high)"), new("free", "free (middle)"), new("unknown", "not known (low)")],
            Html.Table(
                "Strides by rails", ["from", "held", "free", "not known"],
                _bins.Select(
                    bin => (IReadOnlyList<string>)[SessionText.Clock(bin.From), RailsCount(bin, Posture.Held),
                        RailsCount(bin, Posture.Free), RailsCount(bin, Posture.Unknown)])));
    }

    /// <summary>Speed of the belt or over the ground, and on a treadmill the limit.</summary>
    public Figure Speed()
    {
        bool hasLimit = _session.Summary.Header.Mode == WalkMode.Treadmill;
        string title = hasLimit ? "Belt speed" : "Speed";
        var known = _bins.Where(bin => bin.BeltMetersPerSecond != null)
            .Select(bin => _units.SpeedValue(bin.BeltMetersPerSecond!.Value)).ToArray();
        if (known.Length == 0)
        {
            return new Figure("speed", title, "Not known: no stride could be measured.");
        }

        double limit = _units.SpeedValue(Coach.BeltLimitMetersPerSecond);
        string mean = _session.Summary.Totals.BeltMetersPerSecond is { } total ? $"{_units.Speed(total)} on average"
            : "The average is not known";
        string sentence = $"{mean}, as the stride lengths tell it"
            + (hasLimit ? $"; the limit for backward walking is {_units.Speed(Coach.BeltLimitMetersPerSecond)}." : ".");
        var plot = new Plot("speed-plot", title, sentence, _time,
            Axis.Of(_units.SpeedUnit, 0, Math.Max(known.Max(), hasLimit ? limit : 0) * 1.1));
        plot.Line(
            _bins.Select(
                bin => (Middle(bin), bin.BeltMetersPerSecond is { } speed ? _units.SpeedValue(speed) : (double?)null)),
                "line");
        if (hasLimit)
        {
            plot.Limit(limit);
        }

        return new Figure(
            "speed",
            title,
            sentence,
            plot.End(),
            hasLimit ? [new("limit", $"limit {_units.Speed(Coach.BeltLimitMetersPerSecond)}", MarkShape.Dash)] : null,
            Html.Table(
                title, ["from", _units.SpeedUnit],
                _bins.Select(
                    bin => (IReadOnlyList<string>)[SessionText.Clock(bin.From),
                        bin.BeltMetersPerSecond is { } speed ? _units.SpeedNumber(speed) : "not known"])));
    }

    private string Length()
    {
        var length = _bins[0].Until - _bins[0].From;
        return length.TotalSeconds <= 60 ? Text($"{length.TotalSeconds:0} seconds")
            : Text($"{length.TotalMinutes:0} minutes");
    }

    private static string RailsCount(SessionSlice bin, Posture rails) =>
        Text($"{bin.Strides.Count(kept => kept.Rails == rails)}");

    private static double Middle(SessionSlice bin) => (bin.From + bin.Until).TotalSeconds / 2;

    private static string Known(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "not known";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
