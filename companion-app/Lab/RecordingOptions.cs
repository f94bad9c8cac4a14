using System.CommandLine;
using Backstep.Files.Recording;
using Backstep.Lab.Evaluation;
using Backstep.Terminal;

namespace Backstep.Lab;

/// <summary>A folder of recordings, and what holds for those that do not say it themselves.</summary>
internal sealed class RecordingOptions
{
    private readonly Argument<string> _folder =
        new("DIR") { Description = "Folder with recordings, and what lies beside them." };
    private readonly Option<string?> _mount = new("--mount")
    {
        Description = "How the sensor sat in recordings without a .mount file; see 'backstep replay --help'.",
        HelpName = "AXES",
    };

    private readonly Option<string?> _side = CommonOptions.SideOption();
    private readonly Option<string?> _direction = CommonOptions.DirectionOption("--direction",
        "Which way people walked in recordings that do not say.");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_folder);
        command.Options.Add(_mount);
        command.Options.Add(_side);
        command.Options.Add(_direction);
    }

    /// <summary>The folder.</summary>
    public string FolderOf(ParseResult result) => result.GetRequiredValue(_folder);

    /// <summary>The rest.</summary>
    public RecordingDefaults DefaultsOf(ParseResult result) => new(
        result.GetValue(_mount) is { } axes ? MountSpec.Parse(axes) : MountSpec.Identity,
        CommonOptions.SideOf(result, _side),
        CommonOptions.DirectionOf(result, _direction));
}
