using Backstep.Gait;

namespace Backstep.VirtualSensor.Walker;

/// <summary>One sample as the chip's registers would give it, in counts of <see cref="MotionScale"/>.</summary>
public readonly record struct MotionCounts(short Ax, short Ay, short Az, short Gx, short Gy, short Gz);

/// <summary>How far from perfect the sampled chip is.</summary>
public sealed record SamplerOptions
{
    /// <summary>Every random number follows from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>White noise as a multiple of the data sheet's (400 µg/√Hz, 0.005 deg/s/√Hz; MPU-6000/6050 product
    /// specification 3.4, 6.1 and 6.2). 0 for none.</summary>
    public double NoiseFactor { get; init; } = 1;

    /// <summary>Constant error of the gyroscope, deg/s, in chip axes.</summary>
    public Vector3D GyroscopeBiasDps { get; init; }

    /// <summary>What the gyroscope's error changes by at <see cref="GyroscopeBiasStepAtSeconds"/>, deg/s, in chip
    /// axes.</summary>
    public Vector3D GyroscopeBiasStepDps { get; init; }

    /// <summary>When it steps, s.</summary>
    public double GyroscopeBiasStepAtSeconds { get; init; }

    /// <summary>
    /// How the gyroscope's error drifts, deg/s in a minute, in chip axes: the chip warms up, or cools on the way out of
    /// the door. Its zero moves by 20 deg/s over the 65 degrees from room to cold or to heat (MPU-6000/6050 product
    /// specification 3.4, 6.1), so by 0.3 deg/s a degree.
    /// </summary>
    public Vector3D GyroscopeDriftDpsPerMinute { get; init; }

    /// <summary>Error of the accelerometer at the start, g, in chip axes.</summary>
    public Vector3D AccelerometerBiasG { get; init; }

    /// <summary>
    /// How it drifts, g in a minute, in chip axes, as the chip warms up or cools: 35 mg on x and y, 60 mg on z, from
    /// the 25 degrees of the data sheet to 0 or 70 (MPU-6000/6050 product specification 3.4, 6.2), so some 10 mg in a
    /// session that begins cold.
    /// </summary>
    public Vector3D AccelerometerDriftGPerMinute { get; init; }

    /// <summary>The chip's low-pass at 44 Hz, as a second-order Butterworth filter run at 1 kHz (about 5 ms late, as
    /// the chip). Off: the motion at the very instant.</summary>
    public bool LowPass { get; init; } = true;

    /// <summary>The accelerometer's error at a time in s, g in chip axes.</summary>
    public Vector3D AccelerometerErrorAt(double seconds) =>
        AccelerometerBiasG + (AccelerometerDriftGPerMinute * (seconds / 60));

    /// <summary>The gyroscope's error at a time in s, deg/s in chip axes.</summary>
    public Vector3D GyroscopeErrorAt(double seconds) =>
        GyroscopeBiasDps + (GyroscopeDriftDpsPerMinute * (seconds / 60))
            + (seconds < GyroscopeBiasStepAtSeconds ? Vector3D.Zero : GyroscopeBiasStepDps);
}

/// <summary>The short way from a walker to what the gait engine eats, without a virtual chip in between.</summary>
public static class Sampler
{
    // The chip filters at 1 kHz (register map 4.2, register 25) with a bandwidth of 44 Hz (register 26, DLPF_CFG 3),
    // and has this noise a root Hz (MPU-6000/6050 product specification 3.4, 6.2 and 6.1).
    private const int Oversampling = 10;
    private const double BandwidthHertz = 44;
    private const double AccelerometerNoiseG = 400e-6;
    private const double GyroscopeNoiseDps = 0.005;

    /// <summary>Samples at 100 Hz from 0 to the given time; sample i is that of i * 10 ms.</summary>
    public static MotionCounts[] Sample(IMotionSource source, double seconds, SamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new SamplerOptions();
        var chance = new RandomSource(options.Seed);
        var filters = new LowPass[6];
        Array.Fill(filters, new LowPass(BandwidthHertz, MotionScale.SampleRateHertz * Oversampling));
        var samples = new MotionCounts[(int)(seconds * MotionScale.SampleRateHertz)];
        var accelerometerNoise = AccelerometerNoiseG * Math.Sqrt(BandwidthHertz) * options.NoiseFactor;
        var gyroscopeNoise = GyroscopeNoiseDps * Math.Sqrt(BandwidthHertz) * options.NoiseFactor;
        Span<double> now = stackalloc double[6];
        for (var i = 0; i < samples.Length; i++)
        {
            var end = i * Oversampling;
            for (var k = options.LowPass && i > 0 ? end - Oversampling + 1 : end; k <= end; k++)
            {
                var m = source.At(k / (double)(MotionScale.SampleRateHertz * Oversampling));
                (now[0], now[1], now[2], now[3], now[4], now[5]) = (m.AxG, m.AyG, m.AzG, m.GxDps, m.GyDps, m.GzDps);
                for (var c = 0; options.LowPass && c < 6; c++)
                {
                    now[c] = filters[c].Next(now[c]);
                }
            }

            short Accelerometer(double g, double bias) =>
                Counts((g + bias + (accelerometerNoise * chance.Normal())) * MotionScale.AccelerometerCountsPerG);
            short Gyroscope(double dps, double bias) =>
                Counts(
                    (dps + bias + (gyroscopeNoise * chance.Normal())) * MotionScale.GyroscopeCountsPerDegreePerSecond);
            var gyroscope = options.GyroscopeErrorAt(i / (double)MotionScale.SampleRateHertz);
            var accelerometer = options.AccelerometerErrorAt(i / (double)MotionScale.SampleRateHertz);
            samples[i] = new MotionCounts(
                Accelerometer(now[0], accelerometer.X),
                Accelerometer(now[1], accelerometer.Y),
                Accelerometer(now[2], accelerometer.Z),
                Gyroscope(now[3], gyroscope.X),
                Gyroscope(now[4], gyroscope.Y),
                Gyroscope(now[5], gyroscope.Z));
        }

        return samples;
    }

    private static short Counts(double counts) => (short)Math.Clamp(Math.Round(counts), short.MinValue, short.MaxValue);

    /// <summary>Second-order Butterworth by the bilinear transform, started in the steady state of its first
    /// input.</summary>
    private struct LowPass
    {
        private readonly double b, a1, a2;
        private double x1, x2, y1, y2;
        private bool started;

        public LowPass(double cutHertz, double rateHertz)
        {
            var k = Math.Tan(Math.PI * cutHertz / rateHertz);
            var norm = 1 / (1 + (Math.Sqrt(2) * k) + (k * k));
            b = k * k * norm;
            a1 = 2 * ((k * k) - 1) * norm;
            a2 = (1 - (Math.Sqrt(2) * k) + (k * k)) * norm;
        }

        public double Next(double x)
        {
            if (!started)
            {
                (x1, x2, y1, y2, started) = (x, x, x, x, true);
            }

            var y = (b * (x + (2 * x1) + x2)) - (a1 * y1) - (a2 * y2);
            (x2, x1, y2, y1) = (x1, x, y1, y);
            return y;
        }
    }
}
