using System.Device.I2c;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace VirtualSensor.Tests;

public sealed class BoardChip
{
    [Fact]
    public void Out_of_reset_the_chip_sleeps_and_samples_nothing() => BoardBench.Run(wire =>
    {
        Assert.Equal(0x40, wire.Read(0x6B));
        Assert.Equal(0x68, wire.Read(0x75));
        wire.Sleep(100);
        Assert.All(wire.ReadMotion(), value => Assert.Equal(0, value));

        wire.Write(0x6B, 0x01);
        wire.Sleep(10);
        Assert.Equal(16384, wire.ReadMotion()[2]);
    }).Dispose();

    [Fact]
    public void Device_reset_brings_every_register_back() => BoardBench.Run(wire =>
    {
        wire.StartFifo();
        wire.Sleep(200);
        Assert.True(wire.FifoCount() > 0);

        wire.Write(0x6B, 0x80);

        Assert.Equal(0x40, wire.Read(0x6B));
        Assert.Equal(new byte[4], wire.ReadBlock(0x19, 4));
        Assert.Equal(0, wire.Read(0x6A));
        Assert.Equal(0, wire.FifoCount());
    }).Dispose();

    [Theory]
    [InlineData(0x00, 16384, 131.072)]
    [InlineData(0x08, 8192, 65.536)]
    [InlineData(0x10, 4096, 32.768)]
    [InlineData(0x18, 2048, 16.384)]
    public void Ranges_scale_the_counts(byte range, int countsPerG, double countsPerDps) => BoardBench.Run(
        wire =>
        {
            wire.Write(0x6B, 0x01);
            wire.Write(0x1B, range, range);
            wire.Sleep(50);
            var motion = wire.ReadMotion();
            Assert.Equal(countsPerG / 2, motion[0]);
            Assert.Equal(-countsPerG, motion[2]);
            Assert.Equal((short)Math.Round(100 * countsPerDps), motion[4]);
        },
        new FunctionMotion(_ => new Motion(0.5, 0, -1, 0, 100, 0))).Dispose();

    [Fact]
    public void Beyond_the_range_the_counts_are_clipped() => BoardBench.Run(
        wire =>
        {
            wire.Write(0x6B, 0x01);
            wire.Write(0x1B, 0x18, 0x18);
            wire.Sleep(50);
            var motion = wire.ReadMotion();
            Assert.Equal([short.MaxValue, short.MinValue, short.MaxValue, short.MinValue],
                [motion[0], motion[1], motion[3], motion[4]]);
        },
        new FunctionMotion(_ => new Motion(17, -17, 0, 2100, -2100, 0))).Dispose();

