using System.Globalization;
using Backstep.Gait;
using Backstep.Walks;

namespace Backstep.Files.Recording;

/// <summary>
/// Finds how the sensor sat from the recording itself: gravity in the first rest says which way is up, and a foot turns
/// mostly about its own y while it walks. Which end of that axis is left cannot be told from walking, for a sensor
/// turned half round feels forward as backward; it is assumed that the arrow pointed to the toes, so that the chip's y
/// pointed about left.
/// </summary>
public sealed class AutoMount
{
    /// <summary>How long the foot must rest: longer than any stance, in which it may be moving with a belt but not on a
    /// slope of its own.</summary>
    public const double RestSeconds = 0.8;

    // Around their own mean: a gyroscope that is off by 20 deg/s (MPU-6000/6050 product specification 3.4, 6.1) rests,
    // too.
    private const double StillRateDps = 10;
    private const double StillForceG = 0.15;

    // Slower than this, rms, nobody walks.
    private const double LeastTurningDps = 15;

    // The feet of the repository's recordings, all walking forward, turn 2.8 to 3.6 times as much about their y as
    // along; half of that is an axis without more ado.
    private const double ClearRatio = 1.5;

    // A toe clip walking backward turns 1.3 to 1.5 times as much. There a little turning about both at once moves the
    // main axis far (24 degrees at a correlation of 0.2), so it is no longer taken from the turning, but from where the
    // engine finds strides.
    private const double LeastRatio = 1.15;

    // Further from the chip's y than this the arrow was not where it belongs, and the sign is a toss.
    private const double ArrowDegrees = 45;

    // Where the strides are must be about where the turning is.
    private const double AgreeDegrees = 40;

    private AutoMount(Mount mount, double restFromSeconds, double ratio, double offArrowDegrees, int? strides)
    {
        (Mount, RestFromSeconds, Ratio, OffArrowDegrees, Strides) = (mount, restFromSeconds, ratio, offArrowDegrees,
            strides);
    }

    /// <summary>The rotation for the engine.</summary>
    public Mount Mount { get; }

    /// <summary>When the rest began that told up from down.</summary>
    public double RestFromSeconds { get; }

    /// <summary>How much more the foot turned about its y than about its x, rms.</summary>
    public double Ratio { get; }

    /// <summary>How far the foot's y is from the chip's, 0 to 90 degrees.</summary>
    public double OffArrowDegrees { get; }

    /// <summary>How many strides said which axis it is; null when the turning alone was clear.</summary>
    public int? Strides { get; }

    /// <summary>Whether the arrow says nothing about which end of the axis is left.</summary>
    public bool IsGuess => OffArrowDegrees > ArrowDegrees;

    /// <summary>What was found, in words.</summary>
    public string Found => string.Create(CultureInfo.InvariantCulture,
        $"mount auto: up from the rest at {RestFromSeconds:0.0} s; the foot turned {Ratio:0.0} times as much about one "
        + $"level axis as across it{StrideWord}");

    /// <summary>What was found and, where nobody has said which way it was walked, assumed.</summary>
    public string Description
    {
        get
        {
            string sure = IsGuess
                ? string.Create(CultureInfo.InvariantCulture,
                    $"that axis is {OffArrowDegrees:0} degrees from the chip's y, so this is little more than a "
                    + $"guess: tell the direction with --walked")
                : "forward and backward change places if that is wrong: --walked tells";
            return $"{Found}. ASSUMED: the arrow points to the toes; {sure}";
        }
    }

    private string StrideWord =>
        Strides is { } strides
            ? string.Create(CultureInfo.InvariantCulture,
                $", which is little, so the axis is the one about which {strides} strides were found") : "";

