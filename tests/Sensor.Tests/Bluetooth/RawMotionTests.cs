using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Sensor.Tests.Bluetooth;

public sealed class RawMotionTests
{
    private static readonly VirtualDeviceOptions Quiet = new()
    {
        Chip = new ChipOptions { NoiseFactor = 0, AccelerometerBiasG = (0, 0, 0), GyroscopeBiasDps = (0, 0, 0) },
    };

    [Theory]
    [InlineData(23, 1)]
    [InlineData(185, 14)]
    [InlineData(247, 20)]
    public void Every_sample_of_the_chip_comes_once_in_order_on_its_axis(ushort mtu, int samplesAPacket)
    {
        // Each axis climbs at its own rate; a sample that is lost, doubled or on a wrong axis would break the ramp.
        // Steep enough for a force that is not that of a chip at rest: such a chip is not believed.
        double[] countsPerSample = [9, -15, 21, 11, -13, 17];
        using var bench = new Bench(new Ramp(countsPerSample), Quiet);
        bench.Connect(mtu);
        var heard = bench.HearOwn(Uuids.RawMotion);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.RawStream(true)).Result);
        bench.AdvanceTo(15);
        Assert.Equal(ControlResult.Success, bench.Command(ControlCommand.RawStream(false)).Result);
        bench.Advance(1);
        var count = heard.Values.Count;
        bench.Advance(1);

        Assert.Equal(count, heard.Values.Count);
        var packets = heard.Values.Select(value => Decode(value.Value)).ToArray();
        Assert.All(packets[..^1], packet => Assert.Equal(samplesAPacket, packet.Count));
        var samples = Samples(packets);
        Assert.InRange(samples.Length, 1200, 1450);
        for (var i = 0; i < samples.Length; i++)
        {
            Assert.Equal(samples[0].Number + (uint)i, samples[i].Number);
            for (var axis = 0; axis < 6; axis++)
            {
                // The chip's low-pass delays a ramp and rounds it, no more.
                Assert.InRange(samples[i].Values[axis] - samples[0].Values[axis] - i * countsPerSample[axis], -1.01,
                    1.01);
            }
        }
    }

    [Fact]
    public void The_engine_run_over_the_raw_stream_finds_the_very_strides_that_the_sensor_told()
    {
        using var bench = Bench.Open(Bench.Backward(30), out var sensor);
        bench.Connect();
        var raw = bench.HearOwn(Uuids.RawMotion);
        var strides = bench.HearOwn(Uuids.Stride);
        bench.Command(ControlCommand.RawStream(true));
        bench.AdvanceTo(32);

        // The engine takes samples by pairs: this one must pair them as the sensor's did, from the first that it got.
        var samples = Samples([.. raw.Values.Select(value => Decode(value.Value))]);
        samples = samples[(int)((samples[0].Number - sensor().Sampler.LostSamples) % 2)..];
        var engine = new GaitEngine(Mount.Identity, FootSide.Unknown);
        engine.Gap(samples[0].Number);
        var found = new List<Stride>();
        foreach (var (_, values) in samples)
        {
            if (engine.Add(values[0], values[1], values[2], values[3], values[4], values[5]))
            {
                found.Add(engine.TakeStride());
            }
        }

        Assert.True(found.Count > 15);
        foreach (var (again, told) in found.Zip(strides.Strides))
        {
            // This engine has seen the foot rest a second less, so its bias differs by a hair: numbers may differ by
            // a rounding, and lengths, which add it up twice, by some millimetres of 600.
            Assert.Equal(told.Direction, again.Direction);
            Assert.Equal(told.Landing, again.Landing);
            Assert.InRange((int)(again.ContactMilliseconds - told.ContactMilliseconds), -1, 1);
            Assert.InRange(again.SwingMilliseconds - told.SwingMilliseconds, -1, 1);
            Assert.InRange(again.FootStrikeHalfDegrees - told.FootStrikeHalfDegrees, -1, 1);
            Assert.InRange(again.LengthMillimeters - told.LengthMillimeters, -5, 5);
        }
    }

    [Fact]
    public void Nothing_is_streamed_before_it_is_asked_for_nor_to_the_next_central()
    {
        using var bench = new Bench(Bench.Standing());
        bench.Connect();
        var heard = bench.HearOwn(Uuids.RawMotion);
        bench.Advance(2);
        Assert.Empty(heard.Values);
        bench.Command(ControlCommand.RawStream(true));
        bench.Advance(1);
        Assert.NotEmpty(heard.Values);

        bench.Device.Radio.DropLink();
        bench.Advance(1);
        bench.Connect();
        heard = bench.HearOwn(Uuids.RawMotion);
        bench.Advance(2);

        Assert.Empty(heard.Values);
    }

    [Fact]
    public void A_lost_sample_shows_as_a_hole_in_the_numbers_as_wide_as_the_loss()
    {
        // Steep enough for a force that is not that of a chip at rest: such a chip is not believed.
        double[] countsPerSample = [9, -15, 21, 11, -13, 17];
        using var bench = new Bench(new Ramp(countsPerSample), Quiet);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.RawMotion);
        bench.Command(ControlCommand.RawStream(true));
        bench.AdvanceTo(6);
        bench.Device.Chip.Unplug();
        bench.Advance(2);
        bench.Device.Chip.Replug();
        bench.AdvanceTo(14);

        var samples = Samples([.. heard.Values.Select(value => Decode(value.Value))]);
        var holes = samples.Zip(samples.Skip(1)).Where(pair => pair.Second.Number != pair.First.Number + 1).ToArray();
        var (before, after) = Assert.Single(holes);
        Assert.InRange(after.Number - before.Number, 190u, 340u);
        for (var axis = 0; axis < 6; axis++)
        {
            // The numbers are estimated from the clock across the hole: right to a few samples.
            var step = after.Values[axis] - before.Values[axis];
            Assert.InRange(step / countsPerSample[axis] - (after.Number - before.Number), -4, 4);
        }
    }

    private static (uint Number, short[] Values)[] Samples(RawMotion[] packets) =>
    [
        .. packets.SelectMany(packet => Enumerable.Range(0, packet.Count).Select(i =>
            (packet.FirstSample + (uint)i,
                Enumerable.Range(0, RawMotion.Axes).Select(axis => packet.Get(i, axis)).ToArray()))),
    ];

    private static RawMotion Decode(byte[] value)
    {
        var motion = RawMotion.Decode(value, out var error);
        Assert.Equal(DecodeError.None, error);
        return motion;
    }

    /// <summary>A chip whose six values climb steadily, in counts a sample of 10 ms.</summary>
    private sealed class Ramp(double[] countsPerSample) : IMotionSource
    {
        public Motion At(double seconds)
        {
            double Value(int axis) => countsPerSample[axis] * seconds * 100 / (axis < 3 ? 2048 : 16.384);
            return new Motion(Value(0), Value(1), Value(2), Value(3), Value(4), Value(5));
        }
    }
}
