using System.Globalization;
using System.Text.Json;
using Backstep.Gait;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;

namespace Backstep.WebEngine.Keeping;

/// <summary>The sessions of a page: in memory, and told piece by piece to what outlasts it.</summary>
/// <param name="keeping">That.</param>
public sealed class PageArchive(IPageKeeping keeping) : IWalkArchive
{
    /// <summary>Whoever walks with this browser.</summary>
    public const long Walker = 1;

    // As in the store: the sensor's log holds so many sessions, and a stride that comes again comes within some
    // sessions of its own.
    private const int SessionsOfAFlash = 500;
    private const int SessionsLookedAt = 20;

    private readonly SortedDictionary<long, KeptWalk> _walks = [];

    /// <summary>Whether sessions in which no person walks outlast the page, too.</summary>
    public bool KeepsSimulated { get; set; }

    /// <inheritdoc/>
    public bool Waits { get; set; }

    /// <summary>All sessions, newest first.</summary>
    public IEnumerable<SessionSummary> Summaries => _walks.Values.Reverse().Select(walk => walk.Summary);

    /// <summary>The key of a session on the page.</summary>
    public static string KeyOf(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The session of a key; null for none.</summary>
    public KeptSession? Find(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? Find(id) : null;

    /// <summary>Takes back what an earlier visit to the page has kept. A session that nobody ended is broken off; one
    /// whose beginning is lost is none; a piece that cannot be read is left out.</summary>
    public void Restore(IEnumerable<RestoredJson> pieces)
    {
        foreach (var piece in pieces)
        {
            try
            {
                Restore(piece);
            }
            catch (Exception e) when (e is JsonException or FormatException or ArgumentException
                or OverflowException)
            {
                // The rest of the session is worth having without it.
            }
        }

        foreach (var walk in _walks.Values)
        {
            walk.IsOpen = false;
        }
    }

    /// <summary>Forgets a session. False when there is none.</summary>
    public bool Forget(string key)
    {
        bool isThere = long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            && _walks.Remove(id);
        if (isThere)
        {
            keeping.Forget(key);
        }

        return isThere;
    }

    /// <inheritdoc/>
    public SessionHeader Begin(SessionHeader header)
    {
        long id = header.StartedAt.ToUnixTimeMilliseconds(); // told apart from those of other visits, too
        while (_walks.ContainsKey(id))
        {
            id++;
        }

        var begun = header with { Id = id, WalkerId = Walker };
        _walks[id] = new KeptWalk(begun);
        Tell(begun, KeptWalk.PieceOf(begun));
        return begun;
    }

    /// <inheritdoc/>
    public void Add(long sessionId, IReadOnlyList<KeptStride> strides)
    {
        var walk = _walks[sessionId];
        KeptStride[] added =
            [.. strides.Where(kept => !IsInAnother(walk, kept)).Select(walk.Take).OfType<KeptStride>()];
        if (added.Length > 0)
        {
            Tell(walk.Header, KeptWalk.PieceOf(added));
        }
    }

    /// <inheritdoc/>
    public void Name(long sessionId, int sensor, int sessionNumber, uint? flash)
    {
        if (_walks[sessionId].Header.Sensors[sensor].SessionNumber == null)
        {
            Change(sessionId, new ChunkJson { Number = new NumberJson(sensor, sessionNumber, flash) });
        }
    }

    /// <inheritdoc/>
    public void Measure(long sessionId, MeasuredIncline incline) => Change(sessionId, KeptWalk.PieceOf(incline));

    /// <inheritdoc/>
    public void Add(long sessionId, SessionMark mark) => Change(sessionId, KeptWalk.PieceOf(mark));

    /// <inheritdoc/>
    public void Close(long sessionId) => Change(sessionId, KeptWalk.PieceOf(isOpen: false));

    /// <inheritdoc/>
    public void Reopen(long sessionId) => Change(sessionId, KeptWalk.PieceOf(isOpen: true));

    /// <inheritdoc/>
    public void Touch(long sessionId)
    {
        // Nobody takes an open session for abandoned but the next visit, and that takes all of them.
    }

    /// <inheritdoc/>
    public SessionHeader Keep(KeptSession session)
    {
        var header = Begin(session.Summary.Header);
        Add(header.Id, session.Strides);
        foreach (var mark in session.Marks)
        {
            Add(header.Id, mark);
        }

        if (session.Summary.MeasuredIncline is { } incline)
        {
            Measure(header.Id, incline);
        }

        Close(header.Id);
        return header;
    }

    /// <inheritdoc/>
    public KeptSession? Find(long sessionId) =>
        _walks.TryGetValue(sessionId, out var walk) ? walk.Session : null;

    /// <inheritdoc/>
    public IReadOnlyList<SessionSummary> OfSensor(string address, int sessionNumber) =>
    [
        .. OfSensor(address).Where(walk =>
                walk.Header.Sensors[walk.PositionOf(address)].SessionNumber == sessionNumber)
            .Select(walk => walk.Summary),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Stride> NotHeld(string address, IReadOnlyList<Stride> strides)
    {
        var held = OfSensor(address).Take(SessionsOfAFlash)
            .SelectMany(walk => walk.Strides.Where(kept => kept.Sensor == walk.PositionOf(address)))
            .Select(kept => StrideRecord.Name(kept.Stride)).ToHashSet(StringComparer.Ordinal);
        return [.. strides.Where(stride => !held.Contains(StrideRecord.Name(stride)))];
    }

    /// <inheritdoc/>
    public StrideMark? LastWithoutGap(string address)
    {
        if (OfSensor(address).FirstOrDefault() is not { } walk)
        {
            return null;
        }

        int position = walk.PositionOf(address);
        var byRun = walk.Strides.Where(kept => kept.Sensor == position)
            .ToLookup(kept => kept.Run, kept => kept.Stride.Sequence);
        int run = byRun.Select(strides => strides.Key).DefaultIfEmpty(0).Max(); // the newest start of the sensor
        if (run is 0 or >= KeptStride.FirstRunToldApart)
        {
            return null; // a sensor that cannot count its starts: numbers say nothing of what is kept
        }

        var held = byRun[run].ToHashSet();
        uint last = held.Min();
        while (held.Contains(last + 1))
        {
            last++;
        }

        return new StrideMark(run, last) { Flash = walk.Header.Sensors[position].Flash ?? 0 };
    }

    private IEnumerable<KeptWalk> OfSensor(string address) =>
        _walks.Values.Reverse().Where(walk => walk.PositionOf(address) >= 0);

    /// <summary>A sensor may tell strides again after a restart, under the name of another walk.</summary>
    private bool IsInAnother(KeptWalk here, KeptStride kept)
    {
        string? address = here.Header.Sensors[kept.Sensor].Address;
        return address != null && OfSensor(address).Take(SessionsLookedAt).Where(walk => walk != here)
            .Any(walk => walk.Strides.Any(other => other.Stride.Sequence == kept.Stride.Sequence
                && other.Sensor == walk.PositionOf(address)
                && StrideRecord.Name(other.Stride) == StrideRecord.Name(kept.Stride)));
    }

    private void Change(long sessionId, ChunkJson piece)
    {
        var walk = _walks[sessionId];
        walk.Apply(piece);
        Tell(walk.Header, piece);
    }

    private void Tell(SessionHeader of, ChunkJson piece)
    {
        if (!of.IsSimulated || KeepsSimulated)
        {
            keeping.Append(KeyOf(of.Id), JsonSerializer.Serialize(piece, ChunkContext.Default.ChunkJson));
        }
    }

    private void Restore(RestoredJson piece)
    {
        var chunk = JsonSerializer.Deserialize(piece.Text, ChunkContext.Default.ChunkJson);
        if (chunk == null || !long.TryParse(piece.Key, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
        {
            return;
        }

        if (chunk.Begins is { Layout: ChunkJson.Layout } begins)
        {
            _walks.TryAdd(id, KeptWalk.Of(id, begins));
        }
        else if (_walks.TryGetValue(id, out var walk))
        {
            walk.Apply(chunk);
        }
    }
}
