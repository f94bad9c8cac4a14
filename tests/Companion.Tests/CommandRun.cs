using System.Globalization;
using Backstep.Companion.Commands;
using Backstep.Lab;
using Backstep.Sensor;
using Backstep.Terminal;

namespace Backstep.Companion.Tests;

/// <summary>One command line, run in this process as a program would run it, without a terminal.</summary>
public sealed record CommandRun(int ExitCode, string Out, string Error)
{
    /// <summary>What a person reads on standard error: exactly one line.</summary>
    public string ErrorLine
    {
        get
        {
            string line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
            Assert.Matches("^backstep(-lab)?: ", line);
            return line;
        }
    }

    /// <summary>A command line of the program.</summary>
    public static CommandRun Of(params string[] args) => In(dataFolder: null, args);

    /// <summary>A command line of the laboratory.</summary>
    public static CommandRun OfLab(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new ProgramEnvironment { Program = LabRoot.Name, Out = output, Error = error };
        int exitCode = ConsoleProgram.RunAsync(() => LabRoot.Build(environment), args, environment).GetAwaiter()
            .GetResult();
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>One of the program, with sessions kept in a folder.</summary>
    public static CommandRun In(string? dataFolder, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var environment = new CommandEnvironment { Out = output, Error = error,
            Culture = CultureInfo.InvariantCulture, DataFolder = dataFolder };
        int exitCode = ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment).GetAwaiter()
            .GetResult();
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
