using System.Globalization;
using System.Text.Json;
using Backstep.Gait;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Tests.Rails;

/// <summary>From two calibrated sensors to what is said and kept: everything between the moving limbs and the store is
/// the real program.</summary>
public sealed class ShoeAndWristTests : IDisposable
{
    private const double GraceSeconds = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly TwoSensors _sensors = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Calibrated_together_they_tell_every_change_within_three_seconds_and_the_share_is_kept()
    {
        var calibration = await RunAsync(Calibrating(), "calibrate", "rails", "--sensor", "Shoe", "--wrist", "Wrist",
            "--incline", "5", "--walker", "Ann");
        Assert.Equal((ExitCode.Ok, ""), (calibration.ExitCode, calibration.Error));
        Assert.Contains("The wrist is clearly stiller", calibration.Out, StringComparison.Ordinal);
        Assert.Contains("Kept with walker 'Ann'", calibration.Out, StringComparison.Ordinal);

        var walker = AnotherDay();
        var live = await RunAsync(walker, "live", "--anyway", "--sensor", "Shoe", "--sensor", "Wrist", "--incline", "5",
            "--walker", "Ann", "--json", "--seconds", Number(walker.Seconds));
        Assert.Equal((ExitCode.Ok, ""), (live.ExitCode, live.Error));
        var said = live.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("event").GetString() == "rails")
            .Select(
                line => (At: line.GetProperty("atSeconds").GetDouble(), Rails: line.GetProperty("rails").GetString()!,
                    By: line.GetProperty("by").GetString()))
            .ToArray();
        Assert.All(said, one => Assert.Equal(one.Rails != "unknown" ? "shoe-and-wrist" : one.By, one.By));

        // Every tenth of a second from three seconds after each change on.
        foreach (var activity in walker.Activities.Where(activity => activity.Posture != Posture.Unknown))
        {
            bool isFirst = activity == walker.Activities.First(one => one.Posture != Posture.Unknown);
            double from = activity.StartSeconds + (isFirst ? 12 : GraceSeconds); // it must first be seen that feet step
            for (double t = from; t < activity.EndSeconds - 0.1; t += 0.1)
            {
                string rails = said.LastOrDefault(one => one.At <= t).Rails;
                Assert.True(rails == StrideText.Of(activity.Posture),
                    $"{activity.Hand} from {activity.StartSeconds:0.0} s: {rails} at {t:0.0} s");
            }
        }

