using Backstep.Companion.Commands;
using Backstep.Terminal;

namespace Backstep.Companion.Tests.Commands;

public class CompletionCommandTests
{
    [Theory]
    [InlineData("bash", "complete -o default -F _backstep backstep")]
    [InlineData("zsh", "compdef _backstep backstep")]
    [InlineData("fish", "complete -c backstep")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public void Every_shell_gets_a_script_that_asks_the_program(string shell, string expected)
    {
        var run = CommandRun.Of("completion", shell);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backstep de", "demo")]
    [InlineData("backstep demo --sc", "--scenario")]
    [InlineData("backstep demo --scenario heel", "heel-first")]
    [InlineData("backstep demo --mode ", "sled")]
    [InlineData("backstep settings un", "units")]
    [InlineData("backstep completion f", "fish")]
    [InlineData("backstep log ", "pain")]
    public void What_may_follow_is_suggested(string line, string expected)
    {
        var run = CommandRun.Of($"[suggest:{line.Length}]", line);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Out.Split('\n'));
    }

    [Fact]
    public void What_was_typed_narrows_it()
    {
        Assert.DoesNotContain("record", CommandRun.Of("[suggest:11]", "backstep de").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_shell_is_one_line_with_the_names_there_are()
    {
        var run = CommandRun.Of("completion", "tcsh");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.All(CompletionCommand.Scripts.Keys,
            shell => Assert.Contains(shell, run.ErrorLine, StringComparison.Ordinal));
    }
}
