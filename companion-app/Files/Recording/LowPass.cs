namespace Backstep.Files.Recording;

/// <summary>
/// The chip's digital low-pass (MPU-6000/6050 register map 4.2, CONFIG, DLPF_CFG 3: 44 Hz, delay 4.9 ms, at 1 kHz) as a
/// second-order Butterworth filter: the lowest order with that corner and that delay (sqrt(2) / (2 pi 44 Hz) = 5.1 ms).
/// One channel.
/// </summary>
public struct LowPass
{
    /// <summary>-3 dB corner in Hz.</summary>
    public const double CornerHertz = 44;

    /// <summary>Rate at which <see cref="Next"/> must be called.</summary>
    public const int RateHertz = 1000;

    /// <summary>How much later a slow signal comes out, in ms: sqrt(2) / (2 pi 44 Hz).</summary>
    public const double DelayMilliseconds = 5.12;

    // Bilinear transform with the corner prewarped.
    private static readonly double K = Math.Tan(Math.PI * CornerHertz / RateHertz);
    private static readonly double Norm = 1 / (1 + (Math.Sqrt(2) * K) + (K * K));
    private static readonly double B0 = K * K * Norm;
    private static readonly double B1 = 2 * B0;
    private static readonly double A1 = 2 * ((K * K) - 1) * Norm;
    private static readonly double A2 = (1 - (Math.Sqrt(2) * K) + (K * K)) * Norm;

    private double _s1;
    private double _s2;

    /// <summary>As if the input had always been this: no start-up swing.</summary>
    public void Settle(double input)
    {
        _s1 = input * (1 - B0);
        _s2 = input * (B0 - A2);
    }

    /// <summary>One tick.</summary>
    public double Next(double input)
    {
        double output = (B0 * input) + _s1;
        _s1 = (B1 * input) - (A1 * output) + _s2;
        _s2 = (B0 * input) - (A2 * output);
        return output;
    }
}
