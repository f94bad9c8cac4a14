using System.Globalization;
using Backstep.Walks;

namespace Backstep.Files.Recording;

/// <summary>
/// Looks for what a motion sensor on a shoe cannot have written, and from which wrong numbers, or none, would come
/// without a word: other units, columns that stand still or are copies, rows that repeat, a clock that was set.
/// </summary>
public sealed class RowCheck(string name)
{
    /// <summary>So many rows are held in memory at most: eight hours at 100 Hz.</summary>
    public const int MostHeldRows = 3_000_000;

    // Nobody walks across such a hole, so a clock was set. Strides are timed in a u32 of ms since the first row.
    private const double LongestHoleSeconds = 24 * 3600;
    private const double LongestSeconds = 40 * LongestHoleSeconds;

    private const double StuckSeconds = 1;
    private const double RepeatedShare = 0.4;
    private const int FewRows = 100;

    // A foot that walks turns at 150 deg/s or more (Gait/README.md), and its force swings by more than 0.15 g about its
    // mean; one that stands does neither.
    private const double WalkingForceG = 0.15;
    private const double SlowestWalkingDps = 30;
    private const double StillDps = 0.5;
    private const double ChipRangeDps = 2000;

    private static readonly string[] Names = ["ax_g", "ay_g", "az_g", "gx_dps", "gy_dps", "gz_dps"];

    private static readonly int[] CountsPerG = [2048, 4096, 8192, 16384];

    private readonly bool[] _moves = new bool[6];
    private readonly bool[,] _differ = new bool[6, 6];
    private double[]? _first;
    private double[] _last = [];
    private double _lastSeconds;
    private double _firstSeconds;
    private double _sameSince;
    private (double From, double To)? _stuck;
    private (double From, double To)? _jump;
    private long _rows;
    private long _repeated;
    private double _mean;
    private double _squares;
    private double _fastest;

    /// <summary>All rows of a recording, for what needs them all at once.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="name">What error messages call the recording.</param>
    /// <exception cref="BadInputException">There are more than can be held.</exception>
    public static List<MotionRow> Hold(IEnumerable<MotionRow> rows, string name)
    {
        var held = new List<MotionRow>();
        foreach (var row in rows)
        {
            Hold(held, row, name);
        }

        return held;
    }

