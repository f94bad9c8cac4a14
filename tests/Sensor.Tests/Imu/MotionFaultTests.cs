using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Board;
using Backstep.Sensor.Imu;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Tests.Imu;

/// <summary>
/// What can go wrong between the chip and the program, put into the middle of a walk. Each fault is found, counted and
/// mended; strides outside it are there, and none is made across it.
/// </summary>
public sealed class MotionFaultTests
{
    private const double FaultSeconds = 20;

    [Fact]
    public void The_chip_is_set_up_as_the_data_sheet_numbers_say()
    {
        using var bench = Bench.Open(Bench.Standing(), out var sensor);

        Assert.Equal(
            (9, 0x03, 0x18, 0x18, 0x78, 0x40, 0x01),
            (Peek(bench, 0x19), Peek(bench, 0x1A), Peek(bench, 0x1B), Peek(bench, 0x1C), Peek(bench, 0x23),
                Peek(bench, 0x6A), Peek(bench, 0x6B)));
        Assert.True(sensor().Sampler.IsStreaming);
        Assert.Equal(1u, sensor().Sampler.BringUps);
    }

    [Fact]
    public void A_quiet_minute_has_no_fault_and_loses_no_sample()
    {
        using var bench = Bench.Open(Bench.Standing(), out var sensor);
        var lostAtStart = sensor().Sampler.LostSamples;

        bench.AdvanceTo(60);

        Assert.InRange(lostAtStart, 15u, 30u); // the 0.2 s of the bring-up
        Assert.Equal(lostAtStart, sensor().Sampler.LostSamples);
        AssertCounters(sensor().Sampler);
        Assert.Equal(0u, sensor().Faults);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_few_unanswered_transfers_cost_no_sample(int transfers)
    {
        var walk = WalkWithFault(bench => bench.Device.Chip.NakNext(transfers));

        AssertCounters(walk.Sampler, misses: (uint)transfers);
        Assert.Empty(walk.Holes);
    }

    [Fact]
    public void A_transfer_that_breaks_off_restarts_the_fifo()
    {
        // The next transfer is that of the count or of the samples, as it falls: in both cases the FIFO is emptied and
        // aligned anew.
        var walk = WalkWithFault(bench => bench.Device.Chip.BreakNext(1));

        // What waited is lost: 200 ms, and what comes until the restart is through.
        AssertCounters(walk.Sampler, broken: 1);
        Assert.InRange(Assert.Single(walk.Holes), 1u, 22u);
    }

    [Fact]
    public void A_chip_pulled_out_and_put_back_is_found_within_a_second_and_brought_up_anew()
    {
        var walk = WalkWithFault(bench =>
        {
            bench.Device.Chip.Unplug();
            bench.Advance(5);
            bench.Device.Chip.Replug();
        });

        AssertCounters(walk.Sampler, bringUps: 2, misses: 5);
        Assert.InRange(Assert.Single(walk.Holes), 490u, 640u);
    }

    [Fact]
    public void A_chip_that_has_forgotten_its_settings_is_noticed_within_a_second_or_so()
    {
        var walk = WalkWithFault(bench => bench.Device.Chip.BrownOut());

        AssertCounters(walk.Sampler, bringUps: 2, brownOuts: 1, mostMisses: 4);
        Assert.InRange(Assert.Single(walk.Holes), 15u, 140u);
    }

    [Fact]
    public void A_stuck_bus_overruns_the_fifo_and_is_recovered_from_when_it_lets_go()
    {
        var walk = WalkWithFault(bench =>
        {
            bench.Device.Chip.BusStuck = true;
            bench.Advance(3);
            bench.Device.Chip.BusStuck = false;
        });

        Assert.True(walk.Sampler.BrokenTransfers > 0);
        Assert.True(walk.Sampler.BringUps == 2);
        Assert.InRange(Assert.Single(walk.Holes), 290u, 650u);
    }

    [Fact]
    public void A_stall_of_the_program_short_of_the_fifo_costs_nothing()
    {
        var walk = WalkWithFault(bench => bench.Stall(0.6));

        AssertCounters(walk.Sampler);
        Assert.Empty(walk.Holes);
    }

    [Fact]
    public void A_stall_longer_than_the_fifo_overflows_it_and_only_what_it_could_not_hold_is_lost()
    {
        var walk = WalkWithFault(bench => bench.Stall(2));

        AssertCounters(walk.Sampler, overflows: 1);
        Assert.InRange(Assert.Single(walk.Holes), 190u, 215u);
    }

    [Fact]
    public void An_exception_from_below_is_counted_shown_and_outlived()
    {
        var walker = Bench.Backward(60);
        var source = new Faulty(walker);
        using var bench = Bench.Open(source, out var sensor);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(FaultSeconds);
        source.IsBroken = true;
        bench.Advance(0.2);
        source.IsBroken = false;

        // One each turn of 100 ms, of which 0.2 s hold two or three; the passes in between do not come so far.
        Assert.InRange(sensor().Faults, 1u, 3u);
        Assert.True(Flickers(bench));
        bench.AdvanceTo(60);

        Assert.False(Flickers(bench));
        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.True(heard.Strides.Length > walker.Strides.Count * 9 / 10);
    }

    [Fact]
    public void A_listener_that_throws_leaves_a_gap_and_not_a_torn_walk()
    {
        var listener = new ThrowsOnce(5);
        MotionSampler? sampler = null;
        var walker = Bench.Backward(30);
        using var device = new VirtualDevice(walker, null, (clock, _) =>
        {
            var chip = new MotionChip(clock, Pins.DevKit());
            sampler = new MotionSampler(clock, chip, new MotionFeed(listener), new RawMotionBuffer());
            while (true)
            {
                try
                {
                    sampler.Drain();
                }
                catch (InvalidOperationException)
                {
                    listener.Thrown++;
                }

                clock.Sleep(20);
            }
        });

        device.Advance(TimeSpan.FromSeconds(35));

        Assert.Null(device.Fault);
        Assert.Equal(1, listener.Thrown);
        Assert.Equal(1u, sampler!.BringUps);
        Bench.AssertNumbered(listener.Strides);
        Bench.AssertWalked(walker, listener.Strides);
        // The walk begins anew behind the gap: the next stride has no stride time, the one after it has.
        Assert.Equal(Stride.Missing, listener.Strides[5].StrideMilliseconds);
        Assert.NotEqual(Stride.Missing, listener.Strides[6].StrideMilliseconds);
    }

    [Theory]
    [InlineData(0x68, 0x1C, "MPU-6050 does not keep its settings")]
    [InlineData(0x70, 0x1D, "MPU-6500 does not keep its settings")]
    [InlineData(0x55, 0x19, "motion chip 0x55 does not keep its settings")]
    public void A_chip_that_does_not_keep_its_settings_is_named_and_not_believed(
        byte whoAmI, byte register, string description)
    {
        using var bench = Bench.Open(
            Bench.Backward(20),
            out var sensor,
            new VirtualDeviceOptions { Chip = new ChipOptions { WhoAmI = whoAmI, ForgetfulRegister = register } });
        bench.Connect();
        var strides = bench.HearOwn(Uuids.Stride);
        var rsc = bench.Hear(Uuids.RunningSpeedAndCadence, Uuids.RscMeasurement);
        bench.AdvanceTo(25);

        Assert.False(sensor().Sampler.IsStreaming);
        Assert.Equal(description, bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
        Assert.Empty(strides.Values);
        Assert.InRange(rsc.Values.Count, 21, 25);
        Assert.True(Flickers(bench));
        Assert.Equal(0u, sensor().Faults);
    }

    [Fact]
    public void An_MPU_6500_is_known_and_measures_as_well()
    {
        var walker = Bench.Backward(30);
        using var bench = Bench.Open(
            walker, out var sensor,
            new VirtualDeviceOptions { Chip = new ChipOptions { WhoAmI = VirtualMotionChip.Mpu6500Identity } });
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(20);
        // needs the whole kilobyte of FIFO: 0.85 s, of which up to 0.2 s were waiting when the stall began
        bench.Stall(0.6);
        bench.AdvanceTo(35);

        AssertCounters(sensor().Sampler);
        Assert.Equal("MPU-6500", bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
        Assert.Equal(0x43, Peek(bench, 0x1D));
        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.InRange(heard.Strides.Length, walker.Strides.Count * 95 / 100, walker.Strides.Count);
    }

    [Fact]
    public void Without_a_chip_the_sensor_lives_and_finds_it_when_it_is_plugged_in()
    {
        using var bench = Bench.Open(Bench.Backward(40), out var sensor);
        bench.Device.Chip.Unplug();
        bench.Device.PowerOff();
        bench.Device.PowerOn();
        bench.Advance(4);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        Assert.False(sensor().Sampler.IsStreaming);
        Assert.Equal("no motion chip answers", bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));

        bench.Device.Chip.Replug();
        bench.Advance(1.5);

        Assert.True(sensor().Sampler.IsStreaming);
        Assert.Equal("MPU-6050", bench.ReadText(GattCharacteristicUuids.HardwareRevisionString));
        Assert.Empty(heard.Values);
    }

    [Fact]
    public void A_session_goes_on_counting_time_while_the_chip_is_away()
    {
        using var bench = Bench.Open(Bench.Backward(20), out _);
        bench.Connect();
        bench.AdvanceTo(15);
        var before = bench.ReadSession().ElapsedSeconds;
        var at = bench.Seconds;
        bench.Device.Chip.Unplug();
        bench.Advance(20);

        var session = bench.ReadSession();

        Assert.Equal(SessionState.Paused, session.State);
        Assert.InRange(session.ElapsedSeconds - before, bench.Seconds - at - 2.2, bench.Seconds - at + 1);
    }

    [Fact]
    public void Two_minutes_of_random_faults_end_with_a_sensor_that_works_and_no_invented_stride()
    {
        var walker = Bench.Backward(150, seed: 7);
        var random = new Random(42);
        using var bench = Bench.Open(walker, out var sensor);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        bench.AdvanceTo(10);
        while (bench.Seconds < 130)
        {
            switch (random.Next(5))
            {
                case 0:
                    bench.Device.Chip.NakNext(random.Next(1, 8));
                    break;
                case 1:
                    bench.Device.Chip.BreakNext(random.Next(1, 3));
                    break;
                case 2:
                    bench.Device.Chip.BrownOut();
                    break;
                case 3:
                    bench.Device.Chip.Unplug();
                    bench.Advance(random.NextDouble() * 2);
                    bench.Device.Chip.Replug();
                    break;
                default:
                    bench.Stall(random.NextDouble() * 1.5);
                    break;
            }

            bench.Advance(1 + random.NextDouble() * 4);
        }

        bench.AdvanceTo(135);
        var countBefore = heard.Strides.Length;
        bench.AdvanceTo(155);

        Assert.True(sensor().Sampler.IsStreaming);
        Assert.Equal(0u, sensor().Faults);
        Bench.AssertNumbered(heard.Strides);
        // each gap is estimated to about half a sample; forty of them add up
        Bench.AssertWalked(walker, heard.Strides, 0.3);
        var calm = walker.Strides.Count(stride => stride.ClearanceSeconds > 135);
        Assert.InRange(heard.Strides.Length - countBefore, calm - 2, calm + 1);
    }

    private static byte Peek(Bench bench, byte register) => bench.Device.Chip.Peek(register);

    private static bool Flickers(Bench bench)
    {
        var changes = 0;
        void Count(bool lit) => changes++;
        bench.Device.Pins.LedChanged += Count;
        bench.Advance(2);
        bench.Device.Pins.LedChanged -= Count;

        // A chip that is there, but not fit, is brought up again every second, which holds the light for a moment.
        return changes >= 12;
    }

    private static void AssertCounters(
        MotionSampler sampler, uint bringUps = 1, uint misses = 0, uint broken = 0, uint overflows = 0,
        uint brownOuts = 0, uint mostMisses = 0) =>
        Assert.Equal(
            (bringUps, misses, broken, overflows, brownOuts),
            (
                sampler.BringUps,
                misses == 0 && sampler.Misses <= mostMisses ? 0 : sampler.Misses,
                sampler.BrokenTransfers,
                sampler.Overflows,
                sampler.BrownOuts));

    /// <summary>A backward walk of a minute with a fault in its middle, and the checks that hold for every
    /// fault.</summary>
    private static (MotionSampler Sampler, uint[] Holes) WalkWithFault(Action<Bench> fault)
    {
        var walker = Bench.Backward(60);
        using var bench = Bench.Open(walker, out var sensor);
        bench.Connect();
        var heard = bench.HearOwn(Uuids.Stride);
        var raw = bench.HearOwn(Uuids.RawMotion);
        bench.Command(ControlCommand.RawStream(true));
        bench.AdvanceTo(FaultSeconds);
        fault(bench);
        var over = bench.Seconds + 2;
        bench.AdvanceTo(66);

        Assert.Equal(0u, sensor().Faults);
        Assert.True(sensor().Sampler.IsStreaming);
        Bench.AssertNumbered(heard.Strides);
        Bench.AssertWalked(walker, heard.Strides);
        Assert.All(heard.Strides, stride => Assert.NotEqual(Direction.Forward, stride.Direction));
        AssertHas(walker, heard.Strides, 0, FaultSeconds);
        AssertHas(walker, heard.Strides, over + 1.5, 66);

        var numbers = raw.Values.SelectMany(value =>
        {
            var packet = RawMotion.Decode(value.Value, out _);
            return Enumerable.Range(0, packet.Count).Select(i => packet.FirstSample + (uint)i);
        }).ToArray();
        var holes = numbers.Zip(numbers.Skip(1), (earlier, later) => later - earlier - 1).Where(hole => hole != 0)
            .ToArray();
        return (sensor().Sampler, holes);
    }

    /// <summary>All strides that lie wholly between two times were told, but for one in twenty.</summary>
    private static void AssertHas(Walker walker, Stride[] strides, double from, double to)
    {
        var walked = walker.Strides.Count(one => one.ClearanceSeconds > from && one.FootFlatSeconds < to);
        var told =
            strides.Count(
                one => one.ClearanceMilliseconds / 1000.0 + 0.5 > from - 0.1
                    && one.ContactMilliseconds / 1000.0 + 0.5 < to);
        Assert.InRange(told, walked * 95 / 100, walked + 1);
    }

    /// <summary>Notes strides, and throws after one of them.</summary>
    private sealed class ThrowsOnce(int after) : IStrideListener
    {
        public List<Stride> Strides { get; } = [];

        public int Thrown { get; set; }

        public void OnStride(Stride stride)
        {
            Strides.Add(stride);
            if (Strides.Count == after)
            {
                throw new InvalidOperationException("no");
            }
        }
    }

    /// <summary>A body whose chip breaks the driver: every transfer throws while it is broken.</summary>
    private sealed class Faulty(IMotionSource inner) : IMotionSource
    {
        public bool IsBroken { get; set; }

        public Motion At(double seconds) =>
            IsBroken ? throw new InvalidOperationException("broken") : inner.At(seconds);
    }
}
