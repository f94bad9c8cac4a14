using System.Globalization;
using System.Text;
using Backstep.Files.Recording;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;
using BenchmarkDotNet.Attributes;

namespace Backstep.Benchmarks;

/// <summary>One hour of backward walking on one core.</summary>
public class Throughput
{
    /// <summary>How much walking one run takes in.</summary>
    public const double Seconds = 3600;

    private MotionCounts[] _samples = [];
    private byte[] _csv = [];
    private Mount _mount = Mount.Identity;

    /// <summary>Walks the hour, and writes it down in the recording format as well.</summary>
    [GlobalSetup]
    public void Walk()
    {
        var walker = new Walker([new Stand(3), new Walk(WalkParameters.Backward(0.7), Seconds - 6), new Stand(3)],
            new WalkerSettings { Seed = 1 });
        _mount = walker.Mount;
        _samples = Sampler.Sample(walker, Seconds, new SamplerOptions { Seed = 1 });
        _csv = Csv(_samples);
    }

    /// <summary>The gait engine alone, from the chip's integers to strides.</summary>
    [Benchmark(Description = "gait engine, 360,000 samples")]
    public int Engine()
    {
        var engine = new GaitEngine(_mount, FootSide.Right);
        int strides = 0;
        foreach (ref readonly var s in _samples.AsSpan())
        {
            if (engine.Add(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz))
            {
                engine.TakeStride();
                strides++;
            }
        }

        return Walked(strides);
    }

    /// <summary>All of `backstep replay`: CSV text, resampling, low-pass, engine.</summary>
    [Benchmark(Description = "replay of a recording (CSV, 100 Hz)")]
    public int Replay()
    {
        using var reader = new MotionCsvReader(new MemoryStream(_csv, writable: false), "hour.csv");
        return Walked(Files.Recording.Replay.Run(reader, new ReplayOptions(MountSpec.Identity)).Strides.Count);
    }

    // 90 steps a minute with two feet are about 2,600 strides an hour: an engine that has stopped working is fast, too.
    private static int Walked(int strides) =>
        strides is > 2000 and < 4000 ? strides
            : throw new InvalidOperationException($"{strides} strides in an hour of walking: nothing to measure");

    private static byte[] Csv(MotionCounts[] samples)
    {
        var text = new StringBuilder(MotionColumns.Header).Append('\n');
        for (int i = 0; i < samples.Length; i++)
        {
            var s = samples[i];
            text.Append(
                string.Create(CultureInfo.InvariantCulture,
                    $"{i / (double)MotionScale.SampleRateHertz:0.00},{Force(s.Ax):0.00000},"
                    + $"{Force(s.Ay):0.00000},{Force(s.Az):0.00000},"))
                .Append(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{Rate(s.Gx):0.0000},{Rate(s.Gy):0.0000},{Rate(s.Gz):0.0000}\n"));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static double Force(short counts) => counts / MotionScale.AccelerometerCountsPerG;

    private static double Rate(short counts) => counts / MotionScale.GyroscopeCountsPerDegreePerSecond;
}
