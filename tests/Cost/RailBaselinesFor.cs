using Backstep.Gait;

namespace Backstep.Cost;

/// <summary>
/// Baselines that a walker of just these strides might have calibrated. Anything else would be cheap: strides of
/// another direction or speed, and baselines that overlap, are turned away before the arithmetic begins.
/// </summary>
public static class RailBaselinesFor
{
    private const int CalibrationStrides = 36;

    // What a rail takes off a spread and free hands add to it: far enough apart for every one of the four to be
    // compared.
    private const double SteadierShare = 0.7;
    private const double LooserShare = 1.4;

    // A recording in which something never scattered still gets a figure to compare.
    private const int SmallestSpread = 10;

    /// <summary>The baselines; null when there are not enough strides that can be compared.</summary>
    public static RailBaselines? Of(IReadOnlyList<Stride> strides)
    {
        var direction = strides.Where(s => s.Direction != Direction.Unknown).GroupBy(s => s.Direction)
            .MaxBy(g => g.Count())?.Key ?? Direction.Unknown;
        var window = new RailWindow(RailEstimator.DefaultWindow);
        List<int> speeds = [];
        foreach (var stride in strides.Where(s => s.Direction == direction))
        {
            window.AddTimes(stride);
            window.AddAngles(stride);
            speeds.Add(window.BeltMillimetersPerSecond);
        }

        speeds.RemoveAll(speed => speed <= 0);
        if (window.Count == 0 || speeds.Count == 0)
        {
            return null;
        }

        // The running mean of the belt's speed that most strides are near: in a recording that speeds up, strides at
        // both ends are at another speed.
        int speed = speeds.MaxBy(middle => speeds.Count(s => Math.Abs(s - middle) * 10 <= middle));
        return new RailBaselines(direction, speed, 0, Baseline(window, SteadierShare), Baseline(window, LooserShare));
    }

    private static RailBaseline Baseline(RailWindow window, double share)
    {
        int Spread(int which) => (int)(Math.Max(SmallestSpread, window.Hundredths(which)) * share);
        return new RailBaseline(CalibrationStrides, Spread(RailWindow.StrideTime), Spread(RailWindow.StanceTime),
            Spread(RailWindow.FootStrike), Spread(RailWindow.Tilt));
    }
}
