using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Backstep.Companion.Output;

namespace Backstep.Companion.Commands;

/// <summary>Help that ends with what people type.</summary>
public sealed class HelpWithExamples : SynchronousCommandLineAction
{
    // As wide as the terminal, up to where lines are still pleasant to read; as wide as any terminal where there is none.
    private const int WidestColumns = 100;
    private const int Columns = 80;

    private readonly HelpAction _help = new() { MaxWidth = Console.IsOutputRedirected ? Columns : Math.Clamp(Console.WindowWidth, Columns, WidestColumns) };
    private readonly IReadOnlyList<(string What, string Line)> _examples;
    private readonly bool _showExitCodes;
    private readonly string? _notes;

    private HelpWithExamples(IReadOnlyList<(string What, string Line)> examples, bool showExitCodes, string? notes)
    {
        _examples = examples;
        _showExitCodes = showExitCodes;
        _notes = notes;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>What it does, and the line that does it; an empty text continues the example before.</summary>
    public IReadOnlyList<(string What, string Line)> Examples => _examples;

    /// <summary>Gives a command such help.</summary>
    /// <param name="command">The command.</param>
    /// <param name="examples">What it does, and the line; an empty text continues the example before.</param>
    /// <param name="showExitCodes">Whether the table of exit codes follows.</param>
    /// <param name="notes">A paragraph before the examples.</param>
    public static void Attach(Command command, IReadOnlyList<(string What, string Line)> examples, bool showExitCodes = false, string? notes = null)
    {
        if (command.Options.OfType<HelpOption>().FirstOrDefault() is not { } option)
        {
            option = new HelpOption();
            command.Options.Add(option);
        }

        option.Action = new HelpWithExamples(examples, showExitCodes, notes);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        _help.Invoke(parseResult);
        if (_notes != null)
        {
            foreach (string line in _notes.Split(Environment.NewLine))
            {
                SummaryWriter.Wrap(output, line);
            }

            output.WriteLine();
        }

        output.WriteLine("Examples:");
        foreach (var (what, line) in _examples)
        {
            if (what.Length > 0)
            {
                output.WriteLine($"  # {what}");
            }

            output.WriteLine($"  {line}");
        }

        if (_showExitCodes)
        {
            output.WriteLine();
            output.WriteLine("Exit codes:");
            foreach (var (code, meaning) in ExitCode.All)
            {
                SummaryWriter.Wrap(output, $"  {code,3}  {meaning}");
            }

            output.WriteLine();
            output.WriteLine("Environment:");
            output.WriteLine("  NO_COLOR       set to anything: no colours (shapes and words say the same)");
            output.WriteLine("  BACKSTEP_DATA  the folder in which sessions are kept, unless --data names one");
        }
        else
        {
            output.WriteLine();
            output.WriteLine("Exit codes: see 'backstep --help'.");
        }

        return ExitCode.Ok;
    }
}
