using System.Globalization;
using Backstep.WebBench;

namespace Backstep.Benchmarks;

/// <summary><c>verdicts</c>: what every decoder says of many hostile payloads, as one number, for a browser to be held
/// against (tests/web-page).</summary>
internal static class VerdictsVerb
{
    public static int Run(string seed, string count, string framesFile)
    {
        ulong digest = DecoderVerdicts.Of(uint.Parse(seed, CultureInfo.InvariantCulture), 0,
            int.Parse(count, CultureInfo.InvariantCulture), DecoderVerdicts.FramesOf(File.ReadAllText(framesFile)),
            DecoderVerdicts.Begin);
        Console.WriteLine(digest.ToString("x16", CultureInfo.InvariantCulture));
        return 0;
    }
}
