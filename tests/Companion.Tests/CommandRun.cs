using System.Globalization;
using Backstep.Companion.Commands;

namespace Backstep.Companion.Tests;

/// <summary>One command line, run in this process as the program would run it, without a terminal.</summary>
public sealed record CommandRun(int ExitCode, string Out, string Error)
{
    /// <summary>What a person reads on standard error: exactly one line.</summary>
    public string ErrorLine
    {
        get
        {
            string line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
            Assert.StartsWith("backstep: ", line, StringComparison.Ordinal);
            return line;
        }
    }

    public static CommandRun Of(params string[] args) => In(dataFolder: null, args);

    /// <summary>The same, with sessions kept in a folder.</summary>
    public static CommandRun In(string? dataFolder, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment { Out = output, Error = error, Culture = CultureInfo.InvariantCulture, DataFolder = dataFolder };
        int exitCode = CompanionApp.RunAsync(args, environment).GetAwaiter().GetResult();
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