    /// <summary>Finds it.</summary>
    /// <param name="rows">The whole recording, as recorded.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="BadInputException">The foot never rests, hardly moves, or turns about no one axis.</exception>
    public static AutoMount Find(IReadOnlyList<MotionRow> rows, string name)
    {
        if (FirstRest(rows) is not var (restFrom, up, bias))
        {
            throw new BadInputException(
                $"{name}: the foot nowhere stands still for 0.8 s, so --mount auto cannot find up. Record a second "
                + $"of standing still, or give all axes.");
        }

        // Two level directions at right angles, and how the turning spreads over them; what turns about the upright
        // axis is turning round, not walking.
        double[] up1 = Vectors.Normalised(Vectors.Cross(up, Math.Abs(up[0]) < 0.7 ? [1, 0, 0] : [0, 1, 0]));
        double[] up2 = Vectors.Cross(up, up1);
        double s11 = 0, s12 = 0, s22 = 0;
        foreach (var row in rows)
        {
            double[] rate = [row.GxDps - bias[0], row.GyDps - bias[1], row.GzDps - bias[2]];
            double a = Vectors.Dot(rate, up1), b = Vectors.Dot(rate, up2);
            s11 += a * a / rows.Count;
            s12 += a * b / rows.Count;
            s22 += b * b / rows.Count;
        }

        // The main axis of a symmetric 2 x 2 matrix, in closed form.
        double angle = 0.5 * Math.Atan2(2 * s12, s11 - s22);
        double spread = Math.Sqrt((0.25 * (s11 - s22) * (s11 - s22)) + (s12 * s12));
        double most = Math.Sqrt((0.5 * (s11 + s22)) + spread),
            least = Math.Sqrt(Math.Max(0, (0.5 * (s11 + s22)) - spread));
        bool walks = most >= LeastTurningDps && most >= LeastRatio * least;
        int? strides = null;
        if (walks && most < ClearRatio * least)
        {
            var scanned = Scan(rows, up, up1, up2, angle);
            walks = scanned != null;
            angle = scanned?.Angle ?? angle;
            strides = scanned?.Strides;
        }

        if (!walks)
        {
            throw new BadInputException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: the foot turns by {most:0} deg/s about one level axis and {least:0} across it; that "
                    + $"is no walking by which --mount auto could find its axis. Walk some straight strides, or "
                    + $"give all axes."));
        }

        double[] left = Left(up1, up2, angle);
        double offArrow = double.RadiansToDegrees(Math.Acos(Math.Clamp(left[1], -1, 1)));
        return new AutoMount(Facing(left, up), restFrom, least > 0 ? most / least : double.PositiveInfinity, offArrow,
            strides);
    }

    /// <summary>The same mount with the sensor turned half round on the shoe.</summary>
    public static Mount HalfTurned(Mount mount) =>
        new(-mount.XX, -mount.XY, -mount.XZ, -mount.YX, -mount.YY, -mount.YZ, mount.ZX, mount.ZY, mount.ZZ);

    private static (double Angle, int Strides)? Scan(IReadOnlyList<MotionRow> rows, double[] up, double[] up1,
        double[] up2, double angle) =>
        StrideScan.Find(rows,
            degrees => Facing(Left(up1, up2, angle + double.DegreesToRadians(degrees)), up)) is var (off, strides)
                && Math.Abs(off) <= AgreeDegrees
            ? (angle + double.DegreesToRadians(off), strides)
            : null;

    // The level axis at an angle, that end of it which is nearer to the chip's y.
    private static double[] Left(double[] up1, double[] up2, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        double[] left = [(cos * up1[0]) + (sin * up2[0]), (cos * up1[1]) + (sin * up2[1]),
            (cos * up1[2]) + (sin * up2[2])];
        return left[1] < 0 ? [-left[0], -left[1], -left[2]] : left;
    }

    private static Mount Facing(double[] left, double[] up) => Vectors.ToMount(Vectors.Cross(left, up), left, up);

    private static (double FromSeconds, double[] Up, double[] Bias)? FirstRest(IReadOnlyList<MotionRow> rows)
    {
        int from = 0;
        while (from < rows.Count)
        {
            int to = from;
            while (to < rows.Count && rows[to].Seconds - rows[from].Seconds < RestSeconds)
            {
                to++;
            }

            if (to == rows.Count)
            {
                break;
            }

            double[] mean = new double[6];
            for (int i = from; i < to; i++)
            {
                double[] values = [rows[i].AxG, rows[i].AyG, rows[i].AzG, rows[i].GxDps, rows[i].GyDps, rows[i].GzDps];
                for (int c = 0; c < 6; c++)
                {
                    mean[c] += values[c] / (to - from);
                }
            }

            double[] force = mean[..3], bias = mean[3..];
            int disturbed = LastDisturbed(rows, from, to, force, bias);
            if (disturbed < 0 && Math.Abs(Math.Sqrt(Vectors.Dot(force, force)) - 1) <= StillForceG)
            {
                return (rows[from].Seconds, Vectors.Normalised(force), bias);
            }

            // Whatever begins before the disturbance contains it; but the means of a moving second say little, so go on
            // by a tenth of it at most.
            from += Math.Max(1, Math.Min((to - from) / 10, disturbed - from));
        }

        return null;
    }

    private static int LastDisturbed(IReadOnlyList<MotionRow> rows, int from, int to, double[] force, double[] bias)
    {
        for (int i = to - 1; i >= from; i--)
        {
            var r = rows[i];
            double[] rate = [r.GxDps - bias[0], r.GyDps - bias[1], r.GzDps - bias[2]];
            double[] push = [r.AxG - force[0], r.AyG - force[1], r.AzG - force[2]];
            if (Vectors.Dot(rate, rate) > StillRateDps * StillRateDps
                || Vectors.Dot(push, push) > StillForceG * StillForceG)
            {
                return i;
            }
        }

        return -1;
    }
}
