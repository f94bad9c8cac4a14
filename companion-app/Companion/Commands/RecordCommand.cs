using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Files;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Rehearsal;
using Backstep.Terminal;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Events;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep record</c>: raw motion over the air into the recording format, from a simulated walk or from a
/// real sensor.</summary>
public static class RecordCommand
{
    private const double DefaultSeconds = 60;
    private const double Interval = 1.0 / MotionScale.SampleRateHertz;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>From the last sample asked for to the last packet that may bring it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Builds it.</summary>
    public static Command Build(CommandEnvironment environment, Option<bool> json)
    {
        var simulation = new SimulationOptions(DefaultSeconds);
        var output = new Option<string>("--out") { Description = "The recording to write (CSV). It appears whole or "
            + "not at all.", HelpName = "FILE", Required = true };
        var truth = new Option<string?>("--truth") { Description = "Also write what the simulated walker truly did, "
            + "one line a stride.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace files that exist." };
        var sensor = SensorOptions.Sensor(required: false,
            "Record a real sensor, as 'backstep scan' lists it. Without it a simulated walk is recorded.");
        var command = new Command("record",
            "Record raw motion into a CSV file: from a real sensor, or from a simulated walk.");
        command.Options.Add(sensor);
        command.Options.Add(output);
        command.Options.Add(truth);
        command.Options.Add(force);
        simulation.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(sensor) != null
                && new Option[] { truth, simulation.Scenario,
                    simulation.Seed }.FirstOrDefault(one => result.GetResult(one) is { Implicit: false }) is { } other)
            {
                result.AddError($"--sensor and {other.Name} exclude each other: only a simulated walk has that");
            }
        });
        command.SetAction((result, _) => result.GetValue(sensor) is { } wanted
            ? SensorRecording.RunAsync(
                environment, wanted, result.GetRequiredValue(output), result.GetValue(force),
                TimeSpan.FromSeconds(result.GetValue(simulation.Seconds)), result.GetValue(json))
            : RunAsync(
            environment,
            new Request(
                result.GetRequiredValue(output),
                result.GetValue(truth),
                result.GetValue(force),
                result.GetValue(simulation.Scenario)!,
                result.GetValue(simulation.Seed),
                result.GetValue(simulation.Seconds)),
            result.GetValue(json)));
        HelpWithExamples.Attach(
            command,
            [
                ("A minute of simulated backward walking", "backstep record --out walk.csv"),
                ("With the truth beside it, to measure an engine by",
                    "backstep record --scenario mixed --seconds 90 --out mixed.csv --truth true.csv"),
                ("A real foot", "backstep record --sensor Backstep --seconds 120 --out mine.csv"),
                ("Then", "backstep replay walk.csv"),
            ],
            notes: "A simulated walk is synthetic, and the file says so. --seconds counts virtual time there, and "
                + "real time with --sensor." + Environment.NewLine + Environment.NewLine
                + SimulationOptions.ListOfScenarios);
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, Request request, bool json)
    {
        if (CommonOptions.IsSameFile(request.Truth, request.Out))
        {
            throw new CommandException(ExitCode.Usage, "--out and --truth name the same file. Give two names.");
        }

        using var walk = SimulatedWalk.Create(request.Scenario, request.Seed, TimeSpan.FromSeconds(request.Seconds));
        using var recording = AtomicFile.Create(request.Out, request.Force);
        using var truth = request.Truth == null ? null : AtomicFile.Create(request.Truth, request.Force);
        var take = new RawCapture(TimeSpan.FromSeconds(request.Seconds));
        double? firstArrivedSeconds = null;
        await TakeAsync(environment, walk, take,
            () => firstArrivedSeconds ??= take.Samples.Count > 0 ? walk.Elapsed.TotalSeconds : null)
            .ConfigureAwait(false);

        long missing = take.Write(recording.Writer, Comments(request, walk.Scenario));
        if (truth != null)
        {
            truth.Writer.Write(Truth.ToCsv(OnRecordingClock(walk.Walker, take, firstArrivedSeconds!.Value)));
            truth.Commit();
        }

        recording.Commit();
        var summary = new RecordJson(
            request.Out, request.Truth, walk.Scenario.Name, request.Seed, null, take.Samples.Count, missing,
            take.DurationSeconds);
        RecordSummary.Write(environment.StatusOf(request.Out), summary, json);

        return ExitCode.Ok;
    }

    private static async Task TakeAsync(CommandEnvironment environment, SimulatedWalk walk, RawCapture take,
        Action taken)
    {
        var bluetooth = walk.Air();
        await using var closeBluetooth = bluetooth.ConfigureAwait(false);
        await bluetooth.SearchAsync(_ => { }, environment.Stop).ConfigureAwait(false);
        var sensor = new FollowedSensor(bluetooth, walk.Sensors[0], walk.Time,
            new FollowOptions { WithRawMotion = true });
        await using var letGo = sensor.ConfigureAwait(false);
        sensor.Received += received =>
        {
            take.Apply(received);
            taken();
        };
        await sensor.ConnectAsync(environment.Stop).ConfigureAwait(false);
        var giveUp = walk.Elapsed + TimeSpan.FromSeconds(take.Wanted * Interval) + Patience;
        while (!take.IsComplete && walk.Elapsed < giveUp)
        {
            await sensor.PumpAsync(Slice, environment.Stop).ConfigureAwait(false);
        }

        if (take.Samples.Count == 0)
        {
            throw new CommandException(ExitCode.Sensor,
                "the sensor sent no raw motion. Nothing was written. This is a fault in backstep: please report it.");
        }
    }

    private static string[] Comments(Request request, Scenario scenario) =>
    [
        "synthetic: recorded by backstep from its virtual sensor, no person walked",
        string.Create(CultureInfo.InvariantCulture,
            $"scenario {scenario.Name}, seed {request.Seed}: {scenario.Description}"),
        RawCapture.UnitsComment,
    ];

    private static IEnumerable<TrueStride> OnRecordingClock(Walker walker, RawCapture take, double firstArrivedSeconds)
    {
        long first = take.Samples[0].Number;
        var numbered = take.Samples.Select(one => (one.Number - first, one.Sample)).ToArray();
        double start = TruthClock.TimeOfFirst(walker, numbered, firstArrivedSeconds);
        double end = (take.Samples[^1].Number - first) * Interval;
        return walker.Strides
            .Select(stride => stride with
            {
                ClearanceSeconds = stride.ClearanceSeconds - start,
                ContactSeconds = stride.ContactSeconds - start,
                FootFlatSeconds = stride.FootFlatSeconds - start,
            })
            .Where(stride => stride.ClearanceSeconds >= 0 && stride.FootFlatSeconds <= end);
    }

    private sealed record Request(string Out, string? Truth, bool Force, string Scenario, int Seed, double Seconds);
}
