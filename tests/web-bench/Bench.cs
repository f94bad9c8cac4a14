using System.Globalization;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.WebBench;

/// <summary>What a browser is asked for.</summary>
[SupportedOSPlatform("browser")]
public static partial class Bench
{
    private static MotionCounts[] _samples = [];
    private static Mount _mount = Mount.Identity;

    /// <summary>As <see cref="DecoderVerdicts.Of"/>; the digest as 16 hexadecimal digits.</summary>
    [JSExport]
    public static string Verdicts(int seed, int from, int count, string frames, string digest) =>
        DecoderVerdicts.Of((uint)seed, from, count, DecoderVerdicts.FramesOf(frames),
            ulong.Parse(digest, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Walks backward for so many seconds, at 100 Hz, for <see cref="RunEngine"/>.</summary>
    [JSExport]
    public static void Walk(int seconds)
    {
        var walker = new Walker([new Stand(3), new Walk(WalkParameters.Backward(0.7), seconds - 6), new Stand(3)],
            new WalkerSettings { Seed = 1 });
        _mount = walker.Mount;
        _samples = Sampler.Sample(walker, seconds, new SamplerOptions { Seed = 1 });
    }

    /// <summary>The gait engine alone, from the chip's integers to strides.</summary>
    /// <returns>How many.</returns>
    [JSExport]
    public static int RunEngine()
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

        return strides;
    }
}
