using System.Globalization;
using System.Text.Json;
using Backstep.Companion.Commands;
using Backstep.Gait;
using Backstep.Lab.Rails;
using Backstep.Protocol;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Rails;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Rails;

public sealed class RailsTests
{
    [Fact]
    public void The_shoe_is_right_where_it_speaks_and_never_speaks_without_a_calibration_or_at_another_speed()
    {
        var (published, backward) = ShoeRails.Run(seed: 11, walkers: 60, RailEstimator.DefaultWindow,
            CancellationToken.None);
        foreach (var tally in new[] { published, backward })
        {
            Assert.InRange(tally.Steady.RightOfDecided!.Value, 0.9, 1);
            Assert.InRange(tally.Steady.UnknownShare, 0.1, 0.7);
            Assert.Equal((0, 0), (tally.Uncalibrated.Decided, tally.OtherSpeed.Decided));
            Assert.InRange(tally.Overlapping, 1, 15);
            Assert.InRange(tally.Changes / tally.SteadyMinutes, 0, 1);
        }
    }

    [Fact]
    public void A_longer_window_sorts_better()
    {
        double Area(int window)
        {
            var (published, backward) = ShoeRails.Run(seed: 11, walkers: 60, window, CancellationToken.None);
            published.Add(backward);
            return published.Probabilities.Area()!.Value;
        }

        Assert.True(Area(80) > Area(20));
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures_and_another_one_others()
    {
        string Of(int seed) =>
            JsonSerializer.Serialize(ShoeRow.Of("x", 40, ShoeRails.One(RailWalker.At(seed, 3), seed, 40)));
        Assert.Equal(Of(5), Of(5));
        Assert.NotEqual(Of(5), Of(6));
    }

    [Fact]
    public void Shoe_and_wrist_tell_a_rail_from_a_swing_within_three_seconds()
    {
        var tally = ArmRails.Run(seed: 11, walkers: 8, [RailEstimator.DefaultWindow], CancellationToken.None)[0];
        Assert.InRange(tally.Telling.BalancedAccuracy!.Value, 0.95, 1);
        Assert.InRange(tally.SecondsToNotice.Count(seconds => seconds <= 3) / (double)tally.Transitions, 0.95, 1);
        Assert.All(tally.MostChangesInAMinute,
            pose => Assert.InRange(pose.Value, 0, pose.Key == ArmPose.AtControls ? 2 : 1));
    }

    [Fact]
    public void The_report_prints_as_text_markdown_and_json_and_draws_its_picture()
    {
        using var folder = new TemporaryFolder();
        string svg = Path.Combine(folder.Path, "plot.svg");
        var text = CommandRun.OfLab("rails", "--count", "4", "--svg", svg);
        Assert.Equal((ExitCode.Ok, ""), (text.ExitCode, text.Error));
        Assert.StartsWith("SYNTHETIC", text.Out, StringComparison.Ordinal);
        Assert.All(text.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("<circle", File.ReadAllText(svg), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(CommandRun.OfLab("rails", "--count", "4", "--json").Out);
        Assert.True(json.RootElement.GetProperty("synthetic").GetBoolean());
        Assert.Equal(9, json.RootElement.GetProperty("shoe").GetArrayLength());
        Assert.Equal(8, json.RootElement.GetProperty("poses").GetArrayLength());
    }

    [Fact]
    public void Two_labelled_recordings_are_evaluated_and_one_is_not_enough()
    {
        using var folder = new TemporaryFolder();
        Record(folder.Path, "held", 3);
        var alone = CommandRun.OfLab("rails", "recordings", folder.Path);
        Assert.Equal(ExitCode.BadInput, alone.ExitCode);
        Assert.Contains("# rails: free", alone.ErrorLine, StringComparison.Ordinal);

        Record(folder.Path, "free", 7);
        var run = CommandRun.OfLab("rails", "recordings", folder.Path, "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var row = json.RootElement.GetProperty("shoe").EnumerateArray()
            .First(one => one.GetProperty("windowStrides").GetInt32() == 40);
        Assert.True(row.GetProperty("heldSaidHeld").GetInt32() > 0);
        Assert.Equal(0, row.GetProperty("freeSaidHeld").GetInt32());
        Assert.True(json.RootElement.GetProperty("synthetic").GetBoolean());
    }

    [Fact]
    public void A_wrist_recorded_with_the_shoe_is_evaluated_with_it()
    {
        using var folder = new TemporaryFolder();
        Record(folder.Path, "held", 3, ArmPose.OnRail);
        Record(folder.Path, "free", 7, ArmPose.Swinging);
        var run = CommandRun.OfLab("rails", "recordings", folder.Path, "--json");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var rows = json.RootElement.GetProperty("shoeAndWrist").EnumerateArray().ToArray();
        Assert.Equal([20, 40, 80], rows.Select(row => row.GetProperty("windowStrides").GetInt32()));
        Assert.All(rows, row => Assert.InRange(row.GetProperty("balancedAccuracy").GetDouble(), 0.97, 1));
        Assert.Contains("you", CommandRun.OfLab("rails", "recordings", folder.Path).Out, StringComparison.Ordinal);

        // The wrist that swings, said to be held: what it says is then no better than chance, and the report shows it.
        File.Copy(Path.Combine(folder.Path, "free.wrist.csv"), Path.Combine(folder.Path, "held.wrist.csv"), true);
        using var wrong = JsonDocument.Parse(CommandRun.OfLab("rails", "recordings", folder.Path, "--json").Out);
        Assert.All(wrong.RootElement.GetProperty("shoeAndWrist").EnumerateArray(),
            row => Assert.InRange(row.GetProperty("balancedAccuracy").GetDouble(), 0, 0.6));
    }

    [Fact]
    public void A_simulated_calibration_goes_through_both_steps()
    {
        var run = CommandRun.Of("calibrate", "rails", "--simulated", "--incline", "5");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        string[] expected = ["SIMULATED", "hold the rails", "10 of 40", "40 of 40", "let go", "40 of 40", "Synthetic",
            "5 %"];
        int from = 0;
        foreach (string words in expected)
        {
            int at = run.Out.IndexOf(words, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{words}' not after {from} in {run.Out}");
            from = at;
        }
    }

    [Theory]
    [InlineData("calibrate", "rails")]
    [InlineData("calibrate", "rails", "--simulated", "--sensor", "A")]
    [InlineData("calibrate", "rails", "use")]
    [InlineData("calibrate", "rails", "forget", "--sensor", "A", "--incline", "5")]
    [InlineData("calibrate", "rails", "--simulated", "--incline", "55")]
    public void A_command_line_that_makes_no_sense_is_refused(params string[] args) =>
        Assert.Equal(ExitCode.Usage, CommandRun.Of(args).ExitCode);

    [Fact]
    public void What_was_calibrated_is_kept_with_the_walker()
    {
        using var archive = SessionStore.InMemory(TimeProvider.System);
        var walker = archive.WalkerNamed("Ann");
        Assert.Null(KeptRails.Of(archive, walker));
        var baselines = new RailBaselines(Direction.Backward, 700, 50, new RailBaseline(36, 340, 390, 190, 130),
            new RailBaseline(36, 570, 690, 220, 150));
        KeptRails.Of(baselines, new WristBaseline(1, 0, 0, 2, 0.01, 40, 0.1), DateTimeOffset.UnixEpoch)
            .Keep(archive, walker);
        var kept = KeptRails.Of(archive, walker)!;
        Assert.Equal((700, 50, 570),
            (kept.Read()!.BeltMillimetersPerSecond, kept.Read()!.InclineTenthsPercent,
                kept.Read()!.Free.StrideTimeHundredthsPercent));
        Assert.True(kept.Wrist!.AreDistinct);
        archive.Keep(walker.Id, "rails", "nonsense");
        Assert.Null(KeptRails.Of(archive, walker));
    }

    [Fact]
    public void Baselines_of_another_incline_are_not_believed_as_long_as_the_shoe_measures_another()
    {
        var baselines = new RailBaselines(Direction.Backward, 700, 50, new RailBaseline(36, 340, 390, 190, 130),
            new RailBaseline(36, 570, 690, 220, 150));
        var rails = new WalkRails(TimeProvider.System);
        var incline = new RailIncline(baselines, told: null);
        Assert.Null(incline.Judge());
        Assert.Null(incline.Judge(rails, null));
        Assert.Null(incline.Judge(rails, 4.6));
        Assert.Equal(RailTrust.Everything, rails.Trust);
        Assert.Contains("calibrated at 5 % incline, and the shoe measures 1.8 %", incline.Judge(rails, 1.8),
            StringComparison.Ordinal);
        Assert.Equal(RailTrust.Nothing, rails.Trust);
        Assert.Null(incline.Judge(rails, 1.6)); // said once
        Assert.Null(incline.Judge(rails, 5.2));
        Assert.Equal(RailTrust.Everything, rails.Trust);
        Assert.Null(new RailIncline(baselines, told: 5).Judge(rails, 0)); // the walker's own word goes before
        Assert.Contains("calibrated at 5 %", new RailIncline(baselines, told: 2).Judge(), StringComparison.Ordinal);
        Assert.Null(new RailIncline(null, told: 2).Judge());
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(-0.01)]
    [InlineData(0)]
    public void Clocks_are_aligned_whatever_their_drift_and_the_radios_delays(double drift)
    {
        var random = new Random(3);
        var clock = new SensorClock();
        for (double t = 0; t < 600; t += 0.25)
        {
            double late = 0.02 - (0.05 * Math.Log(1 - random.NextDouble()))
                + (random.NextDouble() < 0.05 ? random.NextDouble() : 0);
            clock.Note((uint)((t * (1 + drift)) * 1000) + 4_294_000_000u, 100 + t + late);
        }

        Assert.InRange(clock.Drift, drift - 0.0005, drift + 0.0005);
        uint stamp = unchecked((uint)((long)(598 * (1 + drift) * 1000) + 4_294_000_000L));
        Assert.InRange(clock.ToComputer(stamp) - 698, -0.03, 0.06);
    }

    [Fact]
    public void Feet_that_stand_and_a_wrist_that_is_not_heard_say_nothing()
    {
        var fusion = new RailFusion();
        fusion.Use(new WristBaseline(0, 0, 1, 1, 0.004, 40, 0.1));
        Still(fusion, 0, 6);
        Assert.Equal(Posture.Unknown, fusion.At(6).Posture);
        for (int i = 0; i < 6; i++)
        {
            fusion.AddStride(6 + i);
        }

        Still(fusion, 6, 12);
        Assert.Equal((Posture.Held, RailSource.ShoeAndWrist), (fusion.At(12).Posture, fusion.At(12).Source));
        Assert.Equal(Posture.Unknown, fusion.At(14).Posture);
    }

    [Fact]
    public void A_still_wrist_in_another_pose_is_not_on_the_rail_and_without_a_baseline_it_proves_nothing()
    {
        foreach (var baseline in new[] { new WristBaseline(1, 0, 0, 1, 0.004, 40, 0.1), null })
        {
            var fusion = new RailFusion();
            fusion.Use(baseline);
            for (int i = 0; i < 12; i++)
            {
                fusion.AddStride(i);
            }

            Still(fusion, 0, 12);
            Assert.NotEqual(Posture.Held, fusion.At(12).Posture);
        }
    }

    private static void Still(RailFusion fusion, double from, double to)
    {
        byte[] packet = new byte[WristMotion.Length];
        for (double t = from + 0.25; t <= to; t += 0.25)
        {
            WristMotion.Encode((uint)(t * 1000), [0, 0, 2048, 5, -3, 2], 10, 5, packet, 0);
            fusion.AddWrist(WristMotion.Decode(packet, out _), t);
        }
    }

    private static void Record(string folder, string name, double variationPercent, ArmPose? hand = null)
    {
        var walk = WalkParameters.Backward(0.7) with { StrideTimeVariationPercent = variationPercent,
            UnrestDegrees = 0.8 };
        var walker = new Walker(
            [new Stand(3) { Hand = hand }, new Walk(walk, 200) { Hand = hand }, new Stand(2) { Hand = hand }],
            new WalkerSettings { Seed = variationPercent > 5 ? 2 : 1, HeadingDegrees = 180 });
        Write(Path.Combine(folder, name + ".csv"), walker, walker.Seconds);
        if (hand != null)
        {
            Write(Path.Combine(folder, name + ".wrist.csv"), Arm.Of(walker, 7), walker.Seconds);
        }
    }

    private static void Write(string path, IMotionSource motion, double seconds)
    {
        using var writer = new StreamWriter(path);
        writer.Write("# synthetic: a simulated walker\nt_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n");
        for (int i = 0; i < (int)(seconds * 100); i++)
        {
            var m = motion.At(i / 100.0);
            writer.Write(
                string.Create(CultureInfo.InvariantCulture,
                    $"{i / 100.0:0.00},{m.AxG:0.0000},{m.AyG:0.0000},{m.AzG:0.0000},"
                    + $"{m.GxDps:0.00},{m.GyDps:0.00},{m.GzDps:0.00}\n"));
        }
    }
}
