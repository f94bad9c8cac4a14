using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;

namespace Backstep.Terminal;

/// <summary>What the command trees of all programs have at their root.</summary>
public static class ProgramRoot
{
    /// <summary>Version of the build that a type is of, without the commit.</summary>
    public static string VersionOf(Type type) =>
        (type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "0.0.0").Split('+')[0];

    /// <summary>A root that knows --json and --version, and teaches when no command is given.</summary>
    public static RootCommand Of(string description, Option<bool> json, ProgramEnvironment environment, string version)
    {
        var root = new RootCommand(description) { json };

        // The library's own version option refuses --json beside it.
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        root.Options.Add(
            new Option<bool>("--version") { Description = "Print the version.",
                Action = new VersionAction(json, version, environment) });
        root.SetAction(result => ((HelpWithExamples)root.Options.OfType<HelpOption>().Single().Action!).Invoke(result));
        return root;
    }
}
