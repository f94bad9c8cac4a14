using System.Globalization;
using Backstep.Terminal;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Output;

/// <summary>Sessions in words and plain tables, in 80 columns.</summary>
public static class SessionText
{
    private const string None = "-";
    private const int NameColumns = 12;

    // More rows are not read; fewer hide a change.
    private const int MostParts = 24;

    /// <summary>A table of sessions, one a line.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="pain">What was noted about them.</param>
    /// <param name="walkers">Names to show, in the place of the hour and the mode; null for no names.</param>
    public static void List(TextWriter writer, IReadOnlyList<SessionSummary> sessions, ILookup<long?, PainNote> pain,
        IReadOnlyDictionary<long, string>? walkers)
    {
        string[] figures = ["id", "walked", "strides", "toes", "strike", "rails", "pain"];
        var table = new TextTable(walkers == null ? ["when", .. figures] : ["walker", "when", .. figures]);
        foreach (var session in sessions)
        {
            var (header, totals) = (session.Header, session.Totals);
            string[] first = walkers == null ? [$"{When(header)} {StrideText.Of(header.Mode)}"]
                : [walkers[header.WalkerId], When(header, "yyyy-MM-dd")];
            table.AddRemarked(
                Remarks(session),
                [.. first,
                Number(header.Id),
                Clock(totals.Active),
                Number(totals.BackwardStrides + totals.ForwardStrides + totals.UnknownStrides),
                Percent(totals.ToeFirstShare),
                Degrees(totals.FootStrikeDegrees),
                Percent(totals.HeldShare),
                Pain([.. pain[header.Id]])]);
        }

        table.WritePlain(writer);
    }

