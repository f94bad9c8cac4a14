using System.Globalization;
using Backstep.Gait;
using Backstep.Walks;

namespace Backstep.Files.Recording;

/// <summary>What a replay needs to be told.</summary>
/// <param name="Mount">How the sensor sat on the shoe.</param>
/// <param name="Side">Which foot; unknown leaves the tilt missing.</param>
/// <param name="Reverse">Play it backwards (synthetic).</param>
/// <param name="Walked">Which way the walker says to have walked when it was recorded; unknown asks nothing of the
/// mount.</param>
public sealed record ReplayOptions(MountSpec Mount, FootSide Side = FootSide.Unknown, bool Reverse = false,
    Direction Walked = Direction.Unknown);

/// <summary>A stride with its times on the recording's own clock, in s.</summary>
/// <param name="Stride">As the engine gave it.</param>
/// <param name="ContactSeconds">Initial contact.</param>
/// <param name="ClearanceSeconds">Foot-off before it.</param>
/// <param name="DetectedSeconds">The last row that the engine had seen when it knew.</param>
public sealed record ReplayedStride(Stride Stride, double ContactSeconds, double ClearanceSeconds,
    double DetectedSeconds);

/// <summary>A hole in the recording across which no stride was made.</summary>
/// <param name="FromSeconds">Last row before it.</param>
/// <param name="ToSeconds">First row after it.</param>
public sealed record RecordingGap(double FromSeconds, double ToSeconds);

/// <summary>What came of a replay.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="StartSeconds">Time of the first row on the recording's own clock.</param>
/// <param name="DurationSeconds">From the first row to the last.</param>
/// <param name="RateHertz">Mean rate outside gaps.</param>
/// <param name="ClippedValues">Numbers beyond the chip's range.</param>
/// <param name="Levelled">Whether the foot ever rested, so that the engine knew up from down.</param>
/// <param name="Mount">The mount that was used in the end.</param>
/// <param name="MountTurned">Whether an assumed mount was turned half round because the walker's word said so.</param>
/// <param name="Gaps">Holes.</param>
/// <param name="Strides">What was found.</param>
/// <param name="Notes">What a person should know, a line each.</param>
public sealed record ReplayResult(
    long Rows,
    double StartSeconds,
    double DurationSeconds,
    double RateHertz,
    long ClippedValues,
    bool Levelled,
    Mount Mount,
    bool MountTurned,
    IReadOnlyList<RecordingGap> Gaps,
    IReadOnlyList<ReplayedStride> Strides,
    IReadOnlyList<string> Notes);

/// <summary>Runs the device's engine over a recording, on the integers that the chip would have given it.</summary>
public static class Replay
{
    // A gap is told, not counted to death.
    private const int MostGapsKept = 1000;

    private const double AxisNoteDegrees = 15;

    /// <summary>Reads the recording to its end.</summary>
    /// <exception cref="BadInputException">The recording cannot be used; nothing has been produced.</exception>
    public static ReplayResult Run(MotionCsvReader reader, ReplayOptions options, CancellationToken stop = default)
    {
        return Run(options.Mount.IsAuto ? RowCheck.Hold(reader.Rows(), reader.Name) : reader.Rows(), reader.Name,
            options,
            stop);
    }

