using System.Globalization;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Terminal;
using Backstep.Walks.Rails;
using RailStep = Backstep.Protocol.RailStep;

namespace Backstep.Companion.Commands;

/// <summary>Leads through the steps of a calibration of the rails, and talks to the sensor about its
/// baselines.</summary>
internal sealed record RailGuide(CommandEnvironment Environment, bool Json, bool Simulated)
{
    // The sensor gives a step up by itself after 180 s (firmware/Protocol/README.md, Control).
    private static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(185);
    private static readonly TimeSpan ToLetGo = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ToFindIn = TimeSpan.FromSeconds(12);

    public static string Incline(int tenths) =>
        tenths == Stride.Missing ? "an incline that is not known"
            : string.Create(CultureInfo.InvariantCulture, $"{tenths / 10.0:0.#} %");

    public async Task<(RailBaselines Baselines, WristBaseline? Wrist)> RunAsync(IBluetooth bluetooth,
        SensorSighting found, SensorSighting? second, TimeProvider time, int inclineTenths)
    {
        var sensor = SensorOptions.Converse(Environment, bluetooth, found, time);
        await using var letGo = sensor.ConfigureAwait(false); // a link that ends cancels what has begun
        if (Simulated)
        {
            Say("SIMULATED: no person walks here, and no sensor is set. On a terminal it goes four times as fast.");
        }

        Say($"Connecting to {sensor.Name} ...");
        await sensor.ConnectAsync(Environment.Stop).ConfigureAwait(false);
        if (second == null)
        {
            return await WalkAsync(sensor, null, inclineTenths).ConfigureAwait(false);
        }

        var listener = new WristListener(SensorOptions.Converse(Environment, bluetooth, second, time));
        await using var letGoOfWrist = listener.ConfigureAwait(false);
        await listener.StartAsync(Environment.Stop).ConfigureAwait(false);
        return await WalkAsync(sensor, listener, inclineTenths).ConfigureAwait(false);
    }

    private async Task<(RailBaselines Baselines, WristBaseline? Wrist)> WalkAsync(SensorConversation sensor,
        WristListener? listener, int inclineTenths)
    {
        Say("Belt at the speed and incline at which you mean to walk: 3.2 km/h (2 mph) or slower. Keep both.");
        Say("1 of 2: hold the rails and walk backward. About a minute.");
        await sensor.PauseAsync(ToFindIn, Environment.Stop).ConfigureAwait(false);
        await StepAsync(sensor, RailStep.Held, listener).ConfigureAwait(false);
        Say("2 of 2: let go when you are at ease, and walk on just so. If you are not: Ctrl+C, and nothing is "
            + "changed.");
        await sensor.PauseAsync(ToLetGo, Environment.Stop).ConfigureAwait(false);
        await StepAsync(sensor, RailStep.Free, listener).ConfigureAwait(false);
        Say("   Hold the rails again.");
        var finished = await sensor.AskAsync(ControlCommand.CalibrateRails(RailStep.Finish), Environment.Stop)
            .ConfigureAwait(false);
        if (finished.Result != ControlResult.Success)
        {
            throw Failed(SensorText.Of(finished.Result));
        }

        await sensor.PauseAsync(TimeSpan.FromSeconds(1), Environment.Stop).ConfigureAwait(false);
        var shown = await sensor.ReadRailBaselinesAsync(Environment.Stop)
            .ConfigureAwait(false) ?? throw Failed("the sensor shows none");
        bool isMeasured = inclineTenths == Stride.Missing && shown.InclineTenthsPercent != Stride.Missing;
        var baselines = isMeasured ? shown : shown.At(inclineTenths);
        await sensor.WriteRailBaselinesAsync(baselines, Environment.Stop).ConfigureAwait(false);
        var wrist = listener?.Found();
        WriteResult(sensor.Name, baselines, wrist, listener != null);
        if (isMeasured)
        {
            Say("The incline is what the shoe measured.");
        }

        return (baselines, wrist);
    }

