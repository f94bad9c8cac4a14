using Backstep.Protocol;

namespace Backstep.Walks.Rails;

/// <summary>How a walker's wrist is when the hand lies on the rail, and how when it does not: found while the rails are
/// calibrated.</summary>
/// <param name="PoseX">Gravity in the wrist's axes with the hand on the rail, as a direction.</param>
/// <param name="PoseY">The same, y.</param>
/// <param name="PoseZ">The same, z.</param>
/// <param name="HeldTurnDps">How fast the wrist turns then (root mean square), deg/s.</param>
/// <param name="HeldSwayG">How far its acceleration goes to and fro then, g.</param>
/// <param name="FreeTurnDps">How fast it turns with free hands, deg/s.</param>
/// <param name="FreeSwayG">How far its acceleration goes then, g.</param>
public sealed record WristBaseline(double PoseX, double PoseY, double PoseZ, double HeldTurnDps, double HeldSwayG,
    double FreeTurnDps, double FreeSwayG)
{
    // Less apart than this, stillness tells nothing. Held by 'backstep-lab rails --check' (README.md). Synthetic.
    private const double LeastRatio = 1.6;

    /// <summary>Whether the wrist itself tells the two apart.</summary>
    public bool AreDistinct => FreeTurnDps > LeastRatio * HeldTurnDps || FreeSwayG > LeastRatio * HeldSwayG;

    /// <summary>Between the two: slower is still.</summary>
    public double TurnLimitDps => Between(HeldTurnDps, FreeTurnDps);

    /// <summary>Between the two: less is still.</summary>
    public double SwayLimitG => Between(HeldSwayG, FreeSwayG);

    // Nearer to what is held: a phone or crossed arms move less than an arm that swings. Ours: 'rails --check' has the
    // figures of both.
    private const double HeldShare = 0.6;

    private static double Between(double held, double free) =>
        Math.Exp((HeldShare * Math.Log(held)) + ((1 - HeldShare) * Math.Log(free)));
}

/// <summary>Takes the wrist's records of the two steps of a calibration.</summary>
public sealed class WristCalibration
{
    private const int LeastWindows = 20; // five seconds at four a second

    // Ours: more than the noise of a chip that lies still. 0.005 deg/s and 400 ug a root Hz (MPU-6000/6050 product
    // specification 3.4, 6.1 and 6.2) over 44 Hz are 0.03 deg/s and 2.7 mg a sample; a record is a mean of 25.
    private const double LeastTurnDps = 0.5;
    private const double LeastSwayG = 0.002;

    private readonly List<WristFeatures> _held = [], _free = [];

    /// <summary>Takes what a window of records amounts to.</summary>
    public void Add(WristFeatures features, bool held) => (held ? _held : _free).Add(features);

    /// <summary>The baseline, or null when there were too few records: five seconds of each.</summary>
    public WristBaseline? Found()
    {
        if (_held.Count < LeastWindows || _free.Count < LeastWindows)
        {
            return null;
        }

        double x = Median(_held, f => f.X), y = Median(_held, f => f.Y), z = Median(_held, f => f.Z);
        double length = Math.Max(Math.Sqrt((x * x) + (y * y) + (z * z)), 1e-6);
        return new WristBaseline(
            x / length,
            y / length,
            z / length,
            Math.Max(Median(_held, f => f.TurnDps), LeastTurnDps),
            Math.Max(Median(_held, f => f.SwayG), LeastSwayG),
            Math.Max(Median(_free, f => f.TurnDps), LeastTurnDps),
            Math.Max(Median(_free, f => f.SwayG), LeastSwayG));
    }

    private static double Median(List<WristFeatures> of, Func<WristFeatures, double> value)
    {
        double[] sorted = [.. of.Select(value).Order()];
        return sorted[sorted.Length / 2];
    }
}

/// <summary>What the wrist did over the last window.</summary>
/// <param name="X">Mean acceleration, g.</param>
/// <param name="Y">The same, y.</param>
/// <param name="Z">The same, z.</param>
/// <param name="TurnDps">Root mean square of the angular rate about its mean, deg/s: the gyroscope's bias falls
/// out.</param>
/// <param name="SwayG">Root mean square of the quarter seconds' mean acceleration about the window's, g: what a swing
/// and the body's up and down leave; the belt's quick shaking falls out.</param>
public sealed record WristFeatures(double X, double Y, double Z, double TurnDps, double SwayG)
{
    /// <summary>Degrees between gravity now and in the calibrated pose.</summary>
    public double DegreesFrom(WristBaseline baseline)
    {
        double length = Math.Max(Math.Sqrt((X * X) + (Y * Y) + (Z * Z)), 1e-6);
        double cosine = ((X * baseline.PoseX) + (Y * baseline.PoseY) + (Z * baseline.PoseZ)) / length;
        return Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI;
    }
}

/// <summary>The last records of the wrist.</summary>
public sealed class WristWindow
{
    /// <summary>Records looked at: a second and a half, about one stride.</summary>
    public const int Records = 6;

    // Of the record, which is in the chip's counts.
    private const double CountsPerG = Gait.MotionScale.AccelerometerCountsPerG;
    private const double CountsPerDps = Gait.MotionScale.GyroscopeCountsPerDegreePerSecond;
    private const uint RecordMilliseconds = Gait.WristMeter.Samples * Gait.MotionScale.SampleMilliseconds;

    private readonly Queue<WristMotion> _records = new();
    private uint _last;

    /// <summary>Takes a record; what the window amounts to, or null while it is not full. A lost record empties
    /// it.</summary>
    public WristFeatures? Add(WristMotion record)
    {
        if (_records.Count > 0 && record.EndMilliseconds - _last > RecordMilliseconds + (RecordMilliseconds / 2))
        {
            _records.Clear();
        }

        _last = record.EndMilliseconds;
        _records.Enqueue(record);
        if (_records.Count > Records)
        {
            _records.Dequeue();
        }

        return _records.Count == Records ? Features() : null;
    }

    private WristFeatures Features()
    {
        double Mean(int axis) => _records.Average(record => (double)record.Mean(axis));
        double Squares(int from) =>
            Enumerable.Range(from, 3)
                .Sum(
                    axis => _records.Average(record => (double)record.Mean(axis) * record.Mean(axis))
                        - (Mean(axis) * Mean(axis)));
        double within = _records.Average(record => (double)record.RateDeviation * record.RateDeviation);
        return new WristFeatures(
            Mean(0) / CountsPerG,
            Mean(1) / CountsPerG,
            Mean(2) / CountsPerG,
            Math.Sqrt(Math.Max(Squares(3), 0) + within) / CountsPerDps,
            Math.Sqrt(Math.Max(Squares(0), 0)) / CountsPerG);
    }
}
