namespace Backstep.Walks.Rails;

/// <summary>
/// Brings a sensor's sample clock onto this computer's. A packet can only come late, never early, so the quickest ones
/// show where the clocks stand to each other; and two such moments, minutes apart, how fast one runs against the other
/// (an MPU-6050 keeps its rate to about 1 %: product specification 3.4, section 6.6). Nothing is assumed about the
/// radio but that now and then it does not dawdle.
/// </summary>
public sealed class SensorClock
{
    /// <summary>A clock of a chip without a crystal may be off by so much; anything else is no drift but a
    /// restart.</summary>
    public const double MostDrift = 0.03;

    // Ours: of the twenty records that a wrist sends in 5 s one is quick; and five minutes of blocks to see a drift by.
    private const double BlockSeconds = 5;
    private const int MostBlocks = 60;

    private readonly List<(double Sensor, double Delay)> _quickest = []; // one a block
    private uint _lastMilliseconds;
    private double _unwrapped;
    private bool _started;
    private double _blockStart;

    /// <summary>How fast the sensor's clock runs against this computer's: 0.01 is 1 % too fast.</summary>
    public double Drift { get; private set; }

    /// <summary>Whether anything is known.</summary>
    public bool IsSet => _quickest.Count > 0;

    /// <summary>Takes a packet.</summary>
    /// <param name="sensorMilliseconds">What the sensor's clock says of it; wraps after 49.7 days.</param>
    /// <param name="arrivedSeconds">When it came, on this computer's clock.</param>
    public void Note(uint sensorMilliseconds, double arrivedSeconds)
    {
        double sensor = Unwrap(sensorMilliseconds);
        double expected = IsSet ? ToComputer(sensor) : arrivedSeconds;
        if (IsSet && Math.Abs(arrivedSeconds - expected) > 60 + (MostDrift * Math.Abs(sensor - _quickest[^1].Sensor)))
        {
            // Switched off and on in between, or the computer slept.
            _quickest.Clear();
            Drift = 0;
        }

        double delay = arrivedSeconds - sensor;
        if (_quickest.Count == 0 || sensor - _blockStart >= BlockSeconds)
        {
            _blockStart = sensor;
            _quickest.Add((sensor, delay));
            if (_quickest.Count > MostBlocks)
            {
                _quickest.RemoveAt(0);
            }
        }
        else if (delay - (Slope * (sensor - _quickest[^1].Sensor)) < _quickest[^1].Delay)
        {
            _quickest[^1] = (sensor, delay);
        }

        Fit();
    }

    /// <summary>When a moment of the sensor's clock was, on this computer's, in s; late by no more than what the
    /// quickest packets take.</summary>
    public double ToComputer(uint sensorMilliseconds) => ToComputer(sensorMilliseconds, Unwrapped(sensorMilliseconds));

    private double Slope => -Drift / (1 + Drift);

    private double ToComputer(uint milliseconds, double sensor) => IsSet ? ToComputer(sensor) : milliseconds / 1000.0;

    private double ToComputer(double sensor)
    {
        // The line under all quickest packets: its lowest one carries it.
        double lowest = _quickest.Min(block => block.Delay - (Slope * block.Sensor));
        return sensor + lowest + (Slope * sensor);
    }

    // Slope by the median over all pairs of blocks far enough apart (Theil 1950, Sen 1968): a block in which every
    // packet dawdled does not turn it.
    private void Fit()
    {
        if (_quickest.Count < 4)
        {
            return;
        }

        int far = _quickest.Count / 2;
        var slopes = new List<double>();
        for (int i = 0; i + far < _quickest.Count; i++)
        {
            slopes.Add(
                (_quickest[i + far].Delay - _quickest[i].Delay) / (_quickest[i + far].Sensor - _quickest[i].Sensor));
        }

        slopes.Sort();
        double slope = Math.Clamp(slopes[slopes.Count / 2], -MostDrift, MostDrift);
        Drift = -slope / (1 + slope);
    }

    private double Unwrap(uint milliseconds)
    {
        _unwrapped = Unwrapped(milliseconds);
        _lastMilliseconds = milliseconds;
        _started = true;
        return _unwrapped;
    }

    private double Unwrapped(uint milliseconds) =>
        _started ? _unwrapped + ((int)(milliseconds - _lastMilliseconds) / 1000.0) : milliseconds / 1000.0;
}