        double held = walker.Activities.Where(one => one.Posture == Posture.Held)
            .Sum(one => one.EndSeconds - one.StartSeconds);
        double walked = walker.Activities.Where(one => one.Posture != Posture.Unknown)
            .Sum(one => one.EndSeconds - one.StartSeconds);
        using var kept = JsonDocument.Parse((await RunAsync(walker, "sessions", "--walker", "Ann", "--json")).Out);
        // the calibration's walk is kept too
        var session = kept.RootElement.GetProperty("sessions").EnumerateArray()
            .Single(one => one.GetProperty("sensors").GetArrayLength() == 2);
        Assert.InRange(session.GetProperty("totals").GetProperty("railsHeldPercent").GetDouble(),
            (100 * held / walked) - 6, (100 * held / walked) + 6);
    }

    [Fact]
    public async Task A_shoe_compares_with_the_baselines_of_who_walks_and_with_nobody_elses()
    {
        await RunAsync(Calibrating(), "calibrate", "rails", "--sensor", "Shoe", "--incline", "5", "--walker", "Ann");
        string[] live = ["live", "--anyway", "--sensor", "Shoe", "--seconds", "2", "--walker"];
        string ann = Joined(await RunAsync(Standing(), [.. live, "Ann"]));
        Assert.DoesNotContain("Rails:", ann, StringComparison.Ordinal);
        Assert.Contains("Incline: unknown, for the sensor was never told how it sits", ann, StringComparison.Ordinal);

        // Another walker, of whom nothing is kept.
        Assert.Contains("the baselines of somebody else", Joined(await RunAsync(Standing(), [.. live, "Bob"])),
            StringComparison.Ordinal);
        Assert.Contains("Kept with walker 'Bob'",
            (await RunAsync(Standing(), "calibrate", "rails", "adopt", "--sensor", "Shoe", "--walker", "Bob")).Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Rails:", (await RunAsync(Standing(), [.. live, "Bob"])).Out, StringComparison.Ordinal);

        // Taken away, and given again: by command, and by walking.
        Assert.Contains("has no baselines now",
            Joined(await RunAsync(Standing(), "calibrate", "rails", "forget", "--sensor", "Shoe")),
            StringComparison.Ordinal);
        var nothing = await RunAsync(Standing(), "calibrate", "rails", "adopt", "--sensor", "Shoe", "--walker",
            "Bob");
        Assert.Equal(ExitCode.Sensor, nothing.ExitCode);
        Assert.Contains("has no rail baselines", nothing.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("5 %",
            Joined(
                await RunAsync(Standing(), "calibrate", "rails", "use", "--sensor", "Shoe", "--walker", "Ann",
                    "--incline", "5")), StringComparison.Ordinal);
        await RunAsync(Standing(), "calibrate", "rails", "forget", "--sensor", "Shoe");
        Assert.Contains("has been given this walker's baselines", Joined(await RunAsync(Standing(), [.. live, "Ann"])),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Rails:", (await RunAsync(Standing(), [.. live, "Ann"])).Out, StringComparison.Ordinal);

        // Another incline: they have expired.
        Assert.Contains("calibrated at 5 % incline",
            Joined(await RunAsync(Standing(), [.. live, "Ann", "--incline", "8"])), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput,
            (await RunAsync(Standing(), "calibrate", "rails", "use", "--sensor", "Shoe", "--walker", "Ann",
                "--incline", "8")).ExitCode);
    }

    [Fact]
    public async Task A_wrist_is_recorded_as_one()
    {
        string file = Path.Combine(_folder.Path, "held.wrist.csv");
        var run = await _sensors.RunAsync(Calibrating(), TimeSpan.FromMinutes(1), "record", "--sensor", "Wrist",
            "--seconds", "4", "--out", file);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        string[] lines = File.ReadAllLines(file);
        Assert.Equal(400, lines.Count(line => char.IsAsciiDigit(line[0])));
        Assert.Contains("worn on the wrist", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_is_not_set_for_the_wrist_is_not_taken_for_one()
    {
        var run = await RunAsync(Standing(), "calibrate", "rails", "--sensor", "Wrist", "--wrist", "Shoe");
        Assert.Equal(ExitCode.Sensor, run.ExitCode);
        Assert.Contains("Shoe is not set to be worn on the wrist", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_keeps_nothing_is_followed_even_when_the_store_is_damaged()
    {
        File.WriteAllText(SessionStore.PathIn(_folder.Path), "not a store");
        Assert.Equal(ExitCode.Ok,
            (await RunAsync(Standing(), "live", "--anyway", "--sensor", "Shoe", "--seconds", "1", "--no-keep"))
                .ExitCode);
        Assert.NotEqual(ExitCode.Ok,
            (await RunAsync(Standing(), "live", "--anyway", "--sensor", "Shoe", "--seconds", "1")).ExitCode);
    }

    private static Walker Calibrating() =>
        Scenarios.TryGet("calibrating-rails", 4, out var walker) ? walker : throw new InvalidOperationException();

    private static Walker Standing() => new([new Stand(60)]);

    private static Walker AnotherDay()
    {
        var free = WalkParameters.Backward(0.7) with { StrideTimeVariationPercent = 6, UnrestDegrees = 0.8 };
        Walk On(Posture posture, ArmPose hand, double seconds) =>
            new(posture == Posture.Held ? free.RailsHeld() : free, seconds) { StartSeconds = 0, StopSeconds = 0,
                Posture = posture, Hand = hand };
        return new Walker(
            [
                new Stand(3) { Hand = ArmPose.OnRail },
                On(Posture.Held, ArmPose.OnRail, 40) with { StartSeconds = 3 },
                On(Posture.Free, ArmPose.Swinging, 30),
                On(Posture.Held, ArmPose.OneHandOnRail, 20),
                On(Posture.Free, ArmPose.AtControls, 8),
                On(Posture.Held, ArmPose.OnRail, 20),
                On(Posture.Free, ArmPose.Swinging, 30) with { StopSeconds = 3 },
                new Stand(5) { Hand = ArmPose.OnRail },
            ],
            new WalkerSettings { Seed = 9, HeadingDegrees = 180, InclinePercent = 5, BeltVibrationG = 0.02 });
    }

    private Task<CommandRun> RunAsync(Walker walker, params string[] args) =>
        _sensors.RunAsync(walker, TimeSpan.FromMinutes(6), [.. args, "--data", _folder.Path]);

    private static string Joined(CommandRun run) => run.Out.Replace('\n', ' ') + run.Error;

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