    public async Task AdoptAsync(IBluetooth bluetooth, SensorSighting found, TimeProvider time,
        Action<RailBaselines> keep)
    {
        var sensor = SensorOptions.Converse(Environment, bluetooth, found, time);
        await using var letGo = sensor.ConfigureAwait(false);
        await sensor.ConnectAsync(Environment.Stop).ConfigureAwait(false);
        var baselines = await sensor.ReadRailBaselinesAsync(Environment.Stop).ConfigureAwait(false)
            ?? throw new CommandException(ExitCode.Sensor,
                $"{sensor.Name} has no rail baselines. Calibrate: backstep calibrate rails --sensor "
                + $"\"{sensor.Name}\".");
        keep(baselines);
        WriteResult(sensor.Name, baselines, null, false);
    }

    public async Task GiveAsync(IBluetooth bluetooth, SensorSighting found, TimeProvider time,
        RailBaselines? baselines)
    {
        var sensor = SensorOptions.Converse(Environment, bluetooth, found, time);
        await using var letGo = sensor.ConfigureAwait(false);
        await sensor.ConnectAsync(Environment.Stop).ConfigureAwait(false);
        await sensor.WriteRailBaselinesAsync(baselines, Environment.Stop).ConfigureAwait(false);
        if (baselines == null)
        {
            Say($"{sensor.Name} has no baselines now: whether the rails are held is unknown.");
        }
        else
        {
            WriteResult(sensor.Name, baselines, null, false);
        }
    }

    public void Say(string text)
    {
        if (!Json)
        {
            SummaryWriter.Wrap(Environment.Out, text);
            Environment.Out.Flush();
        }
    }

    private static CommandException Failed(string why) =>
        new(ExitCode.Sensor, $"the rails were not calibrated: {why}. The old baselines stay; try again.");

    private async Task StepAsync(SensorConversation sensor, RailStep step, WristListener? wrist)
    {
        wrist?.Take(step == RailStep.Held);
        long told = 0;
        var reply = await sensor.CarryOutAsync(ControlCommand.CalibrateRails(step), StepPatience,
            percent =>
            {
                if (percent >= told + 25)
                {
                    told = percent / 25 * 25;
                    Say(string.Create(CultureInfo.InvariantCulture,
                        $"   {told * RailCalibration.StridesNeeded / 100} of {RailCalibration.StridesNeeded} strides"));
                }
            },
            Environment.Stop).ConfigureAwait(false);
        wrist?.Take(null);
        if (reply.Result != ControlResult.Success)
        {
            throw Failed(reply.Result == ControlResult.Failed
                ? "40 strides were not seen within three minutes, or they went another way or at another speed "
                    + "than the step before"
                : SensorText.Of(reply.Result));
        }
    }

    private void WriteResult(string name, RailBaselines baselines, WristBaseline? wrist, bool wristWasWorn)
    {
        bool distinct = RailEstimator.AreDistinct(baselines);
        if (Json)
        {
            JsonOutput.Write(Environment.Out, CalibrateRailsJson.Of(name, Simulated, baselines, distinct, wrist),
                JsonOutput.Context.CalibrateRailsJson);
            return;
        }

        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{(Simulated ? "Synthetic: s" : "S")}tride time varies by "
            + $"{baselines.Held.StrideTimeHundredthsPercent / 100.0:0.0} % with the rails held and by "
            + $"{baselines.Free.StrideTimeHundredthsPercent / 100.0:0.0} % with free hands, at "
            + $"{baselines.BeltMillimetersPerSecond * 0.0036:0.0} km/h and "
            + $"{Incline(baselines.InclineTenthsPercent)}."));
        Say(distinct
            ? "That is far enough apart: the shoe will say held or free when it is sure, and unknown otherwise. "
                + "Another speed or incline needs another calibration."
            : "The two overlap: you are about as steady with free hands as with the rails held. From the shoe "
                + "alone nobody could tell, so the posture stays unknown. A second unit on the wrist can.");
        if (wristWasWorn)
        {
            Say(wrist is { AreDistinct: true }
                ? "The wrist is clearly stiller on the rail: shoe and wrist together will tell within three "
                    + "seconds."
                : "The wrist moved as much on the rail as off it, or was not heard: it will tell only when it "
                    + "clearly swings.");
        }
    }
}
