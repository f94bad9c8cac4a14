using System.CommandLine;
using System.CommandLine.Invocation;
using Backstep.Companion.Output;

namespace Backstep.Companion.Commands;

/// <summary>Prints the version, as text or as JSON.</summary>
public sealed class VersionAction(Option<bool> json, CommandEnvironment environment) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.GetValue(json))
        {
            JsonOutput.Write(environment.Out, new VersionJson(Root.Version), JsonOutput.Context.VersionJson);
        }
        else
        {
            environment.Out.WriteLine($"backstep {Root.Version}");
        }

        return ExitCode.Ok;
    }
}
