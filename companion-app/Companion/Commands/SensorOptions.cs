using System.CommandLine;

namespace Backstep.Companion.Commands;

/// <summary>Options of the commands that follow a real sensor.</summary>
public static class SensorOptions
{
    /// <summary>Longest that any of them runs, in seconds.</summary>
    public const double LongestSeconds = 24 * 3600;

    /// <summary>How long to look for a sensor that was named. It advertises several times a second; a busy adapter hears one in a few.</summary>
    public static readonly TimeSpan FindPatience = TimeSpan.FromSeconds(15);

    /// <summary>--sensor NAME|ADDRESS.</summary>
    public static Option<string?> Sensor(bool required, string description) => new("--sensor") { Description = description, HelpName = "NAME|ADDRESS", Required = required };

    /// <summary>--sensor NAME|ADDRESS, once or several times.</summary>
    public static Option<string[]> Sensors(string description) => new("--sensor") { Description = description, HelpName = "NAME|ADDRESS", Required = true, AllowMultipleArgumentsPerToken = false };
}
