using Backstep.Companion.Output;
using Backstep.Files;
using Backstep.Files.Recording;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Terminal;
using Backstep.Walks.Events;

namespace Backstep.Companion.Commands;

/// <summary><c>backstep record --sensor</c>: a real sensor's raw motion into a file.</summary>
public static class SensorRecording
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    /// <summary>How much longer than asked for it may take before what is there is written: a link that was lost comes
    /// back by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Records.</summary>
    public static async Task<int> RunAsync(CommandEnvironment environment, string wanted, string file, bool force,
        TimeSpan length, bool json)
    {
        var bluetooth = await environment.OpenBluetooth(environment.Stop).ConfigureAwait(false);
        await using var closeBluetooth = bluetooth.ConfigureAwait(false);
        using var recording = AtomicFile.Create(file, force);
        var found = await SensorFinder.FindAsync(bluetooth, wanted, SensorOptions.FindPatience, environment.Stop)
            .ConfigureAwait(false);
        var sensor = new FollowedSensor(bluetooth, found, environment.Time, new FollowOptions { WithRawMotion = true });
        await using var letGo = sensor.ConfigureAwait(false);
        var take = new RawCapture(length);
        sensor.Received += take.Apply;
        sensor.Waiting += why => SensorOptions.ReportWaiting(environment, sensor.Label, why);
        await sensor.ConnectAsync(environment.Stop).ConfigureAwait(false);
        long start = environment.Time.GetTimestamp();
        while (!take.IsComplete && environment.Time.GetElapsedTime(start) < length + Patience)
        {
            await sensor.PumpAsync(Slice, environment.Stop).ConfigureAwait(false);
        }

        if (take.Samples.Count == 0)
        {
            throw new CommandException(ExitCode.Sensor, "the sensor sent no raw motion. Nothing was written.");
        }

        long missing = take.Write(recording.Writer,
            [$"recorded by backstep from the sensor {sensor.Name} ({found.Address})",
                sensor.Placement == Placement.Wrist ? RawCapture.WristComment : RawCapture.UnitsComment]);
        recording.Commit();
        var summary = new RecordJson(file, null, null, null, sensor.Name, take.Samples.Count, missing,
            take.DurationSeconds);
        RecordSummary.Write(environment.StatusOf(file), summary, json);

        return ExitCode.Ok;
    }
}