    [Theory]
    [InlineData(0x68, 28.0, -2900)]
    [InlineData(0x70, 28.0, 2337)]
    public void Temperature_follows_the_formula_of_the_chip(byte whoAmI, double celsius, int raw) => BoardBench.Run(
        wire =>
        {
            wire.Write(0x6B, 0x01);
            wire.Sleep(50);
            Assert.Equal(raw, Wire.Word(wire.ReadBlock(0x41, 2), 0));
        },
        options: BoardBench.QuietOptions with { Chip = BoardBench.Quiet with { WhoAmI = whoAmI,
            TemperatureCelsius = celsius } }).Dispose();

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(4, 200)]
    [InlineData(9, 100)]
    [InlineData(99, 10)]
    public void The_fifo_fills_at_the_sample_rate_of_the_chip_not_of_the_reader(byte divider, int hertz) =>
        BoardBench.Run(wire =>
    {
        wire.StartFifo(divider);
        var total = 0;
        for (var i = 0; i < 50; i++)
        {
            wire.Sleep(i % 7 == 0 ? 70 : 10); // an uneven reader
            var count = wire.FifoCount();
            Assert.Equal(0, count % 12);
            wire.ReadBlock(0x74, count == 0 ? 1 : count);
            total += count / 12;
        }

        // 50 sleeps: 8 of 70 ms and 42 of 10 ms; the transfers take time as well.
        Assert.InRange(total, (hertz * 0.98) - 1, (hertz * 1.35) + 1);
    }).Dispose();

    [Fact]
    public void Without_the_filter_the_gyro_rate_of_8_kHz_paces_the_output() => BoardBench.Run(wire =>
    {
        wire.Write(0x6B, 0x01);
        wire.Write(0x19, 79, 0x00);
        wire.Write(0x23, 0x08);
        wire.Write(0x6A, 0x40);
        var before = wire.FifoCount();
        wire.Sleep(500);
        Assert.InRange((wire.FifoCount() - before) / 6, 49, 51); // 8 kHz / 80 = 100 Hz
    }).Dispose();

    [Fact]
    public void A_clock_that_is_1_percent_fast_gives_1_percent_more_samples() => BoardBench.Run(
        wire =>
        {
            wire.StartFifo(99);
            wire.Sleep(1000);
            var first = wire.FifoCount() / 12;
            wire.Sleep(4000);
            Assert.Equal(10, first);
            Assert.Equal(50, wire.FifoCount() / 12);
            wire.ReadBlock(0x74, 600);
            wire.Sleep(5000);
            Assert.Equal(51, wire.FifoCount() / 12); // 101 in 10 s
        },
        options: BoardBench.QuietOptions with { Chip = BoardBench.Quiet with { ClockError = 0.01 } }).Dispose();

    [Fact]
    public void The_fifo_holds_the_samples_in_register_order_oldest_first() => BoardBench.Run(
        wire =>
        {
            wire.Write(0x6B, 0x01);
            wire.Write(0x19, 9, 0x01, 0x18, 0x18);
            wire.Write(0x23, 0xF8);
            wire.Write(0x6A, 0x40);
            wire.Sleep(100);
            Assert.Equal(0, wire.FifoCount() % 14);
            var sample = wire.ReadBlock(0x74, 14);
            Assert.Equal([1 * 2048, 2 * 2048, 3 * 2048],
                [Wire.Word(sample, 0), Wire.Word(sample, 2), Wire.Word(sample, 4)]);
            Assert.Equal(-2900, Wire.Word(sample, 6));
            Assert.Equal([164, 328, 492], [Wire.Word(sample, 8), Wire.Word(sample, 10), Wire.Word(sample, 12)]);
        },
        new FunctionMotion(_ => new Motion(1, 2, 3, 10, 20, 30))).Dispose();

    [Fact]
    public void A_full_fifo_drops_its_oldest_bytes_and_says_so_until_asked()
    {
        using var device = BoardBench.Run(wire =>
        {
            wire.StartFifo();
            wire.Sleep(800);
            Assert.Equal(0, wire.Read(0x3A) & 0x10);
            wire.Sleep(1200);

            Assert.Equal(1024, wire.FifoCount());
            Assert.Equal(0x10, wire.Read(0x3A) & 0x10);
            wire.ReadBlock(0x74, 1020);
            wire.Sleep(20);
            Assert.Equal(0, wire.Read(0x3A) & 0x10); // it was cleared by the read, and nothing was lost since
        });

        // 2 s and the time of the transfers at 100 Hz: 200 to 203 samples of 12 bytes, of which 1024 bytes stayed.
        Assert.InRange(device.Chip.FifoBytesLost, (200 * 12) - 1024, (203 * 12) - 1024);
    }

    [Fact]
    public void After_an_overflow_whole_samples_are_no_longer_aligned() => BoardBench.Run(
        wire =>
        {
            wire.StartFifo();
            wire.Sleep(2000);
            var bytes = wire.ReadBlock(0x74, 1024);

            // 1024 is 85 samples and 4 bytes: the first 4 bytes are the end of a sample that was cut.
            Assert.Equal(0, Wire.Word(bytes, 0));
            Assert.Equal(2048, Wire.Word(bytes, 4 + 4));
            Assert.Equal(2048, Wire.Word(bytes, 4 + 12 + 4));
        }).Dispose();

    [Fact]
    public void Reading_the_high_byte_of_the_count_latches_the_low_byte() => BoardBench.Run(wire =>
    {
        wire.StartFifo(0);
        wire.Sleep(20);
        var latched = wire.FifoCount();
        wire.Sleep(10);
        Assert.Equal(latched & 0xFF, wire.Read(0x73));
        Assert.NotEqual(latched & 0xFF, wire.FifoCount() & 0xFF);
    }).Dispose();

    [Fact]
    public void An_empty_fifo_repeats_its_last_byte() => BoardBench.Run(
        wire =>
        {
            wire.StartFifo();
            wire.Sleep(12);
            wire.Write(0x23, 0); // nothing more goes in
            var count = wire.FifoCount();
            Assert.True(count > 0);
            var last = wire.ReadBlock(0x74, count)[^1];
            Assert.NotEqual(0, last);
            Assert.All(wire.ReadBlock(0x74, 5), value => Assert.Equal(last, value));
            Assert.Equal(0, wire.FifoCount());
        },
        new FunctionMotion(_ => new Motion(0, 0, 1, 0, 0, 7))).Dispose();

    [Fact]
    public void Fifo_reset_is_heeded_only_while_the_fifo_is_off() => BoardBench.Run(wire =>
    {
        wire.StartFifo();
        wire.Sleep(100);
        wire.Write(0x6A, 0x44);
        Assert.True(wire.FifoCount() > 0);
        Assert.Equal(0x40, wire.Read(0x6A)); // the reset bit clears itself
        wire.Write(0x6A, 0x04);
        Assert.Equal(0, wire.FifoCount());
    }).Dispose();

    [Fact]
    public void A_burst_walks_through_the_registers_and_read_only_ones_stay() => BoardBench.Run(wire =>
    {
        wire.Write(0x19, 1, 2, 3, 4);
        Assert.Equal([1, 2, 3, 4], wire.ReadBlock(0x19, 4));
        wire.Write(0x75, 0x11);
        Assert.Equal(0x68, wire.Read(0x75));
    }).Dispose();

    [Theory]
    [InlineData(1, 184, 2.0)]
    [InlineData(2, 94, 3.0)]
    [InlineData(3, 44, 4.9)]
    [InlineData(4, 21, 8.5)]
    public void The_low_pass_has_the_bandwidth_and_delay_of_the_data_sheet(int number, double hertz,
        double milliseconds)
    {
        // A slow sine shows the delay, a sine at the corner frequency the loss of 3 dB.
        Assert.Equal(milliseconds, PhaseDelayMilliseconds(number, 1), 0.15);
        Assert.Equal(Math.Sqrt(0.5), Gain(number, hertz), 0.035);
        Assert.Equal(1, Gain(number, 1), 0.005);
    }

    [Fact]
    public void Noise_is_that_of_the_data_sheet()
    {
        var values = Record(3, 4000, _ => new Motion(0, 0, 0, 0, 0, 0), BoardBench.Quiet with { NoiseFactor = 1 });
        var sigma = Math.Sqrt(values.Average(v => v * v)) / 16384;

        // 400 ug/rtHz through one pole at 44 Hz, whose noise bandwidth is pi/2 times that: 3.3 mg.
        Assert.InRange(sigma, 0.0028, 0.0038);
    }

    [Fact]
    public void Bias_comes_from_the_seed()
    {
        static short[] Rest(int seed)
        {
            short[] motion = [];
            BoardBench.Run(
                wire =>
                {
                    wire.Write(0x6B, 0x01);
                    wire.Sleep(100);
                    motion = wire.ReadMotion();
                },
                options: BoardBench.QuietOptions with { Seed = seed, Chip = new ChipOptions { NoiseFactor = 0 } })
                    .Dispose();
            return motion;
        }

        Assert.Equal(Rest(5), Rest(5));
        Assert.NotEqual(Rest(5), Rest(6));
        Assert.InRange(Rest(5)[2], 16384 - 1500, 16384 + 1500);
    }

    [Fact]
    public void Data_ready_pulses_the_interrupt_line_or_latches_it_until_the_status_is_read()
    {
        using var device = BoardBench.Device((clock, _) =>
        {
            var wire = new Wire(clock);
            wire.Write(0x6B, 0x01);
            wire.Write(0x19, 9, 0x03);
            wire.Write(0x37, 0x20, 0x01);
            clock.Sleep(500);
            wire.Read(0x3A);
            wire.Write(0x38, 0x00);
            wire.Read(0x3A);
        });
        device.Advance(TimeSpan.FromMilliseconds(300));
        Assert.True(device.Chip.InterruptPin);
        device.Advance(TimeSpan.FromMilliseconds(600));
        device.RethrowFault();
        Assert.False(device.Chip.InterruptPin);
    }

    [Fact]
    public void Motion_is_detected_after_the_high_pass_not_by_gravity()
    {
        // At rest for 2 s, then shaken.
        using var device = BoardBench.Device(
            (clock, _) =>
            {
                var wire = new Wire(clock);
                wire.Write(0x6B, 0x01);
                wire.Write(0x1C, 0x01); // 2 g, high-pass at 5 Hz
                wire.Write(0x1F, 5, 2); // 160 mg for 2 ms
                wire.Write(0x37, 0x20, 0x40); // latched, motion only
            },
            new FunctionMotion(t => new Motion(0, t < 2 ? 0 : 0.5 * Math.Sin(2 * Math.PI * 10 * t), 1, 0, 0, 0)));
        device.Advance(TimeSpan.FromSeconds(1.9));
        device.RethrowFault();
        Assert.False(device.Chip.InterruptPin);
        device.Advance(TimeSpan.FromSeconds(0.3));
        Assert.True(device.Chip.InterruptPin);
    }

    [Fact]
    public void An_mpu_6500_answers_0x70_is_awake_and_has_its_fifo_size_and_filter_in_0x1D() => BoardBench.Run(
        wire =>
        {
            Assert.Equal(0x70, wire.Read(0x75));
            Assert.Equal(0x01, wire.Read(0x6B));
            wire.StartFifo();
            wire.Sleep(2000);
            Assert.Equal(512, wire.FifoCount());
            wire.Write(0x1D, 0x43);
            wire.Sleep(2000);
            Assert.Equal(1024, wire.FifoCount());
        },
        options: BoardBench.QuietOptions with { Chip = BoardBench.Quiet with { WhoAmI = 0x70 } }).Dispose();

    [Fact]
    public void The_fifo_bytes_do_not_depend_on_when_they_are_read()
    {
        static byte[] Collect(int pause)
        {
            List<byte> bytes = [];
            BoardBench.Run(
                wire =>
                {
                    wire.StartFifo();
                    while (bytes.Count < 1200)
                    {
                        wire.Sleep(pause);
                        var count = wire.FifoCount();
                        bytes.AddRange(count == 0 ? [] : wire.ReadBlock(0x74, count));
                    }
                },
                new FunctionMotion(t => new Motion(Math.Sin(t * 9), Math.Cos(t * 5), 1, 100 * Math.Sin(t * 3), 0, t)),
                BoardBench.QuietOptions with { Chip = new ChipOptions() }).Dispose();
            return [.. bytes.Take(1200)];
        }

        Assert.Equal(Collect(10), Collect(130));
    }

    /// <summary>X acceleration in counts of 2 g, at 1 kHz after it has settled.</summary>
    private static short[] Record(int filter, int samples, Func<double, Motion> motion, ChipOptions? chip = null)
    {
        List<short> values = [];
        BoardBench.Run(
            wire =>
            {
                wire.Write(0x6B, 0x01);
                wire.Write(0x19, 0, (byte)filter, 0, 0);
                wire.Write(0x23, 0x08);
                wire.Sleep(200);
                wire.Write(0x6A, 0x40);
                while (values.Count < samples)
                {
                    wire.Sleep(50);
                    var bytes = wire.ReadBlock(0x74, wire.FifoCount());
                    for (var i = 0; i < bytes.Length; i += 6)
                    {
                        values.Add(Wire.Word(bytes, i));
                    }
                }
            },
            new FunctionMotion(motion),
            BoardBench.QuietOptions with { Chip = chip ?? BoardBench.Quiet }).Dispose();
        return [.. values.Take(samples)];
    }

    private static double Gain(int filter, double hertz)
    {
        var values = Record(filter, 1000, t => new Motion(Math.Sin(2 * Math.PI * hertz * t), 0, 0, 0, 0, 0));
        return Math.Sqrt(values.Average(v => (double)v * v) * 2) / 16384;
    }

    // Correlates with the sine of 1 s at 1 kHz; the phase of the input at the first sample comes from the unfiltered
    // twin (filter 0, delay 0.35 ms of its own pole).
    private static double PhaseDelayMilliseconds(int filter, double hertz)
    {
        double Phase(int number)
        {
            var values = Record(number, 1000, t => new Motion(Math.Sin(2 * Math.PI * hertz * t), 0, 0, 0, 0, 0));
            double real = 0, imaginary = 0;
            for (var i = 0; i < values.Length; i++)
            {
                real += values[i] * Math.Cos(2 * Math.PI * hertz * i / 1000);
                imaginary += values[i] * Math.Sin(2 * Math.PI * hertz * i / 1000);
            }

            return Math.Atan2(real, imaginary);
        }

        var lag = Phase(1) - Phase(filter);
        return (lag / (2 * Math.PI * hertz) * 1000) + 2.0;
    }
}
