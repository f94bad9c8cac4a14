using Backstep.Protocol;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Sensor.Tests.Bluetooth;

public sealed class ControlTests
{
    [Fact]
    public void Start_pause_start_stop_and_reset_are_carried_out_and_answered()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        var started = bench.Command(ControlCommand.Of(ControlOperation.Start));
        Assert.Equal((ControlResult.Success, 1L), (started.Result, started.Value));
        Assert.Equal(SessionState.Active, bench.ReadSession().State);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.Of(ControlOperation.Pause)).Result);
        Assert.Equal(SessionState.Paused, bench.ReadSession().State);
        Assert.Equal(1L, bench.Command(ControlCommand.Of(ControlOperation.Start)).Value);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.Of(ControlOperation.Stop)).Result);
        Assert.Equal(SessionState.Ended, bench.ReadSession().State);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.Of(ControlOperation.Reset)).Result);
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
        Assert.Equal(2L, bench.Command(ControlCommand.Of(ControlOperation.Start)).Value);
    }

    [Fact]
    public void What_makes_no_sense_now_is_answered_with_that()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        Assert.Equal(ControlResult.NotNow, bench.Command(ControlCommand.Of(ControlOperation.Pause)).Result);
        Assert.Equal(ControlResult.NotNow, bench.Command(ControlCommand.Of(ControlOperation.Stop)).Result);
        bench.Command(ControlCommand.Of(ControlOperation.Start));
        Assert.Equal(ControlResult.NotNow, bench.Command(ControlCommand.Of(ControlOperation.Start)).Result);
    }

    [Theory]
    [InlineData("", 0x00, ControlResult.InvalidOperand)]
    [InlineData("0100", 0x01, ControlResult.InvalidOperand)]
    [InlineData("09", 0x09, ControlResult.InvalidOperand)]
    [InlineData("0902", 0x09, ControlResult.InvalidOperand)]
    [InlineData("0604", 0x06, ControlResult.InvalidOperand)]
    [InlineData("77", 0x77, ControlResult.NotSupported)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0xFF, ControlResult.NotSupported)]
    [InlineData("0704", 0x07, ControlResult.InvalidOperand)]
    [InlineData("0702", 0x07, ControlResult.NotNow)]
    [InlineData("0703", 0x07, ControlResult.NotNow)]
    public void Bad_commands_are_answered_with_what_is_wrong(string command, byte operation, ControlResult result)
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        var reply = bench.Command(Convert.FromHexString(command));

        Assert.Equal((operation, result), (reply.Operation, reply.Result));
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
    }

    [Fact]
    public void Without_indications_a_command_is_refused_and_not_carried_out()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();

        var refused =
            Assert.Throws<GattException>(
                () => bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Start]));

        Assert.Equal(AttErrors.IndicationsOff, refused.AttError);
        bench.Advance(1);
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
    }

    [Fact]
    public void A_burst_of_commands_is_answered_in_order_one_reply_each()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var replies = bench.HearOwn(Uuids.Control);
        ControlOperation[] operations =
        [
            ControlOperation.Start, ControlOperation.Pause, ControlOperation.Start, ControlOperation.Stop,
            ControlOperation.Reset,
            ControlOperation.Start, ControlOperation.Stop, ControlOperation.Reset,
        ];

        foreach (var operation in operations)
        {
            bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)operation]);
        }

        bench.Advance(1);
        Assert.Equal(operations, replies.Values.Select(value => (ControlOperation)value.Value[0]));
        Assert.All(replies.Values, value => Assert.Equal((byte)ControlResult.Success, value.Value[1]));
    }

    [Fact]
    public void The_clock_is_taken_and_told_by_the_sample_clock()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.AdvanceTo(20);

        var reply = bench.Command(ControlCommand.SetClock(1_800_000_000));

        // The sample clock began with the program, 0.5 s after power-up.
        Assert.InRange(reply.Value, 19_400, 20_100);
    }

    [Fact]
    public void Forget_erases_settings_bonds_and_the_session()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.Command(ControlCommand.SetPlacement(Placement.LeftShoe));
        bench.Command(ControlCommand.Of(ControlOperation.Start));
        Assert.Equal(Placement.LeftShoe, bench.ReadConfiguration().Placement);

        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.Of(ControlOperation.Forget)).Result);

        Assert.Equal(Placement.Unknown, bench.ReadConfiguration().Placement);
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
        Assert.DoesNotContain("configuration", bench.Device.Volume.List());
    }

    [Fact]
    public void A_placement_that_the_flash_refuses_is_answered_with_that_and_the_old_one_stays()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.Device.Volume.Broken = true;

        Assert.Equal(ControlResult.StorageFailed,
            bench.Command(ControlCommand.SetPlacement(Placement.LeftShoe)).Result);
        Assert.Equal(Placement.Unknown, bench.ReadConfiguration().Placement);
    }

    [Fact]
    public void What_a_central_began_ends_with_its_link_even_if_it_is_back_before_the_program_looks()
    {
        using var bench = Bench.Open(Bench.Backward(60), out _);
        bench.Connect(Message.DefaultMtu);
        bench.HearOwn(Uuids.Control);
        bench.HearOwn(Uuids.Log);
        bench.HearOwn(Uuids.RawMotion);
        bench.AdvanceTo(40);
        bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.RawStream, 1]);
        bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.ReplayLog, 1, 0, 0, 0]);
        bench.Advance(0.05);

        // While the program stalls: a last command, the link lost, and the same central back, its subscriptions
        // restored by its bond.
        bench.BeginStall(1.5);
        bench.Central.Write(Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Stop]);
        bench.Device.Radio.DropLink();
        bench.Connect(Message.DefaultMtu);
        var replies = bench.HearOwn(Uuids.Control);
        var log = bench.HearOwn(Uuids.Log);
        var raw = bench.HearOwn(Uuids.RawMotion);

        // Long enough for the walk to go on after the gap: the first stride then waits for the second.
        bench.Advance(6);

        Assert.Empty(replies.Values);
        Assert.Empty(log.Values);
        Assert.Empty(raw.Values);
        Assert.Equal(SessionState.Active, bench.ReadSession().State);
    }
}
