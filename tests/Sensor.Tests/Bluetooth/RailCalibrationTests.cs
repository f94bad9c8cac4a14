using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor.Radio;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Bluetooth;

/// <summary>The guided rail calibration as an app goes through it, and what the sensor says of the rails afterwards:
/// from the foot to the air.</summary>
public sealed class RailCalibrationTests
{
    // Further apart than most people: this is about the way from the foot to the air, not about statistics.
    private static readonly WalkParameters WithFreeHands =
        WalkParameters.Backward(0.7) with { StrideTimeVariationPercent = 7, UnrestDegrees = 0.8 };

    private static readonly WalkParameters WithRailsHeld = WithFreeHands with { StrideTimeVariationPercent = 2.5 };

    [Fact]
    public void Forty_strides_each_way_make_baselines_that_are_kept_and_tell_the_postures_apart()
    {
        using var bench = new Bench(Walker());
        bench.Connect();
        var replies = bench.HearOwn(Uuids.Control);
        var rails = bench.HearOwn(Uuids.Rails);
        var strides = bench.HearOwn(Uuids.Stride);
        Assert.Equal("none", Baselines(bench));
        bench.AdvanceTo(8);
        Step(bench, RailStep.Held);
        bench.AdvanceTo(70);
        var held = Results(replies);
        Assert.Equal((ControlResult.InProgress, ControlResult.Success), (held[0], held[^1]));
        Assert.InRange(held.Count(result => result == ControlResult.InProgress), 35, 41);
        Step(bench, RailStep.Finish);
        Assert.Equal(ControlResult.NotNow, Results(replies)[^1]);

        bench.AdvanceTo(78);
        Step(bench, RailStep.Free);
        bench.AdvanceTo(145);
        Assert.Equal(ControlResult.Success, Results(replies)[^1]);
        Assert.Equal(RailUnknown.NoBaselines, Estimates(rails)[^1].Why);
        Assert.All(strides.Strides, stride => Assert.Equal(Posture.Unknown, stride.Posture));
        Step(bench, RailStep.Finish);
        Assert.Equal(ControlResult.Success, Results(replies)[^1]);
        var found = Baselines(bench);
        Assert.NotEqual("none", found);

        // Held until 235 s, free until the end.
        bench.AdvanceTo(230);
        Assert.Equal(Posture.Held, Estimates(rails)[^1].Posture);
        Assert.Equal(Posture.Held, strides.Strides[^1].Posture);
        bench.AdvanceTo(335);
        Assert.Equal(Posture.Free, Estimates(rails)[^1].Posture);
        Assert.Equal(Posture.Free, strides.Strides[^1].Posture);
        Assert.InRange(bench.ReadSession().RailsHeldPercent, 5, 95);
        Assert.NotEqual(Message.Missing, Estimates(rails)[^1].VariationHundredthsPercent);

        bench.Device.PowerOff();
        bench.Device.PowerOn();
        bench.Advance(1);
        bench.Connect();
        Assert.Equal(found, Baselines(bench));
    }

    [Fact]
    public void An_app_may_write_baselines_and_take_them_away_and_nonsense_is_refused()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var baselines = new RailBaselines(Direction.Backward, 700, 50, new RailBaseline(36, 340, 390, 190, 130),
            new RailBaseline(36, 570, 690, 220, 150));
        Write(bench, baselines);
        Assert.Contains("700", Baselines(bench), StringComparison.Ordinal);
        Assert.Equal(RailUnknown.TooFewStrides, Read(bench).Why);
        Assert.Equal(425, Read(bench).ThresholdHundredthsPercent);
        var refused =
            Assert.Throws<GattException>(() => bench.Central.Write(Uuids.Backstep, Uuids.RailBaselines, [1, 2, 3]));
        Assert.Equal(AttErrors.RailBaselinesRefused, refused.AttError);

        bench.Device.Volume.Broken = true;
        Write(bench, null);
        Assert.Contains("700", Baselines(bench), StringComparison.Ordinal);
        bench.Device.Volume.Broken = false;
        Write(bench, null);
        Assert.Equal("none", Baselines(bench));
        Assert.Equal(RailUnknown.NoBaselines, Read(bench).Why);

