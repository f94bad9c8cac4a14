using System.Globalization;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Backstep.Terminal;

/// <summary>Help that ends with what people type.</summary>
public sealed class HelpWithExamples : SynchronousCommandLineAction
{
    // As wide as the terminal, up to where lines are still pleasant to read; as wide as any terminal where there is
    // none.
    private const int WidestColumns = 100;
    private const int Columns = 80;
    private const string Indent = "  ";

    private readonly HelpAction _help =
        new() { MaxWidth = Console.IsOutputRedirected ? Columns
            : Math.Clamp(Console.WindowWidth, Columns, WidestColumns) };
    private readonly IReadOnlyList<(string What, string Line)> _examples;
    private readonly ProgramHelp? _program;
    private readonly string? _notes;

    private HelpWithExamples(IReadOnlyList<(string What, string Line)> examples, ProgramHelp? program, string? notes)
    {
        _examples = examples;
        _program = program;
        _notes = notes;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>What it does, and the line that does it; an empty text continues the example before.</summary>
    public IReadOnlyList<(string What, string Line)> Examples => _examples;

    /// <summary>Gives a command such help.</summary>
    /// <param name="command">The command.</param>
    /// <param name="examples">What it does, and the line; an empty text continues the example before.</param>
    /// <param name="notes">A paragraph before the examples.</param>
    /// <param name="program">What holds for all commands, for the root.</param>
    public static void Attach(Command command, IReadOnlyList<(string What, string Line)> examples,
        string? notes = null, ProgramHelp? program = null)
    {
        if (command.Options.OfType<HelpOption>().FirstOrDefault() is not { } option)
        {
            option = new HelpOption();
            command.Options.Add(option);
        }

        option.Action = new HelpWithExamples(examples, program, notes);
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

        output.WriteLine();
        if (_program != null)
        {
            output.WriteLine("Exit codes:");
            foreach (var (code, meaning) in ExitCode.All)
            {
                SummaryWriter.Wrap(output, string.Create(CultureInfo.InvariantCulture, $"  {code,3}  {meaning}"));
            }

            WriteVariables(output, _program.Variables);
        }
        else
        {
            var root = parseResult.RootCommandResult.Command.Options.OfType<HelpOption>()
                .Single().Action as HelpWithExamples;
            output.WriteLine($"Exit codes: see '{root?._program?.Name} --help'.");
        }

        return ExitCode.Ok;
    }

    private static void WriteVariables(TextWriter output, IReadOnlyList<(string Name, string Meaning)> variables)
    {
        if (variables.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("Environment:");
        var lines = new SummaryWriter(output, variables.Max(variable => variable.Name.Length) + Indent.Length + 1);
        foreach (var (name, meaning) in variables)
        {
            lines.Line(Indent + name, meaning);
        }
    }
}

/// <summary>What the help of a whole program says.</summary>
/// <param name="Name">What the program is called.</param>
/// <param name="Variables">Environment variables that it heeds.</param>
public sealed record ProgramHelp(string Name, params IReadOnlyList<(string Name, string Meaning)> Variables);
