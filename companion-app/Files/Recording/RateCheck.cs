using System.Globalization;
using Backstep.Walks;

namespace Backstep.Files.Recording;

/// <summary>Counts the spacing of a recording's rows and refuses one whose usual rate the engine cannot use.</summary>
public sealed class RateCheck(string name)
{
    /// <summary>Below this the sign rules break.</summary>
    public const double SlowestHertz = 50;

    /// <summary>Above this nothing is gained.</summary>
    public const double FastestHertz = 1000;

    // Clocks are a little off and times are rounded when they are written.
    private const double Tolerance = 0.02;

    // Enough to know the rate; the whole recording is judged again at its end.
    internal const int FirstVerdict = 200;

    private double _first;
    private double _last;
    private double _timeInGaps;
    private long _intervals;
    private long _gaps;
    private long _tooLong;
    private long _tooShort;

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Time of the first row, in s.</summary>
    public double FirstSeconds => _first;

    /// <summary>From the first row to the last, in s.</summary>
    public double DurationSeconds => _last - _first;

    /// <summary>Mean rate outside gaps, in Hz, or 0 when there is none.</summary>
    public double MeanHertz =>
        DurationSeconds - _timeInGaps > 0 ? (_intervals - _gaps) / (DurationSeconds - _timeInGaps) : 0;

    /// <summary>Takes the next row's time.</summary>
    /// <exception cref="BadInputException">Most of the first rows are too far apart or too close.</exception>
    public void Add(double seconds)
    {
        Rows++;
        if (Rows == 1)
        {
            _first = seconds;
            _last = seconds;
            return;
        }

        double interval = seconds - _last;
        _last = seconds;
        _intervals++;
        _tooLong += interval > (1 + Tolerance) / SlowestHertz ? 1 : 0;
        _tooShort += interval < (1 - Tolerance) / FastestHertz ? 1 : 0;
        if (interval > IChipSource.LongestHoleSeconds)
        {
            _gaps++;
            _timeInGaps += interval;
        }

        if (_intervals == FirstVerdict)
        {
            Judge();
        }
    }

    /// <summary>To be called after the last row.</summary>
    /// <exception cref="BadInputException">There is too little to judge, or most rows are too far apart or too
    /// close.</exception>
    public void Finish()
    {
        if (Rows == 0)
        {
            throw new BadInputException(
                $"{name} has a header but no samples. Record again, or check that the export is complete.");
        }

        if (_intervals == 0)
        {
            throw new BadInputException(
                $"{name} has a single sample, so its rate cannot be told. Record at least a few strides.");
        }

        Judge();
    }

    private void Judge()
    {
        if (_tooLong * 2 > _intervals || _tooShort * 2 > _intervals)
        {
            double hertz = _intervals / DurationSeconds;
            string rate = hertz.ToString(hertz < 10 ? "0.#######" : "0", CultureInfo.InvariantCulture);
            string advice = hertz * 1e3 is >= SlowestHertz and <= FastestHertz
                ? "t_s looks like milliseconds, and must be seconds: divide it by 1000"
                : hertz * 1e6 is >= SlowestHertz and <= FastestHertz
                ? "t_s looks like microseconds, and must be seconds: divide it by 1,000,000"
                : hertz * 1e9 is >= SlowestHertz and <= FastestHertz
                ? "t_s looks like nanoseconds, and must be seconds: divide it by 1,000,000,000"
                : _tooLong * 2 > _intervals
                ? "Strides cannot be told below 50 Hz: record at 50 Hz or more (100 Hz suffices)"
                : "Keep every n-th row so that the rate is at most 1000 Hz, and check that t_s is in seconds";
            throw new BadInputException($"{name} is sampled at about {rate} Hz; 50 to 1000 Hz can be read. {advice}.");
        }
    }
}
