using System.CommandLine;
using Backstep.Terminal;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Companion.Commands;

/// <summary>Options of the commands that let a simulated walker walk.</summary>
public sealed class SimulationOptions
{
    private const double LongestSeconds = 24 * 3600;

    /// <summary>Makes them.</summary>
    /// <param name="defaultSeconds">How long to walk unless told otherwise.</param>
    public SimulationOptions(double defaultSeconds)
    {
        Scenario = new Option<string>("--scenario") { Description = "What the simulated walker does; see the list "
            + "below.", HelpName = "NAME", DefaultValueFactory = _ => "backward" };
        Scenario.CompletionSources.Add(Scenarios.All.Select(scenario => scenario.Name).ToArray());
        Seconds = NumberOption.Positive("--seconds",
            "How long to walk, in virtual seconds since the sensor was switched on.", defaultSeconds, LongestSeconds);
        Seed = NumberOption.Seed("Another seed, another walk of the same kind; the same seed gives the same bytes.");
    }

    /// <summary>--scenario NAME.</summary>
    public Option<string> Scenario { get; }

    /// <summary>--seconds N.</summary>
    public Option<double> Seconds { get; }

    /// <summary>--seed N.</summary>
    public Option<int> Seed { get; }

    /// <summary>The list of scenarios for a help text.</summary>
    public static string ListOfScenarios { get; } =
        "Scenarios:" + Environment.NewLine
            + string.Join(Environment.NewLine,
                Scenarios.All.Select(scenario => $"  {scenario.Name}: {scenario.Description}"));

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Scenario);
        command.Options.Add(Seconds);
        command.Options.Add(Seed);
    }
}
