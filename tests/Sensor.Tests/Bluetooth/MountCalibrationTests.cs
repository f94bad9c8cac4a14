using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Bluetooth;

/// <summary>The guided mount calibration as an app goes through it: stand still, rise on the toes three times,
/// finish.</summary>
public sealed class MountCalibrationTests
{
    // Chip upside down, arrow to the heel.
    private static readonly SensorPlace Turned =
        SensorPlace.Laces with { Board = new Mount(-1, 0, 0, 0, 1, 0, 0, 0, -1), PitchUpDegrees = -25,
            RollDegrees = 6 };

    private static readonly ControlResult[] StandThenRise =
    [
        ControlResult.InProgress, ControlResult.Success,
        ControlResult.InProgress, ControlResult.InProgress, ControlResult.InProgress, ControlResult.Success,
    ];

    [Fact]
    public void Each_step_is_answered_when_it_begins_at_each_rise_and_when_it_ends_and_the_mount_is_kept()
    {
        var walker = Riser();
        using var bench = new Bench(walker);
        bench.Connect();
        var before = Bytes(bench.ReadConfiguration().Mount);
        var replies = bench.HearOwn(Uuids.Control);
        StandAndRise(bench);

        Assert.Equal(StandThenRise, Results(replies));
        Assert.Equal([0L, 100, 0, 33, 66, 100], replies.Values.Select(reply => Reply(reply.Value).Value));
        Assert.Equal(before, Bytes(bench.ReadConfiguration().Mount));

        Step(bench, MountStep.Finish);
        Assert.Equal((ControlResult.Success, 100L),
            (Reply(replies.Values[^1].Value).Result, Reply(replies.Values[^1].Value).Value));
        var found = bench.ReadConfiguration().Mount;
        Assert.InRange(Degrees(found.XX, found.XY, found.XZ, walker.Mount.XX, walker.Mount.XY, walker.Mount.XZ), 0, 12);
        Assert.InRange(Degrees(found.ZX, found.ZY, found.ZZ, walker.Mount.ZX, walker.Mount.ZY, walker.Mount.ZZ), 0, 12);

        // Kept over a loss of power.
        bench.Device.PowerOff();
        bench.Device.PowerOn();
        bench.Advance(1);
        bench.Connect();
        Assert.Equal(Bytes(found), Bytes(bench.ReadConfiguration().Mount));
    }

    [Fact]
    public void With_the_mount_that_it_found_the_sensor_knows_backward()
    {
        var walker = new Walker(
            [new Stand(4), new RiseOnToes(), new Stand(6), new Walk(WalkParameters.Backward(0.7), 30)],
            new WalkerSettings { Seed = 3, Place = Turned, HeadingDegrees = 180 });
        using var bench = new Bench(walker);
        bench.Connect();
        bench.HearOwn(Uuids.Control);
        StandAndRise(bench);
        Step(bench, MountStep.Finish);
        var strides = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(45);

        Assert.InRange(strides.Strides.Length, 15, 40);
        Assert.All(strides.Strides, stride => Assert.Equal(Direction.Backward, stride.Direction));
    }

