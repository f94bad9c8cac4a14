using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Backstep.Terminal;

/// <summary>Words what is wrong with a command line in one line, with the nearest right word when there is
/// one.</summary>
public static partial class UsageError
{
    // One slip in a short word, two in a longer one.
    private const int FarthestTypo = 2;

    /// <summary>The error for a command line that could not be parsed.</summary>
    public static CommandException From(ParseResult result, string program)
    {
        var command = result.CommandResult.Command;
        string what = result.Errors.Count > 0 ? Plain(result.Errors[0].Message)
            : "the command line is not understood";
        string guess = result.UnmatchedTokens.Select(token => Nearest(token, Alternatives(command)))
            .FirstOrDefault(word => word != null) is { } near
            ? $" Did you mean '{near}'?"
            : "";
        string path = string.Join(' ', Path(result.CommandResult, program));
        return new CommandException(ExitCode.Usage, $"{what}.{guess} See '{path} --help'.");
    }

    /// <summary>What the parser says, without the names of types.</summary>
    public static string Plain(string message) =>
        Typed().Replace(message, "'$1' is no value for '$2'").TrimEnd('.');

    [GeneratedRegex("^Cannot parse argument '(.*)' for (?:option|command|argument) '([^']*)' as expected type .*$",
        RegexOptions.Singleline)]
    private static partial Regex Typed();

    /// <summary>The word most like the one given, or null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> words)
    {
        return words
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= Math.Min(FarthestTypo, word.Length / 2))
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    private static IEnumerable<string> Alternatives(Command command) =>
        command.Subcommands.Select(sub => sub.Name)
            .Concat(command.Options.SelectMany(option => option.Aliases.Append(option.Name)))
            .Concat(
                command.Parents.OfType<Command>()
                    .SelectMany(
                        parent => parent.Options.Where(option => option.Recursive).Select(option => option.Name)));

    private static Stack<string> Path(CommandResult result, string program)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
        {
            names.Push(command.Command is RootCommand ? program : command.Command.Name);
        }

        return names;
    }

    /// <summary>Edits (insert, delete, replace) from one word to the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
