using Backstep.Protocol;

namespace Backstep.Walks.Sessions;

/// <summary>How a session begins: anew, or as one that is kept already and goes on.</summary>
/// <param name="archive">Where sessions are kept.</param>
/// <param name="template">What is known of every session.</param>
/// <param name="sensors">The walk's.</param>
/// <param name="flash">What is kept of the sensors' own sessions.</param>
/// <param name="writer">What uses the store.</param>
/// <param name="placer">Where strides wait that came before.</param>
internal sealed class SessionBeginning(IWalkArchive archive, SessionHeader template, SensorInWalk[] sensors,
    FlashSessions flash, SessionWriter writer, StridePlacer placer)
{
    /// <summary>Begins one.</summary>
    /// <param name="sensor">Whose session it is.</param>
    /// <param name="session">As that tells it.</param>
    /// <param name="now">The clock of the walk.</param>
    /// <param name="isDated">Whether that can be right.</param>
    /// <param name="intervalBegan">When the interval began that is walked.</param>
    public SessionInProgress Begin(int sensor, Session session, DateTimeOffset now, bool isDated,
        DateTimeOffset? intervalBegan)
    {
        var start = now - TimeSpan.FromSeconds(session.ElapsedSeconds);
        SessionSummary[] kept = [];
        writer.Try(() => kept = flash.Kept(sensor, sensors[sensor].Flash ?? 0, session.Id, start));
        KeptSession? mine = null;
        writer.Try(() => mine = kept.FirstOrDefault(IsMine) is { } found ? archive.Find(found.Header.Id) : null);
        if (mine == null && kept.Length > 0)
        {
            start = now; // somebody else wore the sensor until now: what went before is theirs
        }

        var early = placer.TakeEarly(sensor, start);
        var first = early.Select(one => one.At - TimeSpan.FromMilliseconds(one.Stride.Stride.SwingMilliseconds))
            .Append(start).Min();
        var begun = mine != null ? SessionInProgress.Resumed(mine, now)
            : new SessionInProgress(template with { StartedAt = Whole(first),
                IsStartUnknown = !isDated }, SensorsOf, now);
        begun.Name(sensor, session.Id, sensors[sensor].Flash);
        if (intervalBegan is { } began && mine == null)
        {
            begun.Add(began, MarkKind.IntervalBegins);
        }

        foreach (var (stride, at) in early)
        {
            placer.Take(begun, stride, at);
        }

        return begun;
    }

    // The store keeps whole milliseconds, and all else counts from here.
    internal static DateTimeOffset Whole(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));

    private bool IsMine(SessionSummary found) => found.Header.WalkerId == template.WalkerId
        && found.Header.Sensors.Select(one => one.Address)
        .SequenceEqual(template.Sensors.Select(one => one.Address), StringComparer.OrdinalIgnoreCase);

    private SessionSensor[] SensorsOf(SessionInProgress session) =>
    [
        .. session.Header.Sensors.Select((sensor, i) => sensor with
        {
            Placement = sensors[i].Placement ?? sensor.Placement,
            SessionNumber = session.Numbers[i],
            Flash = session.Flashes[i],
        }),
    ];
}
