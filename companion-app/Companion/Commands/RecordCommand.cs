using System.CommandLine;
using System.Globalization;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Output;
using Backstep.Companion.Recording;
using Backstep.Companion.Simulation;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep record</c>: raw motion over the air into the recording format. From the virtual sensor, for now.</summary>
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
        var output = new Option<string>("--out") { Description = "The recording to write (CSV). It appears whole or not at all.", HelpName = "FILE", Required = true };
        var truth = new Option<string?>("--truth") { Description = "Also write what the simulated walker truly did, one line a stride.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace files that exist." };
        var command = new Command("record", "Record raw motion from the sensor into a CSV file. Only the virtual sensor can be recorded yet.");
        command.Options.Add(output);
        command.Options.Add(truth);
        command.Options.Add(force);
        simulation.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
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
                ("With the truth beside it, to measure an engine by", "backstep record --scenario mixed --seconds 120 --out mixed.csv --truth mixed-truth.csv"),
                ("Then", "backstep replay walk.csv"),
            ],
            notes: "What is recorded is synthetic, and the file says so." + Environment.NewLine + Environment.NewLine + SimulationOptions.ListOfScenarios);
        return command;
    }

    private static async Task<int> RunAsync(CommandEnvironment environment, Request request, bool json)
    {
        if (CommonOptions.IsSameFile(request.Truth, request.Out))
        {
            throw new CompanionException(ExitCode.Usage, "--out and --truth name the same file. Give two names.");
        }

        using var walk = SimulatedWalk.Create(request.Scenario, request.Seed, TimeSpan.FromSeconds(request.Seconds), withRawMotion: true);
        using var recording = AtomicFile.Create(request.Out, request.Force);
        using var truth = request.Truth == null ? null : AtomicFile.Create(request.Truth, request.Force);
        var take = new Take((long)Math.Round(request.Seconds * MotionScale.SampleRateHertz), walk);
        await TakeAsync(environment, walk, take).ConfigureAwait(false);

        long missing = WriteRecording(recording.Writer, request, walk.Scenario, take.Samples);
        if (truth != null)
        {
            truth.Writer.Write(Truth.ToCsv(OnRecordingClock(walk.Walker, take)));
            truth.Commit();
        }

        recording.Commit();
        var summary = new RecordJson(
            request.Out, request.Truth, walk.Scenario.Name, request.Seed, take.Samples.Count, missing, Math.Round((take.Samples[^1].Number - take.Samples[0].Number) * Interval, 3));
        if (json)
        {
            JsonOutput.Write(environment.Out, summary, JsonOutput.Context.RecordJson);
        }
        else
        {
            Write(environment.Out, summary);
        }

        return ExitCode.Ok;
    }

    private static async Task TakeAsync(CommandEnvironment environment, SimulatedWalk walk, Take take)
    {
        await walk.StartAsync(environment.Stop).ConfigureAwait(false);
        var giveUp = walk.Elapsed + (take.Wanted * TimeSpan.FromSeconds(Interval)) + Patience;
        while (!take.IsComplete && walk.Elapsed < giveUp)
        {
            environment.Stop.ThrowIfCancellationRequested();
            await walk.AdvanceToAsync(walk.Elapsed + Slice, environment.Stop).ConfigureAwait(false);
        }

        if (take.Samples.Count == 0)
        {
            throw new CompanionException(ExitCode.Sensor, "the sensor sent no raw motion. Nothing was written. This is a fault in backstep: please report it.");
        }
    }

    /// <summary>Rows carry the time of their number, so samples that did not arrive leave a gap in time.</summary>
    private static long WriteRecording(TextWriter writer, Request request, Scenario scenario, List<(long Number, ChipSample Sample)> samples)
    {
        var csv = new MotionCsvWriter(
            writer,
            [
                "synthetic: recorded by backstep from its virtual sensor, no person walked",
                string.Create(CultureInfo.InvariantCulture, $"scenario {scenario.Name}, seed {request.Seed}: {scenario.Description}"),
                "units: seconds, g (resting foot: +1 on az), degrees per second; axes: x to the toes, y left, z up",
            ]);
        long missing = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            csv.Write((samples[i].Number - samples[0].Number) * MotionScale.SampleMilliseconds, samples[i].Sample);
            missing += i == 0 ? 0 : samples[i].Number - samples[i - 1].Number - 1;
        }

        return missing;
    }

    private static IEnumerable<TrueStride> OnRecordingClock(Walker walker, Take take)
    {
        long first = take.Samples[0].Number;
        var numbered = take.Samples.Select(one => (one.Number - first, one.Sample)).ToArray();
        double start = TruthClock.TimeOfFirst(walker, numbered, take.FirstArrivedSeconds);
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

    private static void Write(TextWriter writer, RecordJson summary)
    {
        var lines = new SummaryWriter(writer, 12);
        lines.Line("SYNTHETIC", $"no person walked: a simulated walker '{summary.Scenario}' (seed {summary.Seed})");
        lines.Line("recording", string.Create(CultureInfo.InvariantCulture, $"{summary.File}: {summary.Samples} samples, {summary.DurationSeconds:0.0} s"));
        lines.Line("missing", summary.MissingSamples == 0 ? "none" : $"{summary.MissingSamples} samples did not arrive; the rows leave a gap in time there");
        if (summary.Truth != null)
        {
            lines.Line("truth", summary.Truth);
        }
    }

    private sealed record Request(string Out, string? Truth, bool Force, string Scenario, int Seed, double Seconds);

    /// <summary>Collects samples until there are enough.</summary>
    private sealed class Take
    {
        private readonly SimulatedWalk _walk;

        public Take(long wanted, SimulatedWalk walk)
        {
            Wanted = wanted;
            _walk = walk;
            walk.Client.Received += Apply;
        }

        public long Wanted { get; }

        public List<(long Number, ChipSample Sample)> Samples { get; } = [];

        public double FirstArrivedSeconds { get; private set; }

        public bool IsComplete => Samples.Count > 0 && Samples[^1].Number - Samples[0].Number + 1 >= Wanted;

        private void Apply(SensorEvent received)
        {
            if (received is not RawMotionReceived { Motion: var motion })
            {
                return;
            }

            if (Samples.Count == 0)
            {
                FirstArrivedSeconds = _walk.Elapsed.TotalSeconds;
            }

            for (int i = 0; i < motion.Count && !IsComplete; i++)
            {
                Samples.Add((
                    motion.FirstSample + i,
                    new ChipSample(motion.Get(i, 0), motion.Get(i, 1), motion.Get(i, 2), motion.Get(i, 3), motion.Get(i, 4), motion.Get(i, 5))));
            }
        }
    }
}
