using Backstep.Gait;

namespace Backstep.Files.Recording;

/// <summary>The little vector arithmetic that mounts need.</summary>
internal static class Vectors
{
    public static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    public static double[] Cross(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];

    public static double[] Normalised(double[] a)
    {
        double length = Math.Sqrt(Dot(a, a));
        return [a[0] / length, a[1] / length, a[2] / length];
    }

    public static Mount ToMount(double[] x, double[] y, double[] z) => new(
        (float)x[0], (float)x[1], (float)x[2], (float)y[0], (float)y[1], (float)y[2], (float)z[0], (float)z[1],
        (float)z[2]);
}
