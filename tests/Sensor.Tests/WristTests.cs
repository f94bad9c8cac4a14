using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests;

/// <summary>The second unit. What it is shaken by here is a walking foot, the worst that a wrist can do to
/// it.</summary>
public sealed class WristTests
{
    [Fact]
    public void A_wrist_makes_neither_strides_nor_sessions_but_its_motion_is_streamed()
    {
        using var bench = new Bench(Bench.Backward(40));
        bench.Connect();
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.SetPlacement(Placement.Wrist)).Result);
        var strides = bench.HearOwn(Uuids.Stride);
        var raw = bench.HearOwn(Uuids.RawMotion);
        var rsc = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.RawStream(true)).Result);
        bench.AdvanceTo(40);

        Assert.Empty(strides.Values);
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
        Assert.All(rsc.Values, value => Assert.Equal(0, RscMeasurement.Decode(value.Value, out _).CadencePerMinute));
        Assert.Equal([(byte)SensorLocation.Other],
            bench.Central.Read(Uuids.RunningSpeedAndCadence, Uuids.SensorLocation));
        var packets = raw.Values.Select(value => RawMotion.Decode(value.Value, out _)).ToArray();
        Assert.All(packets.Zip(packets.Skip(1)),
            pair => Assert.Equal(pair.First.FirstSample + (uint)pair.First.Count, pair.Second.FirstSample));
        Assert.InRange(packets.Sum(packet => packet.Count), 3500, 4000);
    }

    [Fact]
    public void Nobody_starts_a_session_there()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        bench.Command(ControlCommand.SetPlacement(Placement.Wrist));

        Assert.Equal(ControlResult.NotSupported, bench.Command(ControlCommand.Of(ControlOperation.Start)).Result);
        Assert.Equal(ControlResult.NotSupported,
            bench.Command(ControlCommand.CalibrateMount(MountStep.StandStill)).Result);
        bench.Device.Pins.PressButton(TimeSpan.FromSeconds(0.2));
        bench.Advance(1);
        Assert.Equal(SessionState.Idle, bench.ReadSession().State);
    }

    [Fact]
    public void Moved_from_shoe_to_wrist_and_back_it_ends_the_session_and_goes_on_numbering_by_one_clock()
    {
        var walker = new Walker([new Stand(3), new Walk(WalkParameters.Backward(0.7), 70)],
            new WalkerSettings { HeadingDegrees = 180 });
        using var bench = new Bench(walker);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(20);
        Assert.Equal(SessionState.Active, bench.ReadSession().State);
        bench.Command(ControlCommand.SetPlacement(Placement.Wrist));
        Assert.Equal(SessionState.Ended, bench.ReadSession().State);
        var before = heard.Strides.Length;
        bench.AdvanceTo(45);
        Assert.Equal(before, heard.Strides.Length);
        bench.Command(ControlCommand.SetPlacement(Placement.RightShoe));
        bench.AdvanceTo(70);

        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.True(heard.Strides.Length > before + 10);
        Assert.True(heard.Strides[before].ContactMilliseconds > 44_000);
        Assert.Equal(SessionState.Active, bench.ReadSession().State);
    }
}
