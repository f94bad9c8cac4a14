using System.CommandLine;
using System.CommandLine.Invocation;

namespace Backstep.Terminal;

/// <summary>Prints the version, as text or as JSON.</summary>
public sealed class VersionAction(Option<bool> json, string version, ProgramEnvironment environment)
    : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.GetValue(json))
        {
            JsonText.Write(environment.Out, new VersionJson(version), new TerminalJson(JsonText.Indented).VersionJson);
        }
        else
        {
            environment.Out.WriteLine($"{environment.Program} {version}");
        }

        return ExitCode.Ok;
    }
}
