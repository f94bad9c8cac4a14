using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep settings</c>: what is kept for each walker.</summary>
public static class SettingsCommand
{
    private const string Forget = "default";

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var storage = new StoreOptions();
        var name = new Argument<string?>("name") { Description = "Which setting; left out: all of them.",
            Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add([.. Preferences.All.Select(setting => setting.Name)]);
        var value = new Argument<string?>("value") { Description = $"What to set it to; '{Forget}' forgets it.",
            Arity = ArgumentArity.ZeroOrOne };
        value.CompletionSources.Add([.. Preferences.All.SelectMany(setting => setting.Values), Forget]);
        var command = new Command("settings", "Show or change what is kept for a walker: units, sound.");
        command.Arguments.Add(name);
        command.Arguments.Add(value);
        storage.AddTo(command);
        command.SetAction(
            result => Run(environment, storage, result, result.GetValue(name), result.GetValue(value),
                result.GetValue(json)));
        HelpWithExamples.Attach(
            command,
            [
                ("All settings", "backstep settings"),
                ("Miles and inches from now on", "backstep settings units us"),
                ("The bell, but no voice", "backstep settings sound bell"),
                ("What is usual in the region again", "backstep settings units default"),
            ],
            notes: "Settings:" + Environment.NewLine
                + string.Join(Environment.NewLine,
                    Preferences.All.Select(
                        setting => $"  {setting.Name,-8} {string.Join(" or ", setting.Values)}: {setting.Does}")));
        return command;
    }

    private static int Run(CommandEnvironment environment, StoreOptions storage, ParseResult result, string? name,
        string? value, bool json)
    {
        var setting = Preferences.All.FirstOrDefault(one => one.Name == name);
        if (name != null && setting.Name == null)
        {
            throw new CommandException(ExitCode.Usage,
                $"there is no setting '{OneLine.Of(name)}'. There are: "
                + $"{string.Join(", ", Preferences.All.Select(one => one.Name))}.");
        }

        if (value != null && value != Forget && !setting.Values.Contains(value))
        {
            throw new CommandException(ExitCode.Usage,
                $"{name} can be {string.Join(" or ", setting.Values)}, or {Forget}; not '{OneLine.Of(value)}'.");
        }

        using var archive = value == null ? storage.OpenForReading(result, environment)
            : storage.Open(result, environment);
        if (value != null)
        {
            archive.Keep(storage.WhoWalks(result, archive).Id, name!, value == Forget ? null : value);
        }

        var walker = storage.WhoseSessions(result, archive);
        string? Of(string key) => walker == null ? null : archive.Setting(walker.Id, key);
        if (json)
        {
            JsonOutput.Write(environment.Out,
                new SettingsJson(walker?.Name, Of(Preferences.Units), Of(Preferences.Sound)),
                JsonOutput.Context.SettingsJson);
            return ExitCode.Ok;
        }

        var lines = new SummaryWriter(environment.Out, 12);
        lines.Line("walker", walker?.Name ?? "nobody yet");
        foreach (var (key, _, does) in Preferences.All)
        {
            lines.Line(key,
                $"{Of(key) ?? $"{Forget} ({Usual(key)})"}: {does}");
        }

        return ExitCode.Ok;

        string Usual(string key) => key == Preferences.Units
            ? $"what is usual in the region: {Units.For(environment.Culture).Name}"
            : "all that the terminal and the system can do";
    }
}
