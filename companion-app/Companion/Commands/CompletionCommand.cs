using System.CommandLine;
using Backstep.Terminal;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep completion SHELL</c>: a script that lets a shell complete commands, options and their
/// values.</summary>
public static class CompletionCommand
{
    // Each asks the program itself, by the library's suggest directive: [suggest:POSITION] "LINE".
    private const string Bash = """
        # bash completion of backstep
        _backstep() {
            local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=($(compgen -W "$(backstep "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _backstep backstep
        """;

    private const string Zsh = """
        #compdef backstep
        # zsh completion of backstep
        _backstep() {
            local -a words_found
            words_found=("${(@f)$(backstep "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            if (( ${#words_found[@]} > 0 )) && [[ -n "${words_found[1]}" ]]; then
                compadd -- "${words_found[@]}"
            else
                _files
            fi
        }
        if [[ "${funcstack[1]}" == _backstep ]]; then
            _backstep "$@" # found by its name in a folder of completions
        else
            compdef _backstep backstep
        fi
        """;

    private const string Fish = """
        # fish completion of backstep
        function __backstep_complete
            set -l line (commandline -cp)
            backstep "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c backstep -a '(__backstep_complete)'
        """;

    private const string PowerShell = """
        # PowerShell completion of backstep
        Register-ArgumentCompleter -Native -CommandName backstep -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition)
            backstep "[suggest:$cursorPosition]" "$line" 2>$null |
                Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    /// <summary>The shells, and the script of each.</summary>
    public static IReadOnlyDictionary<string, string> Scripts { get; } = new Dictionary<string, string>
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["powershell"] = PowerShell,
    };

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or powershell." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion",
            "Print a script that lets your shell complete commands and options.") { shell };
        command.SetAction(result =>
        {
            environment.Out.WriteLine(Scripts[result.GetValue(shell)!].ReplaceLineEndings(environment.Out.NewLine));
            return ExitCode.Ok;
        });
        HelpWithExamples.Attach(
            command,
            [
                ("bash, now", "eval \"$(backstep completion bash)\""),
                ("bash, for good", "backstep completion bash > ~/.local/share/bash-completion/completions/backstep"),
                ("zsh, now (after compinit)", "eval \"$(backstep completion zsh)\""),
                ("fish, for good", "backstep completion fish > ~/.config/fish/completions/backstep.fish"),
                ("PowerShell, for good", "backstep completion powershell >> $PROFILE"),
            ]);
        return command;
    }
}
