namespace Backstep.Walks.Sessions;

/// <summary>A session that is walked: what there is of it, and what of that is not written yet.</summary>
/// <param name="header">What is known of it.</param>
/// <param name="worn">Its sensors, with what they have told of themselves and of it so far.</param>
/// <param name="now">The clock of the walk.</param>
internal sealed class SessionInProgress(SessionHeader header, Func<SessionInProgress, SessionSensor[]> worn,
    DateTimeOffset now)
{
    private readonly Dictionary<(int Sensor, int Run, string Name), KeptStride> _strides = [];
    private readonly List<int> _named = [];
    private readonly List<SessionMark> _marks = [];
    private readonly List<KeptStride> _unwrittenStrides = [];
    private readonly List<SessionMark> _unwrittenMarks = [];
    private readonly InclineTally _incline = new();
    private bool _hasNewIncline;
    private SessionTotals? _totals;
    private bool _mustReopen;
    private bool _isTold; // that it is kept

    /// <summary>One that was begun by an earlier run of the program goes on.</summary>
    public static SessionInProgress Resumed(KeptSession kept, DateTimeOffset now)
    {
        var session = new SessionInProgress(kept.Summary.Header, _ => [], now) { _mustReopen = true };
        session._marks.AddRange(kept.Marks);
        foreach (var stride in kept.Strides)
        {
            session._strides.TryAdd(KeyOf(stride), stride);
        }

        if (kept.Summary.MeasuredIncline is { } before)
        {
            session._incline.Add(before);
        }

        return session;
    }

    /// <summary>What is known of it; with its key once it is kept.</summary>
    public SessionHeader Header { get; private set; } = header;

    /// <summary>The sensors' own numbers of it.</summary>
    public int?[] Numbers { get; } = [.. header.Sensors.Select(sensor => sensor.SessionNumber)];

    /// <summary>The flashes that count under these numbers.</summary>
    public uint?[] Flashes { get; } = [.. header.Sensors.Select(sensor => sensor.Flash)];

    /// <summary>When its last contact was.</summary>
    public DateTimeOffset LastContact { get; private set; } = header.StartedAt;

    /// <summary>When a sensor was last heard of it.</summary>
    public DateTimeOffset LastSign { get; set; } = now;

    /// <summary>When the walker ended it; what comes after is not its.</summary>
    public DateTimeOffset StoppedAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Whether it is over, and its totals must be written.</summary>
    public bool MustClose { get; set; }

    /// <summary>Whether anything must be written.</summary>
    public bool HasUnwritten => _unwrittenStrides.Count > 0 || _unwrittenMarks.Count > 0 || MustClose;

    /// <summary>Whether the walker has paused.</summary>
    public bool IsPaused => Pauses.Of(_marks).IsOn;

    /// <summary>What came of it so far.</summary>
    public SessionTotals Totals => _totals ??= SessionTotals.Of(Header.Id == 0 ? worn(this) : Header.Sensors,
        _strides.Values, _marks);

    /// <summary>The incline so far; null when it was not measured.</summary>
    public MeasuredIncline? Incline => _incline.Measured;

    /// <summary>So long was walked at so much.</summary>
    public void Add(MeasuredIncline part)
    {
        _incline.Add(part);
        _hasNewIncline = true;
    }

    /// <summary>What a sensor calls the session; its first name stays.</summary>
    public void Name(int sensor, int number, uint? flash)
    {
        if (Numbers[sensor] == null)
        {
            (Numbers[sensor], Flashes[sensor]) = (number, flash);
            _named.Add(sensor);
        }
    }

    /// <summary>Takes a stride, once.</summary>
    public void Add(KeptStride stride, DateTimeOffset at, DateTimeOffset heard)
    {
        LastContact = at > LastContact ? at : LastContact;
        LastSign = heard;
        var placed = stride with { At = SinceStart(at) };
        if (_strides.TryAdd(KeyOf(placed), placed))
        {
            _unwrittenStrides.Add(placed);
            _totals = null;
        }
    }

    /// <summary>Takes a mark.</summary>
    public void Add(DateTimeOffset at, MarkKind kind)
    {
        var mark = new SessionMark(at > Header.StartedAt ? SinceStart(at) : TimeSpan.Zero, kind);
        _marks.Add(mark);
        _unwrittenMarks.Add(mark);
        _totals = null;
    }

    /// <summary>Writes what is not written.</summary>
    /// <param name="archive">Where to.</param>
    /// <returns>Whether it was kept for the first time, or goes on, by this.</returns>
    /// <exception cref="ExplainedException">It could not be; the rest is tried again.</exception>
    public bool Write(IWalkArchive archive)
    {
        bool isNew = Header.Id == 0;
        if (isNew && _unwrittenStrides.Count == 0)
        {
            MustClose = false; // a session without a stride is none
            return false;
        }

        if (isNew)
        {
            Header = archive.Begin(Header with { Sensors = worn(this) });
        }
        else if (_mustReopen)
        {
            archive.Reopen(Header.Id);
        }

        _mustReopen = false;
        WriteStrides(archive);
        bool isFirst = !_isTold;
        _isTold = true;
        return isFirst;
    }

    // In the whole milliseconds that an archive keeps: now and later the same figures come of it.
    private TimeSpan SinceStart(DateTimeOffset at) =>
        TimeSpan.FromMilliseconds((long)(at - Header.StartedAt).TotalMilliseconds);

    private void WriteStrides(IWalkArchive archive)
    {
        foreach (int sensor in _named)
        {
            archive.Name(Header.Id, sensor, Numbers[sensor]!.Value, Flashes[sensor]);
        }

        _named.Clear();
        if (_hasNewIncline && Incline is { } incline)
        {
            archive.Measure(Header.Id, incline);
            _hasNewIncline = false;
        }

        if (_unwrittenStrides.Count > 0)
        {
            archive.Add(Header.Id, _unwrittenStrides);
            _unwrittenStrides.Clear();
        }
        else if (!MustClose)
        {
            archive.Touch(Header.Id);
        }

        while (_unwrittenMarks.Count > 0)
        {
            archive.Add(Header.Id, _unwrittenMarks[0]);
            _unwrittenMarks.RemoveAt(0); // what fails is tried again, and nothing twice
        }

        if (MustClose)
        {
            archive.Close(Header.Id);
            MustClose = false;
        }
    }

    private static (int Sensor, int Run, string Name) KeyOf(KeptStride kept) =>
        (kept.Sensor, kept.Run, StrideRecord.Name(kept.Stride));
}