    [Fact]
    public void Rocking_both_ways_fails_and_changes_nothing()
    {
        using var bench = new Bench(new Rocking());
        bench.Connect();
        var before = Bytes(bench.ReadConfiguration().Mount);
        var replies = bench.HearOwn(Uuids.Control);
        Step(bench, MountStep.StandStill);
        bench.AdvanceTo(6);
        Step(bench, MountStep.RiseOnToes);
        bench.AdvanceTo(30);

        Assert.Equal(ControlResult.Failed, Results(replies)[^1]);
        Step(bench, MountStep.Finish);
        Assert.Equal(ControlResult.NotNow, Results(replies)[^1]);
        Assert.Equal(before, Bytes(bench.ReadConfiguration().Mount));
    }

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 60)]
    public void A_step_that_nobody_does_times_out(bool stands, double seconds)
    {
        using var bench = new Bench(stands ? Bench.Standing() : Walking());
        bench.Connect();
        var replies = bench.HearOwn(Uuids.Control);
        if (!stands)
        {
            bench.AdvanceTo(5);
        }

        Step(bench, MountStep.StandStill);
        if (stands)
        {
            bench.Advance(5);
            Step(bench, MountStep.RiseOnToes);
        }

        var told = replies.Values.Count;
        bench.Advance(seconds - 2);
        Assert.Equal(told, replies.Values.Count);
        bench.Advance(4);

        Assert.Equal(ControlResult.Failed, Results(replies)[^1]);
        Assert.Equal(told + 1, replies.Values.Count);
        Step(bench, MountStep.RiseOnToes);
        Assert.Equal(ControlResult.NotNow, Results(replies)[^1]);
    }

    [Fact]
    public void Lost_samples_end_a_step_because_a_turn_that_was_not_measured_cannot_be_added_up()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var replies = bench.HearOwn(Uuids.Control);
        Step(bench, MountStep.StandStill);
        bench.Advance(5);
        Step(bench, MountStep.RiseOnToes);
        bench.Device.Chip.Unplug();
        bench.Advance(3);

        Assert.Equal(ControlResult.Failed, Results(replies)[^1]);
    }

    [Fact]
    public void Cancelling_ends_it_and_so_does_a_lost_link()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var replies = bench.HearOwn(Uuids.Control);
        Step(bench, MountStep.StandStill);
        Step(bench, MountStep.Cancel);
        bench.Advance(5);
        Assert.Equal([ControlResult.InProgress, ControlResult.Success], Results(replies));
        Step(bench, MountStep.RiseOnToes);
        Assert.Equal(ControlResult.NotNow, Results(replies)[^1]);

        Step(bench, MountStep.StandStill);
        bench.Device.Radio.DropLink();
        bench.Advance(1);
        bench.Connect();
        var later = bench.HearOwn(Uuids.Control);
        bench.Advance(5);
        Assert.Empty(later.Values);
        Step(bench, MountStep.RiseOnToes);
        Assert.Equal(ControlResult.NotNow, Assert.Single(Results(later)));
    }

    [Fact]
    public void A_mount_that_the_flash_refuses_is_answered_with_that_and_can_be_finished_again()
    {
        using var bench = new Bench(Riser());
        bench.Connect();
        var before = Bytes(bench.ReadConfiguration().Mount);
        var replies = bench.HearOwn(Uuids.Control);
        StandAndRise(bench);
        bench.Device.Volume.Broken = true;
        Step(bench, MountStep.Finish);
        Assert.Equal(ControlResult.StorageFailed, Results(replies)[^1]);
        Assert.Equal(before, Bytes(bench.ReadConfiguration().Mount));

        bench.Device.Volume.Broken = false;
        Step(bench, MountStep.Finish);
        Assert.Equal(ControlResult.Success, Results(replies)[^1]);
        Assert.NotEqual(before, Bytes(bench.ReadConfiguration().Mount));
    }

    private static Walker Riser() =>
        new([new Stand(4), new RiseOnToes(), new Stand(3)], new WalkerSettings { Seed = 3, Place = Turned });

    private static Walker Walking() =>
        new([new Walk(WalkParameters.Backward(0.7), 90)], new WalkerSettings { HeadingDegrees = 180 });

    private static void StandAndRise(Bench bench)
    {
        Step(bench, MountStep.StandStill);
        bench.AdvanceTo(3.8);
        Step(bench, MountStep.RiseOnToes);
        bench.AdvanceTo(12.5);
    }

    private static void Step(Bench bench, MountStep step)
    {
        bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.CalibrateMount, (byte)step]);
        bench.Advance(0.2);
    }

    private static ControlReply Reply(byte[] value)
    {
        var reply = ControlReply.Decode(value, out var error);
        Assert.Equal((DecodeError.None, (byte)ControlOperation.CalibrateMount), (error, reply.Operation));
        return reply;
    }

    private static ControlResult[] Results(Heard replies) =>
        [.. replies.Values.Select(reply => Reply(reply.Value).Result)];

    private static string Bytes(Mount mount) =>
        string.Join(' ',
            new[] { mount.XX, mount.XY, mount.XZ, mount.YX, mount.YY, mount.YZ, mount.ZX, mount.ZY, mount.ZZ });

    private static double Degrees(float ax, float ay, float az, float bx, float by, float bz) =>
        Math.Acos(Math.Clamp((ax * bx) + (ay * by) + (az * bz), -1, 1)) * 180 / Math.PI;

    /// <summary>Still for 6 s, then 25 degrees one way, back, 25 the other way, back, over and over.</summary>
    private sealed class Rocking : IMotionSource
    {
        public Motion At(double seconds)
        {
            var turn = seconds < 6.5 ? -1 : (int)((seconds - 6.5) * 2) % 4;
            return new Motion(0, 0, 1, 0, turn < 0 || (seconds * 4 % 2 > 1.8) ? 0 : turn is 0 or 3 ? 60 : -60, 0);
        }
    }
}
