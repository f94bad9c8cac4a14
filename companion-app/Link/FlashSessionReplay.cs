using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>Sessions that the sensor kept in its flash: put together from the frames of a replay, each told
/// once.</summary>
/// <param name="wants">Whether one is wanted, by its flash and its start; null for none.</param>
/// <param name="tell">Gets them.</param>
internal sealed class FlashSessionReplay(Func<uint, LogSessionStart, bool>? wants, Action<SensorEvent> tell)
{
    private readonly HashSet<(uint Flash, int Run, int Id, uint Start)> _told = [];
    private (LogSessionStart Start, List<Stride> Strides)? _open;

    /// <summary>Whether any is wanted at all.</summary>
    public bool IsWanted => wants != null;

    /// <summary>One begins.</summary>
    public void Begin(LogSessionStart start) => _open = (start, []);

    /// <summary>The one that has begun will not end.</summary>
    public void Drop() => _open = null;

    /// <summary>Strides of the one that has begun. More than it says itself, and it is none.</summary>
    public void Add(Stride[] strides)
    {
        if (_open is var (start, before))
        {
            before.AddRange(strides);
            if (before.Count > (long)start.LastSequence - start.FirstSequence + 1)
            {
                _open = null;
                tell(new PayloadRejected(Uuids.Log, DecodeError.OutOfRange));
            }
        }
    }

    /// <summary>It ends.</summary>
    public void End(uint flash, Session totals)
    {
        if (_open is var (start, strides) && wants?.Invoke(flash, start) == true
            && _told.Add((flash, start.Run, start.Id, start.StartUnixSeconds)))
        {
            tell(new SessionWalkedAlone(start, totals, strides) { Flash = flash });
        }

        _open = null;
    }
}