    /// <summary>Walks without a sensor, apart from what was measured.</summary>
    public static void Noted(TextWriter writer, IReadOnlyList<WalkerNote> walks,
        IReadOnlyDictionary<long, string>? walkers)
    {
        if (walks.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine("Noted, walked without a sensor:");
        var table = new TextTable(walkers == null ? ["when", "walked"] : ["walker", "when", "walked"]);
        foreach (var walk in walks)
        {
            string when = $"{walk.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} "
                + StrideText.Of(walk.Mode);
            table.Add([.. walkers == null ? Array.Empty<string>() : [walkers[walk.WalkerId]], when,
                Clock(walk.Walked!.Value)]);
        }

        table.WritePlain(writer);
    }

    /// <summary>A table of weeks.</summary>
    public static void Weeks(TextWriter writer, IReadOnlyList<WeekOfWalking> weeks)
    {
        var table = new TextTable("week from", "sessions", "minutes", "strides", "toes", "strike", "rails", "before",
            "after", "morning");
        foreach (var week in weeks)
        {
            table.Add(
                week.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Number(week.Sessions),
                Text(week.Active.TotalMinutes, "0"),
                Number(week.BackwardStrides),
                Percent(week.ToeFirstShare),
                Degrees(week.FootStrikeDegrees),
                Percent(week.HeldShare),
                Text(week.PainBefore, "0.#"),
                Text(week.PainAfter, "0.#"),
                Text(week.PainNextMorning, "0.#"));
        }

        table.WritePlain(writer);
    }

    /// <summary>What there is to say of one session.</summary>
    public static void Figures(TextWriter writer, KeptSession session, Units units)
    {
        var (header, totals) = (session.Summary.Header, session.Summary.Totals);
        var lines = new SummaryWriter(writer, NameColumns);
        if (header.IsSimulated)
        {
            lines.Line("SIMULATED", "no person walked");
        }

        lines.Line("session",
            $"{Number(header.Id)}, {When(header)}, {StrideText.Of(header.Mode)}"
            + $"{Remarks(session.Summary, simulated: false)}");
        lines.Line("walker", session.Walker.Name);
        lines.Line("sensors",
            string.Join(", ", header.Sensors.Select(sensor => sensor.Placement == Protocol.Placement.Unknown
            ? sensor.Name
            : $"{sensor.Name} ({StrideText.Of(sensor.Placement)})")));
        lines.Line("time",
            $"{Clock(totals.Elapsed)}, of it walking {Clock(totals.Active)}"
            + $"{(header.Target is { } target ? $", target {Clock(target)}" : "")}");
        lines.Line("strides",
            $"{Number(totals.BackwardStrides)} backward, {Number(totals.ForwardStrides)} forward, "
            + $"{Number(totals.UnknownStrides)} of unknown direction");
        lines.Line("toes first", totals.ToeFirstShare is { } toes
            ? $"{Percent(toes)} ({Number(totals.ToeFirstStrides)} of {Number(totals.LandedStrides)} backward "
                + $"strides whose landing is known)"
            : "not known");
        lines.Line("foot strike",
            totals.FootStrikeDegrees is { } strike ? $"{Degrees(strike)} on average (negative: toes down)"
                : "not measured");
        lines.Line("tilt",
            totals.TiltDegrees is { } tilt ? $"{Degrees(tilt)} on average (positive: to the outer edge)"
                : "not measured");
        lines.Line("cadence",
            totals.CadenceStepsPerMinute is { } cadence ? $"{Text(cadence, "0")} steps/min" : "not measured");
        lines.Line("belt", totals.BeltMetersPerSecond is { } speed ? units.Speed(speed) : "not measured");
        lines.Line("incline", InclineText.Of(session.Summary) ?? "not known");
        lines.Line("distance", totals.DistanceMeters is { } meters ? Way(meters, totals.BackwardMeters, units)
            : "not measured");
        lines.Line("rails",
            totals.HeldShare is { } held ? $"held {Percent(held)} of the time for which it is known" : "not known");
        lines.Line("rhythm",
            totals.RhythmSettledAfter is { } settled ? $"settled after {Clock(settled)}" : "not settled");
        lines.Line("pain", session.Pain.Count == 0
            ? "not noted"
            : string.Join(", ", session.Pain.Select(note => $"{Number(note.Level)} {StrideText.Of(note.Moment)}"))
            + " (0 to 10)");
        if (session.Marks.Count > 0)
        {
            lines.Line("marks",
                string.Join(", ", session.Marks.Select(mark => $"{Clock(mark.At)} {StrideText.Of(mark.Kind)}")));
        }
    }

    /// <summary>How a session went, part by part: the charts, for those who do not see them.</summary>
    public static void Parts(TextWriter writer, KeptSession session, Units units)
    {
        var table = new TextTable("from", "toe", "flat", "heel", "forward", "unknown", "steps/min", "strike",
            units.SpeedUnit, "rails");
        foreach (var part in SessionSlice.Of(session, MostParts))
        {
            table.Add(
                Clock(part.From),
                Number(part.Count(StepMark.Toe)),
                Number(part.Count(StepMark.Flat)),
                Number(part.Count(StepMark.Heel)),
                Number(part.Count(StepMark.Forward)),
                Number(part.Count(StepMark.Unknown)),
                Text(part.CadenceStepsPerMinute, "0"),
                Degrees(part.FootStrikeDegrees),
                part.BeltMetersPerSecond is { } speed ? units.SpeedNumber(speed) : None,
                part.Strides.Count == 0 ? None : StrideText.Of(part.Rails));
        }

        table.WritePlain(writer);
    }

    /// <summary>How often it landed at which angle.</summary>
    public static void Angles(TextWriter writer, IReadOnlyList<AngleCountJson> angles)
    {
        var table = new TextTable("foot strike angle", "strides");
        foreach (var bin in angles)
        {
            table.Add($"{Number(bin.FromDegrees)} to {Number(bin.BelowDegrees)} degrees", Number(bin.Strides));
        }

        table.WritePlain(writer);
    }

    /// <summary>Minutes and seconds: 5:00; hours too when there are: 1:05:00.</summary>
    public static string Clock(TimeSpan time)
    {
        var whole = TimeSpan.FromSeconds(Math.Max(0, Math.Floor(time.TotalSeconds)));
        return whole.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture,
                $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}:{whole.Seconds:00}");
    }

    /// <summary>A distance, and how much of it went backward where that is not all.</summary>
    public static string Way(double meters, double? backwardMeters, Units units) =>
        backwardMeters is { } backward && units.Distance(backward) != units.Distance(meters)
            ? $"{units.Distance(meters)}, {units.Distance(backward)} of it backward" : units.Distance(meters);

    private static string When(SessionHeader header, string format = "yyyy-MM-dd HH:mm")
    {
        string when = header.StartedAt.ToString(format, CultureInfo.InvariantCulture);
        return header.IsStartUnknown ? "before " + when : when;
    }

    private static string Remarks(SessionSummary session, bool simulated = true) =>
        (simulated && session.Header.IsSimulated ? " SIMULATED" : "")
            + (session.IsOpen ? " (open)" : session.IsComplete ? "" : " (broken off)");

    private static string Pain(PainNote[] notes)
    {
        if (notes.Length == 0)
        {
            return None;
        }

        return $"{Level(PainMoment.Before)}>{Level(PainMoment.After)}";

        string Level(PainMoment moment) =>
            notes.LastOrDefault(note => note.Moment == moment) is { } note ? Number(note.Level) : "?";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? None;

    private static string Percent(double? share) =>
        share is { } value ? (value * 100).ToString("0", CultureInfo.InvariantCulture) + "%" : None;

    private static string Degrees(double? degrees) =>
        degrees is { } value ? value.ToString("0;-0;0", CultureInfo.InvariantCulture) + "°" : None;
}
