using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks;

namespace Backstep.Companion.Commands;

/// <summary>Asks before something is gone for good.</summary>
internal static class Confirmation
{
    /// <summary>--yes.</summary>
    public static Option<bool> Option() => new("--yes") { Description = "Do not ask." };

    /// <summary>Whether it is wanted: said on the command line, or answered on the terminal. Where nobody can answer,
    /// it is an error not to have said so.</summary>
    /// <exception cref="CommandException">Nobody can be asked.</exception>
    public static bool IsGiven(CommandEnvironment environment, bool isSaid, string question)
    {
        if (isSaid)
        {
            return true;
        }

        if (environment.ReadAnswer is not { } read)
        {
            throw new CommandException(ExitCode.Usage, $"{question} Nobody can be asked here: add --yes.");
        }

        environment.Out.Write($"{OneLine.Of(question)} [y/N] ");
        environment.Out.Flush();
        return read()?.Trim() is { } answer
            && (string.Equals(answer, "y", StringComparison.OrdinalIgnoreCase)
                || string.Equals(answer, "yes", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Nothing was done, as wanted.</summary>
    public static int Refused(CommandEnvironment environment)
    {
        environment.Out.WriteLine("Nothing was changed.");
        return ExitCode.Ok;
    }

    /// <summary>Says what was done.</summary>
    public static void Done(CommandEnvironment environment, bool json, DoneJson done, string sentence)
    {
        if (json)
        {
            JsonOutput.Write(environment.Out, done, JsonOutput.Context.DoneJson);
        }
        else
        {
            SummaryWriter.Wrap(environment.Out, sentence);
        }
    }
}
