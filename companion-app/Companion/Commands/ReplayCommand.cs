using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Files;
using Backstep.Files.Recording;
using Backstep.Terminal;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep replay FILE</c>: the sensor's own engine over a recording.</summary>
public static class ReplayCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var file = new Argument<string>("FILE") { Description = $"CSV with the columns {MotionColumns.Header} (any "
            + $"order, others ignored, # comments), 50 to 1000 Hz." };
        var mount = new Option<string?>("--mount")
        {
            Description = "How the sensor sat on the shoe; by default its axes are the foot's (x to the toes, y "
                + "left, z up). "
                + "\"x=-Y,y=X,z=Z\": foot axis = sensor axis. Nine numbers: rotation matrix, row by row. "
                + "\"toe-up=x,y,z\": the axis about which the toes rise, in sensor axes; up is taken from the first, "
                + "still second. "
                + "auto: up from the first rest, the axis from the walking; that the sensor's arrow points to the "
                + "toes is assumed.",
            HelpName = "AXES",
        };
        var side = CommonOptions.SideOption();
        var walked = CommonOptions.DirectionOption("--walked",
            "Which way you walked. If most strides say the opposite, the sensor was the wrong way round: you are "
            + "told, and auto turns it.");
        var reverse = new Option<bool>("--reverse") { Description = "Play the recording backwards in time: forward "
            + "walking becomes an approximation of backward walking (synthetic)." };
        var events = new Option<string?>("--events") { Description = "Also write one line a stride to this CSV. It "
            + "appears whole or not at all.", HelpName = "OUT.csv" };
        var units = CommonOptions.UnitsOption();

        var command = new Command("replay",
            "Run the sensor's own engine over a recording and tell what it finds.") { file, mount, side, walked,
                reverse, events, units };
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(file);
            string? eventsPath = result.GetValue(events);
            var options = new ReplayOptions(
                result.GetValue(mount) is { } spec ? MountSpec.Parse(spec) : MountSpec.Identity,
                CommonOptions.SideOf(result, side),
                result.GetValue(reverse),
                CommonOptions.DirectionOf(result, walked));
            return Run(environment, path, options, eventsPath, CommonOptions.UnitsOf(result, units, environment),
                result.GetValue(json));
        });
        HelpWithExamples.Attach(
            command,
            [
                ("What is in this recording?", "backstep replay walk.csv"),
                ("One line a stride, for a spreadsheet", "backstep replay walk.csv --side left --events strides.csv"),
                ("The sensor was clipped on sideways", "backstep replay walk.csv --mount \"x=-Y,y=X,z=Z\""),
                ("Only the axis of the toes' rise is known",
                    "backstep replay walk.csv --mount \"toe-up=-0.315,-0.872,-0.374\""),
                ("Nothing is known but the way you walked", "backstep replay walk.csv --mount auto --walked backward"),
                ("Forward walking played backwards", "backstep replay walk.csv --reverse --json"),
            ]);
        return command;
    }

    private static int Run(CommandEnvironment environment, string path, ReplayOptions options, string? eventsPath,
        Units units, bool json)
    {
        if (CommonOptions.IsSameFile(eventsPath, path))
        {
            throw new CommandException(ExitCode.Usage, "--events names the recording itself. Give another file name.");
        }

        using var reader = MotionCsvReader.Open(path);
        using var output = eventsPath == null ? null : AtomicFile.Create(eventsPath, overwrite: true);
        var result = Replay.Run(reader, options, environment.Stop);
        if (output != null)
        {
            StrideEventsCsv.Write(output.Writer, result.Strides);
            output.Commit();
        }

        var summary = ReplayJson.From(path, options, result, eventsPath, reader.IsSynthetic);
        if (json)
        {
            JsonOutput.Write(environment.StatusOf(eventsPath), summary, JsonOutput.Context.ReplayJson);
        }
        else
        {
            ReplaySummary.Write(environment.StatusOf(eventsPath), summary, units);
        }

        return ExitCode.Ok;
    }
}
