using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Backstep.Files;
using Backstep.Link;
using Backstep.Walks;

namespace Backstep.Terminal;

/// <summary>From a command line to an exit code: the one place where errors become a line on standard error.</summary>
public static class ConsoleProgram
{
    /// <summary>Runs one command.</summary>
    /// <param name="root">The command tree; named as the program is.</param>
    /// <param name="args">The command line.</param>
    /// <param name="environment">Where texts go, and the wish to stop.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(Func<RootCommand> root, string[] args, ProgramEnvironment environment)
    {
        // One language, whatever part of the program words it: no month of the region in an English sentence, no year
        // of its calendar in a file. What the region is used to (units) is asked of the environment.
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var result = Parse(root(), args, environment);
            if (result.Action is ParseErrorAction)
            {
                throw UsageError.From(result, environment.Program);
            }

            return await result.InvokeAsync(new InvocationConfiguration
            {
                Output = environment.Out,
                Error = environment.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // the environment listens to signals itself
            }).ConfigureAwait(false);
        }
        catch (ReaderGoneException)
        {
            return ExitCode.ReaderGone;
        }
        catch (ExplainedException e)
        {
            return Fail(environment, e.Message, ExitCode.Of(e));
        }
        catch (Exception e) when (e is BluetoothUnavailableException or SensorLinkException)
        {
            return Fail(environment, e.Message, ExitCode.Sensor);
        }
        catch (IOException e) when (Environment.GetEnvironmentVariable("BACKSTEP_DEBUG") != "1")
        {
            // Files that were named are read and written with words of their own: this is the output, or the disk.
            return Fail(environment,
                $"the system reports: {OneLine.Of(e.Message).TrimEnd('.')}. If the disk is full, free some space.",
                ExitCode.CannotWrite);
        }
        catch (OperationCanceledException) when (environment.Stop.IsCancellationRequested)
        {
            return Fail(environment, "stopped. No file was changed.", environment.StopExitCode);
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable("BACKSTEP_DEBUG") != "1")
        {
            return Fail(
                environment,
                $"unexpected {e.GetType().Name}: {e.Message} This is a fault in backstep: please report it with the "
                + $"output of BACKSTEP_DEBUG=1.",
                ExitCode.Unexpected);
        }
    }

    private static ParseResult Parse(RootCommand root, string[] args, ProgramEnvironment environment)
    {
        try
        {
            return root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        }
        catch (InvalidOperationException e)
        {
            // A validator asked for the value of an option that has none: what it was given could not be read.
            throw new CommandException(ExitCode.Usage,
                $"{UsageError.Plain(e.Message)}. See '{environment.Program} --help'.", e);
        }
    }

    private static int Fail(ProgramEnvironment environment, string message, int exitCode)
    {
        try
        {
            environment.Out.Flush();
        }
        catch (IOException)
        {
            // what went wrong before is told, not this
        }

        environment.Error.WriteLine($"{environment.Program}: {OneLine.Of(message)}");
        return exitCode;
    }
}
