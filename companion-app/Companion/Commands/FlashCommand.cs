using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Flash;
using Backstep.Terminal;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep flash</c>: the sensor's program onto a board, and is it really there.</summary>
public static class FlashCommand
{
    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var image = new Argument<string?>("program")
        {
            Description = "The sensor's program, a .bin: from a release, or from your own build.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var board = new Option<string?>("--board")
        {
            Description = "Which board: xiao (Seeed XIAO ESP32S3), devkit (ESP32-DevKitC-VE), stick (M5StickC Plus2).",
            HelpName = "BOARD",
        };
        board.AcceptOnlyFromAmong([.. BoardKind.All.Select(kind => kind.Key)]);
        var port = new Option<string>("--port")
        {
            Description = "Where it is plugged in: COM5, /dev/ttyACM0, /dev/cu.usbmodem101.",
            HelpName = "PORT",
            Required = true,
        };
        var version = new Option<string?>("--image-version")
        {
            Description = $"Another nanoFramework than {BoardKind.PinnedImage}, or its newest kin.",
            HelpName = "VERSION",
        };
        var again = new Option<bool>("--again")
        {
            Description = "Write nanoFramework even where the right one runs.",
        };
        var check = new Option<bool>("--check") { Description = "Change nothing: say what runs on the board." };
        var command = new Command("flash", "Put the sensor's program on a board, and make sure that it is there.")
        {
            image, board, port, version, again, check,
        };
        command.Validators.Add(result =>
        {
            bool looks = result.GetValue(check);
            if (!looks && (result.GetResult(image) is null or { Tokens.Count: 0 } || result.GetResult(board) is null))
            {
                result.AddError("Say which program and which board, as in 'backstep flash backstep-sensor.bin "
                    + "--board xiao --port PORT'; or --check, to look only.");
            }

            if (result.GetResult(version) is { Tokens: [var word] } && !Version.TryParse(word.Value, out _))
            {
                result.AddError($"'{word.Value}' is no version, such as {BoardKind.PinnedImage}.");
            }
        });
        command.SetAction((result, _) => RunAsync(environment, new Request(
            result.GetValue(image), BoardKind.All.SingleOrDefault(kind => kind.Key == result.GetValue(board)),
            result.GetValue(port)!, result.GetValue(version) is { } text ? Version.Parse(text) : null,
            result.GetValue(again), result.GetValue(check), result.GetValue(json))));
        HelpWithExamples.Attach(
            command,
            [
                ("A new XIAO on Linux", "backstep flash backstep-sensor.bin --board xiao --port /dev/ttyACM0"),
                ("A stick on Windows", "backstep flash backstep-sensor.bin --board stick --port COM5"),
                ("What runs on it?", "backstep flash --check --port COM5"),
            ],
            notes: $"The writing is done by nanoff, nanoFramework's own tool, {Flasher.OldestNanoff} or newer: "
                + $"'{NanoffProcess.Install}' (it needs the .NET SDK). What the sensor keeps stays. Not tried on "
                + "hardware by the project yet: wiring-diagram.md says what to do when it stops half-way.");
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, Request request)
    {
        var nanoff = environment.FindNanoff()
            ?? throw new BoardException($"There is no nanoff on this computer. '{NanoffProcess.Install}' brings it (it "
                + "needs the .NET SDK); then open a new terminal.");
        // Steps are for people: with --json the one object stands alone on standard output.
        var writer = request.IsJson ? environment.Error : environment.Out;
        var flasher = new Flasher(nanoff, writer.WriteLine, environment.Time);
        var details = request.LooksOnly
            ? await flasher.LookAsync(request.Port, environment.Stop).ConfigureAwait(false)
            : await flasher.RunAsync(request.Board!, request.Port, request.Image!, request.ImageVersion,
                request.Again, environment.Stop).ConfigureAwait(false);
        if (request.IsJson)
        {
            JsonOutput.Write(environment.Out, FlashJson.Of(request.Port, details), JsonOutput.Context.FlashJson);
        }
        else
        {
            Write(environment.Out, details, request.LooksOnly);
        }

        return ExitCode.Ok;
    }

    private static void Write(TextWriter writer, BoardDetails details, bool looksOnly)
    {
        writer.WriteLine();
        if (!looksOnly)
        {
            SummaryWriter.Wrap(writer, "Done. The light should flash once every two seconds; without a motion chip "
                + "it flickers. Next: 'backstep scan', then step 3 of \"Bring it up\" in wiring-diagram.md.");
            return;
        }

        var lines = new SummaryWriter(writer, 16);
        lines.Line("nanoFramework", $"{details.Target} {details.ImageVersion}");
        var program = details.Assemblies.FirstOrDefault(one => one.Name == DeploymentImage.Program);
        lines.Line("program", program != null ? $"{program.Name} {program.Version}"
            : details.Assemblies is [var first, ..] ? $"not Backstep: {first.Name} {first.Version}"
            : "none: it was never written, or to a wrong place in the flash");
    }

    private sealed record Request(string? Image, BoardKind? Board, string Port, Version? ImageVersion, bool Again,
        bool LooksOnly, bool IsJson);
}
