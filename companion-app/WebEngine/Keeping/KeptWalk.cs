using Backstep.Files.Export;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.WebEngine.Keeping;

/// <summary>A session, put together from the pieces that a page keeps of it.</summary>
internal sealed class KeptWalk(SessionHeader header)
{
    private const string Open = "open";
    private const string Complete = "complete";

    private readonly Dictionary<(int Sensor, int Run, uint Sequence), KeptStride> _strides = [];
    private readonly Dictionary<int, HashSet<int>> _runs = [];
    private readonly List<SessionMark> _marks = [];
    private MeasuredIncline? _incline;
    private SessionTotals? _totals;
    private SessionHeader _header = header;

    /// <summary>What is known of it.</summary>
    public SessionHeader Header => _header;

    /// <summary>Whether it goes on.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Whether it has ended properly.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Its strides.</summary>
    public IEnumerable<KeptStride> Strides => _strides.Values;

    /// <summary>Header and totals.</summary>
    public SessionSummary Summary => new(_header, _totals ??= SessionTotals.Of(_header.Sensors, Strides, _marks),
        IsComplete) { IsOpen = IsOpen, MeasuredIncline = _incline };

    /// <summary>All of it. Whoever walks with a page has no name for it.</summary>
    public KeptSession Session => new(Summary,
        new WalkerProfile(_header.WalkerId, WalkerProfile.DefaultName, _header.StartedAt),
        [.. Strides.OrderBy(kept => kept.At)], [.. _marks.OrderBy(mark => mark.At).ThenBy(mark => mark.Kind)], []);

    /// <summary>The position of a sensor in it; -1 when it took no part.</summary>
    public int PositionOf(string address) => _header.Sensors.Index()
        .Where(sensor => sensor.Item.Address == address).Select(sensor => sensor.Index).DefaultIfEmpty(-1).First();

    /// <summary>Takes a stride, unless it has it; under a run of its own where another has its name.</summary>
    /// <returns>As it was taken; null when it was there.</returns>
    public KeptStride? Take(KeptStride kept)
    {
        HashSet<int> runs = _runs.GetValueOrDefault(kept.Sensor) ?? [];
        if (RunsToldApart.RunFor(kept, runs,
            run => _strides.TryGetValue((kept.Sensor, run, kept.Stride.Sequence), out var there)
                ? StrideRecord.Bytes(there.Stride) : null,
            run => RunsToldApart.Began(Strides.First(one => one.Sensor == kept.Sensor && one.Run == run)))
            is not { } taken)
        {
            return null;
        }

        var placed = kept with { Run = taken };
        Add(placed);
        return placed;
    }

    /// <summary>Takes a piece of it.</summary>
    /// <exception cref="FormatException">It says what cannot be.</exception>
    public void Apply(ChunkJson piece)
    {
        foreach (var stride in piece.Strides ?? [])
        {
            CheckSensor(stride.Sensor);
            Add(new KeptStride(stride.Sensor, stride.Run, TimeSpan.FromMilliseconds(stride.AtMilliseconds),
                StrideCodec.Decode(Convert.FromBase64String(stride.Record), out var error)
                    ?? throw new FormatException($"a stride is none: {error}"),
                SessionFileNames.Postures.Parse(stride.Rails)));
        }

        if (piece.Mark is { } mark)
        {
            var taken = new SessionMark(TimeSpan.FromMilliseconds(mark.AtMilliseconds),
                SessionFileNames.Marks.Parse(mark.Kind));
            if (!_marks.Contains(taken))
            {
                _marks.Add(taken);
            }
        }

        if (piece.Number is { } number)
        {
            CheckSensor(number.Sensor);
            _header = _header with { Sensors = [.. _header.Sensors.Select((sensor, i) => i != number.Sensor ? sensor
                : sensor with { SessionNumber = number.SessionNumber, Flash = number.Flash })] };
        }

        _incline = piece.Incline is { } incline
            ? new MeasuredIncline(incline.Percent, TimeSpan.FromSeconds(incline.WalkedSeconds)) : _incline;
        if (piece.State is { } state)
        {
            (IsOpen, IsComplete) = (state == Open, state == Complete);
        }

        _totals = null;
    }

    /// <summary>Strides, as a piece.</summary>
    public static ChunkJson PieceOf(IEnumerable<KeptStride> strides) => new()
    {
        Strides = [.. strides.Select(kept => new StrideOfWalkJson(kept.Sensor, kept.Run,
            (long)kept.At.TotalMilliseconds, SessionFileNames.Postures.Of(kept.Rails),
            Convert.ToBase64String(StrideRecord.Bytes(kept.Stride))))],
    };

    /// <summary>A mark, as a piece.</summary>
    public static ChunkJson PieceOf(SessionMark mark) => new()
    {
        Mark = new MarkOfWalkJson((long)mark.At.TotalMilliseconds, SessionFileNames.Marks.Of(mark.Kind)),
    };

    /// <summary>An incline, as a piece.</summary>
    public static ChunkJson PieceOf(MeasuredIncline incline) =>
        new() { Incline = new InclineOfWalkJson(incline.Percent, incline.Walked.TotalSeconds) };

    /// <summary>Its end, or that it goes on, as a piece.</summary>
    public static ChunkJson PieceOf(bool isOpen) => new() { State = isOpen ? Open : Complete };

    /// <summary>A beginning, as a piece.</summary>
    public static ChunkJson PieceOf(SessionHeader header) => new()
    {
        Begins = new BeginningJson(ChunkJson.Layout, header.StartedAt, header.IsStartUnknown,
            SessionFileNames.Modes.Of(header.Mode), header.IsSimulated, header.Target?.TotalSeconds,
            header.InclinePercent,
            [.. header.Sensors.Select(sensor => new WornJson(sensor.Name, sensor.Address,
                SessionFileNames.Placements.Of(sensor.Placement), sensor.SessionNumber, sensor.Flash))]),
    };

    /// <summary>The session that a beginning is of.</summary>
    /// <exception cref="FormatException">It says what cannot be.</exception>
    public static KeptWalk Of(long id, BeginningJson begins) => new(new SessionHeader
    {
        Id = id,
        WalkerId = PageArchive.Walker,
        StartedAt = begins.StartedAt,
        IsStartUnknown = begins.IsStartUnknown,
        Mode = SessionFileNames.Modes.Parse(begins.Mode),
        IsSimulated = begins.IsSimulated,
        Target = begins.TargetSeconds is { } target ? TimeSpan.FromSeconds(target) : null,
        InclinePercent = begins.InclinePercent,
        Sensors = [.. begins.Sensors.Select(sensor => new SessionSensor(sensor.Name, sensor.Address,
            SessionFileNames.Placements.Parse(sensor.Placement))
        {
            SessionNumber = sensor.SessionNumber,
            Flash = sensor.Flash,
        })],
    });

    private void CheckSensor(int sensor)
    {
        if (sensor < 0 || sensor >= _header.Sensors.Count)
        {
            throw new FormatException("a piece names a sensor that the session has not");
        }
    }

    private void Add(KeptStride kept)
    {
        if (_strides.TryAdd((kept.Sensor, kept.Run, kept.Stride.Sequence), kept))
        {
            (_runs.TryGetValue(kept.Sensor, out var runs) ? runs : _runs[kept.Sensor] = []).Add(kept.Run);
            _totals = null;
        }
    }
}