    /// <summary>One more of them.</summary>
    /// <exception cref="BadInputException">There are more than can be held.</exception>
    public static void Hold(List<MotionRow> held, in MotionRow row, string name)
    {
        if (held.Count == MostHeldRows)
        {
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture,
                $"{name} has more than {MostHeldRows} rows, too many to be played backwards or searched for the mount: "
                + $"both need the whole recording at once. Cut it into parts."));
        }

        held.Add(row);
    }

    /// <summary>Takes the next row.</summary>
    /// <exception cref="BadInputException">The clock was set in the middle of the recording.</exception>
    public void Add(in MotionRow row)
    {
        double[] values = [row.AxG, row.AyG, row.AzG, row.GxDps, row.GyDps, row.GzDps];
        _rows++;
        if (_first == null)
        {
            (_first, _firstSeconds, _sameSince) = (values, row.Seconds, row.Seconds);
        }
        else
        {
            ThrowIfClockWasSet(row.Seconds);
            Compare(values, row.Seconds);
        }

        double force = Math.Sqrt((row.AxG * row.AxG) + (row.AyG * row.AyG) + (row.AzG * row.AzG));
        double off = force - _mean;
        _mean += off / _rows;
        _squares += off * (force - _mean);
        for (int c = 3; c < 6; c++)
        {
            _fastest = Math.Max(_fastest, Math.Abs(values[c]));
        }

        for (int one = 0; one < 6; one++)
        {
            for (int other = one + 1; other < 6; other++)
            {
                _differ[one, other] |= values[one] != values[other];
            }
        }

        (_last, _lastSeconds) = (values, row.Seconds);
    }

    /// <summary>What a person should know, a line each.</summary>
    /// <param name="firstSecond">The rows of the first second.</param>
    public IEnumerable<string> Notes(IReadOnlyList<MotionRow> firstSecond)
    {
        if (_rows == 0)
        {
            yield break;
        }

        ThrowIfClockWasSet();
        double force =
            firstSecond.Average(row => Math.Sqrt((row.AxG * row.AxG) + (row.AyG * row.AyG) + (row.AzG * row.AzG)));
        if (ForceNote(force) is { } forceNote)
        {
            yield return forceNote;
        }

        if (RateNote(force) is { } rateNote)
        {
            yield return rateNote;
        }

        foreach (string note in ColumnNotes())
        {
            yield return note;
        }

        if (_rows >= FewRows && _repeated > RepeatedShare * _rows)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{100.0 * _repeated / _rows:0} % of the rows repeat the row before: the sensor measured more "
                + $"slowly than "
                + $"the rows say. Record it at its own rate");
        }
        else if (_stuck is var (from, to))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"from {from:0.0} to {to:0.0} s all numbers stand still, which no sensor's do: it, or what recorded "
                + $"it, "
                + $"hung there");
        }
    }

    private static string? ForceNote(double force)
    {
        string? unit = force is > 5 and < 20 ? "m/s2: divide by 9.80665"
            : force is > 700 and < 1400 ? "milli-g: divide by 1000"
            : CountsPerG.FirstOrDefault(counts => Math.Abs(force / counts - 1) < 0.2) is > 0
                and var scale ? string.Create(CultureInfo.InvariantCulture, $"the chip's raw counts: divide by {scale}")
            : force > 5 ? "no unit known here" : null;
        return unit != null
            ? string.Create(CultureInfo.InvariantCulture,
                $"acceleration starts at {force:0.0}: it must be in g, and looks like {unit}")
            : force < 0.5 ? string.Create(CultureInfo.InvariantCulture,
                $"acceleration starts at {force:0.00}: a resting sensor says 1 g. Was gravity taken out?") : null;
    }

    private string? RateNote(double force)
    {
        // The swing of the force in units of the force at rest, so that it holds in whatever unit that is.
        double swing = force > 0 ? Math.Sqrt(_squares / _rows) / force : 0;
        return _fastest > 2 * ChipRangeDps
            ? string.Create(CultureInfo.InvariantCulture,
                $"angular rates go to {_fastest:0}: they must be in deg/s, and look like the chip's raw counts (divide "
                + $"by 131, 65.5, 32.8 or 16.4, by its range) or like millidegrees")
            : swing > WalkingForceG && _fastest is > StillDps and < SlowestWalkingDps
            ? string.Create(CultureInfo.InvariantCulture,
                $"angular rates go to {_fastest:0.0} while the foot moves: they must be in deg/s, and look like rad/s: "
                + $"multiply by 57.2958")
            : null;
    }

    private IEnumerable<string> ColumnNotes()
    {
        if (_rows < FewRows || !_moves.Any(moves => moves))
        {
            yield break;
        }

        string[] still = [.. Names.Where((_, c) => !_moves[c])];
        if (still.Length > 0)
        {
            yield return $"{string.Join(", ", still)} never {(still.Length == 1 ? "changes" : "change")} while the "
                + $"others "
                + "do: that was not measured";
        }

        for (int one = 0; one < 6; one++)
        {
            for (int other = one + 1; other < 6; other++)
            {
                if (!_differ[one, other] && _moves[one])
                {
                    yield return $"{Names[one]} and {Names[other]} are the same in every row: one is a copy";
                }
            }
        }
    }

    private void ThrowIfClockWasSet(double seconds)
    {
        if (seconds - _lastSeconds > LongestHoleSeconds || seconds - _firstSeconds > LongestSeconds)
        {
            _jump ??= (_lastSeconds, seconds);
        }

        // Before so many rows nobody knows whether it is the clock's unit that is wrong; RateCheck tells that.
        if (_rows > RateCheck.FirstVerdict + 1)
        {
            ThrowIfClockWasSet();
        }
    }

    private void ThrowIfClockWasSet()
    {
        if (_jump is var (from, to))
        {
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture,
                $"{name}: t_s jumps from {from:0.###} to {to:0.###} s: the clock was set in the middle of the "
                + $"recording. Cut it there, and replay the parts."));
        }
    }

    private void Compare(double[] values, double seconds)
    {
        bool isSame = true;
        for (int c = 0; c < 6; c++)
        {
            isSame &= values[c] == _last[c];
            _moves[c] |= values[c] != _first![c];
        }

        if (isSame)
        {
            _repeated++;
            if (seconds - _sameSince >= StuckSeconds)
            {
                _stuck = _stuck is var (from, to) && (from != _sameSince || to > seconds) ? _stuck
                    : (_sameSince, seconds);
            }
        }
        else
        {
            _sameSince = seconds;
        }
    }
}
