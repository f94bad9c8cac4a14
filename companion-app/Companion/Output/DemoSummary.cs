using System.Globalization;
using Backstep.Rehearsal;
using Backstep.Terminal;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Output;

/// <summary>The summary of a demo in plain text: the same facts as its JSON.</summary>
public static class DemoSummary
{
    private const string NotMeasured = "not measured";

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, DemoJson demo, Units units)
    {
        var lines = new SummaryWriter(writer, 12);
        var strides = demo.Strides;
        lines.Line("SIMULATED",
            $"no person walked: a simulated walker '{demo.Scenario}' (seed {demo.Seed}), the sensor's own program "
            + $"on this computer");
        lines.Line("scenario", demo.Description);
        lines.Line("time",
            $"{Text(demo.Seconds, "0.#")} s; session {demo.Session.State}, {Clock(demo.Session.ElapsedSeconds)}, of "
            + $"it walking {Clock(demo.Session.ActiveSeconds)}");
        lines.Line("strides",
            $"{strides.Arrived} arrived of {strides.True} true ones that were over; missing {strides.Missing}, "
            + $"invented {strides.Invented}");
        lines.Line("direction",
            $"backward {demo.Direction.Backward}, forward {demo.Direction.Forward}, unknown "
            + $"{demo.Direction.Unknown} ({Agreement(demo.DirectionAgainstTruth)})");
        lines.Line("landing",
            $"toe {demo.Landing.Toe}, flat {demo.Landing.Flat}, heel {demo.Landing.Heel}, unknown "
            + $"{demo.Landing.Unknown} ({Agreement(demo.LandingAgainstTruth)})");
        lines.Line("cadence", Cadence(demo.Cadence));
        lines.Line("toes first", demo.Session.ToeFirstPercent is { } toes ? $"{toes} %" : NotMeasured);
        lines.Line("rails held",
            (demo.Session.RailsHeldPercent is { } rails ? $"{rails} %" : "unknown")
                + (demo.RailsAgainstTruth == null ? "" : " by the shoe alone"));
        if (demo.RailsAgainstTruth is { } wrist)
        {
            lines.Line("with wrist",
                $"rails told right {Text(wrist.RightSeconds, "0")} s, wrong {Text(wrist.WrongSeconds, "0")} s, left "
                + $"unknown {Text(wrist.UnknownSeconds, "0")} s (truth: the simulated hands)");
        }

        lines.Line("distance", demo.Session.DistanceMeters is { } meters ? units.Distance(meters) : NotMeasured);
        lines.Line("incline", demo.Incline.MeasuredPercent is { } incline
            ? $"{InclineText.Of(incline)} on average (truth: {InclineText.Of(demo.Incline.TruePercent)})"
            : NotMeasured);
        lines.Line("link", Link(demo));
        lines.Line("battery", demo.BatteryPercent is { } percent ? $"{percent} %" : NotMeasured);
    }

    private static string Cadence(DemoCadenceJson cadence)
    {
        if (cadence.Mean is not { } mean)
        {
            return NotMeasured;
        }

        string text = $"{Text(mean, "0")} steps/min on average";
        if (cadence.TrueMean is { } trueMean)
        {
            text += $" (true {Text(trueMean, "0.0")})";
        }

        return cadence.LargestErrorAfter10Seconds is { } worst
            ? $"{text}; after 10 s never more than {Text(worst, "0.0")} off" : text;
    }

    private static string Link(DemoJson demo)
    {
        if (demo.Link.Losses == 0)
        {
            return "never lost";
        }

        string lost = demo.Strides.LostForGood > 0 ? $", {demo.Strides.LostForGood} lost for good" : "";
        return $"lost {demo.Link.Losses} x, down {Text(demo.Link.DownSeconds, "0.0")} s; {demo.Strides.Replayed} "
            + $"strides sent again from the sensor's memory{lost}";
    }

    private static string Agreement(AgreementJson agreement) =>
        $"truth: {agreement.Right} right, {agreement.Wrong} wrong";

    private static string Clock(int seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
