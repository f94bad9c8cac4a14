using System.CommandLine;
using Backstep.Gait;
using Backstep.Walks.Strides;

namespace Backstep.Terminal;

/// <summary>Options that several commands have, worded the same.</summary>
public static class CommonOptions
{
    /// <summary>--units metric|us.</summary>
    public static Option<string?> UnitsOption()
    {
        var option = new Option<string?>("--units") { Description = "metric or us; by default what is usual in your "
            + "region.", HelpName = "metric|us" };
        option.AcceptOnlyFromAmong("metric", "us");
        return option;
    }

    /// <summary>Its value.</summary>
    public static Units UnitsOf(ParseResult result, Option<string?> option, ProgramEnvironment environment) =>
        result.GetValue(option) switch
    {
        "metric" => Units.Metric,
        "us" => Units.Us,
        _ => Units.For(environment.Culture),
    };

    /// <summary>--side left|right.</summary>
    public static Option<string?> SideOption()
    {
        var option = new Option<string?>("--side") { Description = "Which foot wears the sensor. Without it the "
            + "sideways tilt is not told.", HelpName = "left|right" };
        option.AcceptOnlyFromAmong("left", "right");
        return option;
    }

    /// <summary>Its value.</summary>
    public static FootSide SideOf(ParseResult result, Option<string?> option) => result.GetValue(option) switch
    {
        "left" => FootSide.Left,
        "right" => FootSide.Right,
        _ => FootSide.Unknown,
    };

    /// <summary>Whether two names, the first of which may be left out, mean one file.</summary>
    public static bool IsSameFile(string? one, string other) =>
        !string.IsNullOrWhiteSpace(one) && !string.IsNullOrWhiteSpace(other)
            && Path.GetFullPath(one) == Path.GetFullPath(other);

    /// <summary>An option for a direction of walking.</summary>
    public static Option<string?> DirectionOption(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "forward|backward" };
        option.AcceptOnlyFromAmong("forward", "backward");
        return option;
    }

    /// <summary>Its value.</summary>
    public static Direction DirectionOf(ParseResult result, Option<string?> option) => result.GetValue(option) switch
    {
        "forward" => Direction.Forward,
        "backward" => Direction.Backward,
        _ => Direction.Unknown,
    };
}
