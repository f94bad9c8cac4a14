using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Backstep.Companion.Commands;
using Backstep.Terminal;

namespace Backstep.Companion.Tests.Commands;

/// <summary>What holds for every command there is, whoever adds one.</summary>
public sealed class EveryCommandTests : IDisposable
{
    private readonly CommandEnvironment _environment = new() { Out = TextWriter.Null, Error = TextWriter.Null };
    private readonly RootCommand _root;

    public EveryCommandTests() => _root = Root.Build(_environment);

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void Its_help_ends_with_examples_and_they_are_right()
    {
        foreach (var command in All(_root))
        {
            var help = Assert.IsType<HelpWithExamples>(command.Options.OfType<HelpOption>().FirstOrDefault()?.Action);
            Assert.True(help.Examples.Count > 0, $"{command.Name} has no examples");
            Assert.Contains(help.Examples, example => example.Line.Contains("backstep", StringComparison.Ordinal));
            foreach (string line in help.Examples.Select(example => example.Line).Where(IsOurs))
            {
                string asked = line.Split('>', '|')[0].Replace("eval \"$(", "", StringComparison.Ordinal)
                    .Replace(")\"", "", StringComparison.Ordinal).Trim();
                var result = _root.Parse([.. CommandLineParser.SplitCommandLine(asked).Skip(1)]);
                Assert.True(result.Errors.Count == 0,
                    $"'{line}': {string.Join("; ", result.Errors.Select(error => error.Message))}");
            }
        }
    }

    [Fact]
    public void It_says_what_it_does_and_so_do_its_options_and_arguments()
    {
        foreach (var command in All(_root))
        {
            Assert.False(string.IsNullOrWhiteSpace(command.Description), command.Name);
            Assert.All(command.Options,
                option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{command.Name} {option.Name}"));
            Assert.All(command.Arguments,
                argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description),
                    $"{command.Name} {argument.Name}"));
        }
    }

    [Fact]
    public void A_slip_of_the_finger_is_answered_with_the_nearest_command()
    {
        foreach (var command in _root.Subcommands.Where(command => command.Name.Length >= 4))
        {
            var run = CommandRun.Of(command.Name[..^1] + "x");
            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.Contains("Did you mean '", run.ErrorLine, StringComparison.Ordinal);
        }
    }

    // The rest is for a shell: a folder to make, a file to copy.
    private static bool IsOurs(string line) =>
        line.StartsWith("backstep", StringComparison.Ordinal)
            || line.StartsWith("eval \"$(backstep", StringComparison.Ordinal);

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
