using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>What sensors kept in their flash while nobody listened: which of it is wanted, and where it belongs. What a
/// session in the flash lacks in between was walked in a pause, for a sensor keeps what it counts.</summary>
/// <param name="archive">Where to keep it.</param>
/// <param name="template">What is known of every session.</param>
/// <param name="walk">The clock of the walk.</param>
internal sealed class FlashSessions(ISessionArchive archive, SessionHeader template, TimeProvider walk)
{
    // What was kept under the number that a sensor gave its session belongs to that session when it began within it:
    // numbers begin anew when a sensor is wiped.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(3);

    /// <summary>What is kept of a session of a sensor.</summary>
    /// <param name="sensor">Position in the template.</param>
    /// <param name="number">The sensor's own number of it.</param>
    /// <param name="start">When it began, if that is known.</param>
    public SessionSummary[] Kept(int sensor, int number, DateTimeOffset? start) =>
        template.Sensors[sensor].Address is not { } address ? [] :
        [
            .. archive.OfSensor(address, number).Where(found => start is not { } began
                || (found.Header.StartedAt >= began - ClockSlack && found.Header.StartedAt <= began + LongestSession)),
        ];

    /// <summary>Whether the archive lacks a session, or a part of it.</summary>
    /// <param name="sensor">Position in the template.</param>
    /// <param name="start">The session.</param>
    /// <param name="current">Key of the session that goes on: nothing of it is asked from the flash.</param>
    public bool IsWanted(int sensor, LogSessionStart start, long? current)
    {
        var kept = Kept(sensor, start);
        if (kept is not [var found])
        {
            return kept.Length == 0; // when walkers shared it, nobody knows whose the rest is
        }

        long held = start.FirstSequence == 0 ? 0 : (long)start.LastSequence - start.FirstSequence + 1;
        int position = PositionIn(found.Header, sensor);
        return found.Header.Id != current
            && (!found.IsComplete
                || archive.Find(found.Header.Id)!.Strides.Count(stride => stride.Sensor == position) < held);
    }

    /// <summary>Keeps one: whole, or what is lacking of one that is kept.</summary>
    /// <param name="sensor">Position in the template.</param>
    /// <param name="alone">The session.</param>
    /// <param name="placement">Where the sensor is worn, as far as it has told.</param>
    /// <param name="railsOf">What is to be believed of what its strides say of the rails.</param>
    /// <returns>Its header; null when nothing was kept.</returns>
    public SessionHeader? Keep(int sensor, SessionWalkedAlone alone, Placement? placement,
        Func<Stride, Posture> railsOf)
    {
        var kept = Kept(sensor, alone.Start);
        return alone.Strides.Count == 0 ? null
            : kept is [var found] ? Complete(found.Header, PositionIn(found.Header, sensor), alone, railsOf)
            : kept.Length == 0 && placement != Placement.Wrist ? KeepWhole(sensor, alone, placement, railsOf)
            : null;
    }

    private SessionSummary[] Kept(int sensor, LogSessionStart start) => Kept(sensor, start.Id,
        start.StartUnixSeconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(start.StartUnixSeconds));

    private int PositionIn(SessionHeader header, int sensor) => Math.Max(0, header.Sensors.ToList().FindIndex(one =>
        string.Equals(one.Address, template.Sensors[sensor].Address, StringComparison.OrdinalIgnoreCase)));

    private SessionHeader? Complete(SessionHeader header, int position, SessionWalkedAlone alone,
        Func<Stride, Posture> railsOf)
    {
        var whole = archive.Find(header.Id)!;
        if (whole.Strides.FirstOrDefault(stride => stride.Sensor == position) is not { } known)
        {
            return null;
        }

        KeptStride[] strides = [.. alone.Strides.Select(stride => new KeptStride(position, known.Run,
            known.At + TimeSpan.FromMilliseconds((int)(stride.ContactMilliseconds - known.Stride.ContactMilliseconds)),
            stride, railsOf(stride)))];
        archive.Add(header.Id, strides);
        foreach (var mark in PausesIn(alone, strides, whole.Pauses))
        {
            archive.Add(header.Id, mark);
        }

        archive.Close(header.Id);
        return header;
    }

    private SessionHeader KeepWhole(int sensor, SessionWalkedAlone alone, Placement? placement,
        Func<Stride, Posture> railsOf)
    {
        var first = alone.Strides[0];
        KeptStride[] strides = [.. alone.Strides.Select(stride => new KeptStride(0, 0,
            TimeSpan.FromMilliseconds((int)(stride.ContactMilliseconds - first.ClearanceMilliseconds)), stride,
            railsOf(stride)))];
        var worn = template.Sensors[sensor];
        bool isDated = alone.Start.StartUnixSeconds != 0;
        var header = template with
        {
            StartedAt = isDated
                ? TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(alone.Start.StartUnixSeconds),
                    walk.LocalTimeZone)
                : SessionRecorder.Whole(walk.GetLocalNow()),
            IsStartUnknown = !isDated,
            Target = null,
            Sensors = [worn with { Placement = placement ?? worn.Placement, SessionNumber = alone.Start.Id }],
        };
        SessionMark[] marks = [.. PausesIn(alone, strides, Pauses.Of([]))];
        var summary = new SessionSummary(header, SessionTotals.Of(header.Sensors, strides, marks), IsComplete: true);
        return archive.Keep(new KeptSession(summary, new WalkerProfile(header.WalkerId, "", header.StartedAt), strides,
            marks, []));
    }

    /// <summary>The pauses that a session in the flash shows, beside those that are known. A sensor that could not
    /// write all that it counted shows none.</summary>
    private static IEnumerable<SessionMark> PausesIn(SessionWalkedAlone alone, KeptStride[] strides, Pauses known)
    {
        var totals = alone.Totals;
        if (totals.BackwardStrides + totals.ForwardStrides + totals.UnknownStrides != strides.Length)
        {
            yield break;
        }

        for (int i = 0; i < strides.Length; i++)
        {
            var begins = strides[i].At - TimeSpan.FromMilliseconds(strides[i].Stride.SwingMilliseconds);
            var before = i == 0 ? begins : strides[i - 1].At + TimeSpan.FromMilliseconds(1);
            if (known.IsOn && known.Hold(strides[i].At))
            {
                known.End(begins); // counted, so somebody had gone on
                yield return new SessionMark(begins, MarkKind.Resumed);
            }
            else if (i > 0 && strides[i].Stride.Sequence != strides[i - 1].Stride.Sequence + 1 && begins > before
                && known.Outside(before, begins) == begins - before)
            {
                yield return new SessionMark(before, MarkKind.Paused);
                yield return new SessionMark(begins, MarkKind.Resumed);
            }
        }
    }
}
