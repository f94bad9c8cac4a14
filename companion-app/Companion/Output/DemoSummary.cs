using System.Globalization;

namespace Backstep.Companion.Output;

/// <summary>The summary of a demo in plain text: the same facts as its JSON.</summary>
public static class DemoSummary
{
    private const string NotMeasured = "not measured";

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, DemoJson demo, Units units)
    {
        var strides = demo.Strides;
        Line(writer, "SIMULATED", $"no person walked: the sensor's own program on this computer, a simulated walker '{demo.Scenario}' (seed {demo.Seed})");
        Line(writer, "scenario", demo.Description);
        Line(writer, "time", $"{Text(demo.Seconds, "0.#")} s; session {demo.Session.State}, {Clock(demo.Session.ElapsedSeconds)}, of it walking {Clock(demo.Session.ActiveSeconds)}");
        Line(writer, "strides", $"{strides.Arrived} arrived of {strides.True} true ones; missing {strides.Missing}, invented {strides.Invented}");
        Line(writer, "direction", $"backward {demo.Direction.Backward}, forward {demo.Direction.Forward}, unknown {demo.Direction.Unknown}; {Agreement(demo.DirectionAgainstTruth)}");
        Line(writer, "landing", $"toe {demo.Landing.Toe}, flat {demo.Landing.Flat}, heel {demo.Landing.Heel}, unknown {demo.Landing.Unknown}; {Agreement(demo.LandingAgainstTruth)}");
        Line(writer, "cadence", Cadence(demo.Cadence));
        Line(writer, "toes first", demo.Session.ToeFirstPercent is { } toes ? $"{toes} %" : NotMeasured);
        Line(writer, "rails held", demo.Session.RailsHeldPercent is { } rails ? $"{rails} %" : "unknown");
        Line(writer, "distance", demo.Session.DistanceMeters is { } meters ? units.Distance(meters) : NotMeasured);
        Line(writer, "link", Link(demo));
        Line(writer, "battery", demo.BatteryPercent is { } percent ? $"{percent} %" : NotMeasured);
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

        return cadence.LargestErrorAfter10Seconds is { } worst ? $"{text}; after 10 s never more than {Text(worst, "0.0")} off" : text;
    }

    private static string Link(DemoJson demo)
    {
        if (demo.Link.Losses == 0)
        {
            return "never lost";
        }

        string lost = demo.Strides.LostForGood > 0 ? $", {demo.Strides.LostForGood} lost for good" : "";
        return $"lost {demo.Link.Losses} x, down {Text(demo.Link.DownSeconds, "0.0")} s; {demo.Strides.Replayed} strides sent again from the sensor's memory{lost}";
    }

    private static string Agreement(AgreementJson agreement) => $"against the truth {agreement.Right} right, {agreement.Wrong} wrong, {agreement.Unknown} unknown";

    private static string Clock(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Line(TextWriter writer, string name, string value) => writer.WriteLine($"{name,-12} {value}");
}