        Write(bench, baselines);
        bench.HearOwn(Uuids.Control);
        bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Forget]);
        bench.Advance(0.5);
        Assert.Equal(RailUnknown.NoBaselines, Read(bench).Why);
    }

    [Fact]
    public void A_step_that_nobody_walks_times_out_and_cancelling_or_a_lost_link_ends_it()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var replies = bench.HearOwn(Uuids.Control);
        Step(bench, RailStep.Held);
        bench.Advance(170);
        Assert.Single(replies.Values);
        bench.Advance(15);
        Assert.Equal([ControlResult.InProgress, ControlResult.Failed], Results(replies));

        Step(bench, RailStep.Free);
        Step(bench, RailStep.Cancel);
        Assert.Equal(ControlResult.Success, Results(replies)[^1]);
        Step(bench, RailStep.Free);
        bench.Device.Radio.DropLink();
        bench.Advance(1);
        bench.Connect();
        var later = bench.HearOwn(Uuids.Control);
        Step(bench, RailStep.Finish);
        Assert.Equal(ControlResult.NotNow, Assert.Single(Results(later)));
    }

    [Fact]
    public void A_unit_on_the_wrist_makes_no_strides_but_four_records_a_second()
    {
        using var bench = new Bench(Walker());
        bench.Connect();
        bench.Command(ControlCommand.SetPlacement(Placement.Wrist));
        var strides = bench.HearOwn(Uuids.Stride);
        var wrist = bench.HearOwn(Uuids.WristMotion);
        var replies = bench.HearOwn(Uuids.Control);
        bench.Advance(30);
        Assert.Empty(strides.Values);
        var records = wrist.Values.Select(value => WristMotion.Decode(value.Value, out _)).ToArray();
        Assert.InRange(records.Length, 118, 122);
        Assert.All(records.Zip(records.Skip(1)),
            pair => Assert.Equal(250u, pair.Second.EndMilliseconds - pair.First.EndMilliseconds));
        Assert.InRange((bench.Seconds - 0.5) - (records[^1].EndMilliseconds / 1000.0), 0, 0.4);
        Step(bench, RailStep.Held);
        Assert.Equal(ControlResult.NotSupported, Assert.Single(Results(replies)));
    }

    private static Walker Walker()
    {
        Walk On(WalkParameters walk, double seconds) => new(walk, seconds) { StartSeconds = 0, StopSeconds = 0 };
        return new Walker(
            [new Stand(3), new Walk(WithRailsHeld, 70) { StopSeconds = 0 }, On(WithFreeHands, 75),
                On(WithRailsHeld, 87), On(WithFreeHands, 105)],
            new WalkerSettings { Seed = 5, HeadingDegrees = 180 });
    }

    private static void Step(Bench bench, RailStep step)
    {
        bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.CalibrateRails, (byte)step]);
        bench.Advance(0.2);
    }

    private static ControlResult[] Results(Heard replies) =>
        [.. replies.Values.Select(reply => ControlReply.Decode(reply.Value, out _).Result)];

    private static RailEstimate[] Estimates(Heard rails) =>
        [.. rails.Values.Select(one => RailEstimate.Decode(one.Value, out _))];

    private static RailEstimate Read(Bench bench) =>
        RailEstimate.Decode(bench.Central.Read(Uuids.Backstep, Uuids.Rails), out _);

    private static void Write(Bench bench, RailBaselines? baselines)
    {
        var value = new byte[RailBaselinesCodec.Length];
        RailBaselinesCodec.Encode(baselines, value, 0);
        bench.Central.Write(Uuids.Backstep, Uuids.RailBaselines, value);
        bench.Advance(0.3);
    }

    private static string Baselines(Bench bench)
    {
        var found = RailBaselinesCodec.Decode(bench.Central.Read(Uuids.Backstep, Uuids.RailBaselines), out var error);
        Assert.Equal(DecodeError.None, error);
        return found.Direction == Direction.Unknown
            ? "none"
            : $"{found.Direction} {found.BeltMillimetersPerSecond} {found.Held.StrideTimeHundredthsPercent} "
                + $"{found.Held.TiltHundredthsDegree} {found.Free.StrideTimeHundredthsPercent} "
                + $"{found.Free.StanceTimeHundredthsPercent}";
    }
}