    /// <summary>The same of rows that somebody else has read; a list when the mount is to be found.</summary>
    public static ReplayResult Run(IEnumerable<MotionRow> recording, string name, ReplayOptions options,
        CancellationToken stop = default)
    {
        if (!options.Mount.IsAuto)
        {
            var result = Play(recording, name, options, stop);
            return DirectionCheck.Contradicts(result.Strides, options)
                ? result with { Notes = [.. result.Notes, DirectionCheck.WrongWayRound(result, options)] } : result;
        }

        IReadOnlyList<MotionRow> rows = [.. recording];
        var found = AutoMount.Find(rows, name);
        if (found.IsGuess && options.Walked == Direction.Unknown)
        {
            throw new BadInputException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: the axis about which the foot turned is {found.OffArrowDegrees:0} degrees from where "
                    + $"the arrow puts it, so --mount auto cannot tell forward from backward. Say which way you "
                    + $"walked with --walked, or turn the clip so that its arrow points to the toes."));
        }

        var assumed = Play(rows, name, options with { Mount = MountSpec.Of(options.Mount.Text, found.Mount) }, stop);
        if (!DirectionCheck.Contradicts(assumed.Strides, options))
        {
            return assumed with { Notes = [.. assumed.Notes,
                DirectionCheck.Agreed(assumed.Strides, options) is { } agreed ? $"{found.Found}. {agreed}"
                    : found.Description] };
        }

        var turned = Play(rows, name,
            options with { Mount = MountSpec.Of(options.Mount.Text, AutoMount.HalfTurned(found.Mount)) }, stop);
        return turned with { MountTurned = true,
            Notes = [.. turned.Notes, found.Found, DirectionCheck.Turned(assumed.Strides, options)] };
    }

    /// <summary>The first stride that a sensor finds which wakes at the first row; null for none.</summary>
    public static ReplayedStride? FirstStride(IReadOnlyList<MotionRow> rows, Mount mount, FootSide side) =>
        Strides(rows, mount, side, atMost: 1) is [var first, ..] ? first : null;

    /// <summary>The strides in some rows, no more than asked for, with a mount that is known.</summary>
    public static IReadOnlyList<ReplayedStride> Strides(IReadOnlyList<MotionRow> rows, Mount mount, FootSide side,
        int atMost = int.MaxValue)
    {
        var run = new Runner(mount, side,
            IChipSource.For([.. rows.TakeWhile(row => row.Seconds - rows[0].Seconds <= MountSpec.RestSeconds)]));
        for (int i = 0; i < rows.Count && run.Strides.Count < atMost; i++)
        {
            run.Add(rows[i]);
        }

        return run.Strides;
    }

    private static ReplayResult Play(IEnumerable<MotionRow> rows, string name, ReplayOptions options,
        CancellationToken stop)
    {
        var rate = new RateCheck(name);
        var check = new RowCheck(name);
        var start = new List<MotionRow>();
        var notes = new List<string>();

        // The mount is a matter of the recording as it was made: its first second, even when it is then played
        // backwards.
        using var source = rows.GetEnumerator();
        bool more = true;
        while ((options.Reverse || start.Count == 0 || start[^1].Seconds - start[0].Seconds < MountSpec.RestSeconds)
            && (more = source.MoveNext()))
        {
            stop.ThrowIfCancellationRequested();
            rate.Add(source.Current.Seconds);
            check.Add(source.Current);
            RowCheck.Hold(start, source.Current, name);
        }

        if (!more)
        {
            rate.Finish();
        }

        var firstSecond = start.TakeWhile(row => row.Seconds - start[0].Seconds <= MountSpec.RestSeconds).ToList();
        var mount = options.Mount.Resolve(firstSecond, name);
        if (options.Mount.AxisOffLevelDegrees(firstSecond, name) is { } off and > AxisNoteDegrees)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"the toe-up axis was {off:0} degrees off level "
                + $"on the standing "
                + $"foot and was levelled: check that it belongs to this recording"));
        }

        var samples = IChipSource.For(firstSecond);
        var run = new Runner(mount, options.Side, samples);
        foreach (var row in options.Reverse ? TimeReversal.Reverse(start) : start)
        {
            run.Add(row);
        }

        while (more && source.MoveNext())
        {
            var row = source.Current;
            if ((rate.Rows & 0xFFF) == 0)
            {
                stop.ThrowIfCancellationRequested();
            }

            rate.Add(row.Seconds);
            check.Add(row);
            run.Add(row);
        }

        rate.Finish();
        notes.AddRange(check.Notes(firstSecond));
        AddNotes(notes, run);
        return new ReplayResult(
            Rows: rate.Rows,
            StartSeconds: rate.FirstSeconds,
            DurationSeconds: rate.DurationSeconds,
            RateHertz: rate.MeanHertz,
            ClippedValues: run.Samples.Clipped,
            Levelled: run.Engine.IsLevelled,
            Mount: mount,
            MountTurned: false,
            Gaps: run.Gaps,
            Strides: run.Strides,
            Notes: notes);
    }

    private static void AddNotes(List<string> notes, Runner run)
    {
        if (run.Samples.Clipped > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{run.Samples.Clipped} values were beyond the "
                + $"chip's range (16 g, 2000 deg/s) and were held "
                + $"at its edge"));
        }

        if (run.LackSeconds is { } lacking)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"from {lacking:0.0} s the foot moved as in "
                + $"walking, but there "
                + $"were no strides: look at the clip. It is turned, or --mount is not how it sat; the arrow must "
                + $"point to the toes"));
        }

        if (!run.Engine.IsLevelled)
        {
            notes.Add("the foot never rested long enough to know up from down, so there are no strides: start with a "
                + "second of standing still");
        }
    }

    private sealed class Runner(Mount mount, FootSide side, IChipSource chip)
    {
        private double _last = double.NaN;

        public GaitEngine Engine { get; } = new(mount, side);

        public IChipSource Samples { get; } = chip;

        /// <summary>When the foot first moved as in walking without strides; null for never.</summary>
        public double? LackSeconds { get; private set; }

        public List<RecordingGap> Gaps { get; } = [];

        public List<ReplayedStride> Strides { get; } = [];

        public void Add(in MotionRow row)
        {
            var samples = Samples.Add(row, out uint lost);
            if (lost > 0)
            {
                Engine.Gap(lost);
                if (Gaps.Count < MostGapsKept)
                {
                    Gaps.Add(new RecordingGap(_last, row.Seconds));
                }
            }

            foreach (ref readonly var s in samples)
            {
                if (Engine.Add(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz))
                {
                    var stride = Engine.TakeStride();
                    Strides.Add(
                        new ReplayedStride(stride, OnRecordingClock(stride.ContactMilliseconds),
                            OnRecordingClock(stride.ClearanceMilliseconds), row.Seconds));
                }
            }

            LackSeconds ??= Engine.LacksStrides ? row.Seconds : null;
            _last = row.Seconds;
        }

        private double OnRecordingClock(uint milliseconds) => Samples.OriginSeconds + (milliseconds / 1000.0);
    }
}
