using Backstep.Files.Recording;

namespace Backstep.Lab.Evaluation;

/// <summary>Whether a recording can be in the foot frame: then z points up in its first second, in which the foot
/// stands.</summary>
internal static class UprightAxis
{
    // A sensor in the foot frame that was levelled badly is off by half of this (17 degrees in a recording of motion
    // capture), one put on anyhow by more.
    private const double MostDegrees = 30;

    /// <summary>True when another axis than z is up. False where the foot does not stand at first: then nothing is
    /// known.</summary>
    public static bool IsNotZ(IReadOnlyList<MotionRow> rows)
    {
        var first = rows.TakeWhile(row => row.Seconds - rows[0].Seconds <= MountSpec.RestSeconds).ToList();
        if (first.Count == 0)
        {
            return false;
        }

        double x = first.Average(row => row.AxG), y = first.Average(row => row.AyG), z = first.Average(row => row.AzG);
        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        return length is > 0.9 and < 1.1 && z < length * Math.Cos(double.DegreesToRadians(MostDegrees));
    }
}
