using Backstep.Gait;

namespace Backstep.Files.Recording;

/// <summary>
/// Asks the engine itself about which level axis the foot walks: it finds strides where its toe axis is within some 25
/// degrees of the foot's, for there the foot turns as a walking foot turns and travels the way that it points, and
/// hardly any elsewhere. One axis that has them all is the foot's.
/// </summary>
internal static class StrideScan
{
    private const int Candidates = 12;
    private const double StepDegrees = 180.0 / Candidates;

    // Fewer strides than this could be anything.
    private const int FewestStrides = 4;

    // An axis has the strides when it has this share of the most that any has; further from it than the engine bears,
    // none may have this share.
    private const double GoodShare = 0.8;
    private const double StrayShare = 0.5;
    private const double FarDegrees = 60;

    /// <summary>
    /// The axis, as degrees from <paramref name="mountAt"/>(0), -90 to 90, and how many strides it has; null when there
    /// is not one alone.
    /// </summary>
    /// <param name="rows">The whole recording.</param>
    /// <param name="mountAt">The mount whose toe axis is turned so many degrees about up.</param>
    public static (double Degrees, int Strides)? Find(IReadOnlyList<MotionRow> rows, Func<double, Mount> mountAt)
    {
        int[] strides = [.. Enumerable.Range(0, Candidates).Select(i => Count(rows, mountAt(i * StepDegrees)))];
        int most = strides.Max();
        if (most < FewestStrides)
        {
            return null;
        }

        // The mean of an axis: its angle counts twice over, since half round is the same axis.
        var (x, y) = (0.0, 0.0);
        for (int i = 0; i < Candidates; i++)
        {
            if (strides[i] >= GoodShare * most)
            {
                var (sin, cos) = Math.SinCos(double.DegreesToRadians(2 * i * StepDegrees));
                (x, y) = (x + cos, y + sin);
            }
        }

        double axis = double.RadiansToDegrees(Math.Atan2(y, x)) / 2;
        bool alone = Enumerable.Range(0, Candidates)
            .All(i => Off(i * StepDegrees, axis) < FarDegrees || strides[i] < StrayShare * most);
        int nearest = Enumerable.Range(0, Candidates).MinBy(i => Off(i * StepDegrees, axis));
        return alone && strides[nearest] >= GoodShare * most ? (axis, most) : null;
    }

    /// <summary>Between two axes, 0 to 90 degrees.</summary>
    public static double Off(double one, double other)
    {
        double off = Math.Abs(one - other) % 180;
        return Math.Min(off, 180 - off);
    }

    // Only strides that the engine is sure of.
    private static int Count(IReadOnlyList<MotionRow> rows, Mount mount) =>
        Replay.Strides(rows, mount, FootSide.Unknown).Count(one => one.Stride.Direction != Direction.Unknown);
}
