using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Backstep.Companion.Commands;

namespace Backstep.Companion.Tests.Output;

/// <summary>
/// The reference of commands is what <c>--help</c> says, command by command. BACKSTEP_UPDATE_COMMANDS=1 writes it anew.
/// </summary>
public class CommandPageTests
{
    private static readonly string Page = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../companion-app/Companion/commands.md"));

    [Fact]
    public void The_page_says_what_help_says()
    {
        Assert.SkipUnless(Directory.Exists(Path.GetDirectoryName(Page)), "the sources are not where they were built");
        string made = Make();
        if (Environment.GetEnvironmentVariable("BACKSTEP_UPDATE_COMMANDS") == "1")
        {
            File.WriteAllText(Page, made);
        }

        // Where lines break depends on the terminal.
        Assert.Equal(InOneLine(made), InOneLine(File.ReadAllText(Page)));
    }

    [Fact]
    public void Every_command_of_the_tree_has_its_heading()
    {
        Assert.SkipUnless(File.Exists(Page), "the sources are not where they were built");
        string[] headings = [.. File.ReadLines(Page).Where(line => line.StartsWith("## ", StringComparison.Ordinal))];
        Assert.Equal(Paths().Select(path => $"## {string.Join(' ', path)}"), headings);
        Assert.True(headings.Length > 25);
    }

    private static string Make()
    {
        var page = new StringBuilder();
        page.Append("# Commands\n\nWhat `--help` says, command by command; written by `BACKSTEP_UPDATE_COMMANDS=1 "
            + "dotnet run --project\ntests/Companion.Tests -- --filter-class \"*CommandPageTests\"`, and held by that "
            + "test.\n");
        foreach (var path in Paths())
        {
            // Usage names the program that runs, which is that of the tests.
            string help = CommandRun.Of([.. path.Skip(1), "--help"]).Out
                .Replace($"Usage:\n  {RootCommand.ExecutableName}", "Usage:\n  backstep", StringComparison.Ordinal);
            page.Append("\n## ").AppendJoin(' ', path).Append("\n\n```\n").Append(Trimmed(help)).Append("\n```\n");
        }

        return page.ToString();
    }

    private static string Trimmed(string help) =>
        string.Join('\n', help.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');

    private static string InOneLine(string text) => Regex.Replace(text, @"\s+", " ");

    private static List<string[]> Paths()
    {
        using var output = new StringWriter();
        using var environment = new CommandEnvironment { Out = output, Error = output };
        var paths = new List<string[]>();
        Add(Root.Build(environment), ["backstep"]);
        return paths;

        void Add(Command command, string[] path)
        {
            paths.Add(path);
            foreach (var child in command.Subcommands.Where(child => !child.Hidden))
            {
                Add(child, [.. path, child.Name]);
            }
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
