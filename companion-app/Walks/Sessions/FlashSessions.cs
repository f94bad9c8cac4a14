using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>What sensors kept in their flash while nobody listened: which of it is wanted, and where it belongs. What a
/// session in the flash lacks in between was walked in a pause, for a sensor keeps what it counts.</summary>
/// <param name="archive">Where to keep it.</param>
/// <param name="template">What is known of every session.</param>
/// <param name="walk">The clock of the walk.</param>
internal sealed class FlashSessions(IWalkArchive archive, SessionHeader template, TimeProvider walk)
{
    private readonly SensorSessions _sessions = new(archive);

    /// <summary>What is kept of a session of a sensor.</summary>
    /// <param name="sensor">Position in the template.</param>
    /// <param name="flash">The flash that counts it; 0 when not known.</param>
    /// <param name="number">The sensor's own number of it.</param>
    /// <param name="start">When it began.</param>
    public SessionSummary[] Kept(int sensor, uint flash, int number, DateTimeOffset? start) =>
        template.Sensors[sensor].Address is { } address ? _sessions.Begun(address, flash, number, start) : [];

    /// <summary>Whether the archive lacks a session, or a part of it.</summary>
    /// <param name="sensor">Position in the template.</param>
    /// <param name="flash">The flash; 0 when not known.</param>
    /// <param name="start">The session.</param>
    /// <param name="current">Key of the session that goes on: nothing of it is asked from the flash.</param>
    public bool IsWanted(int sensor, uint flash, LogSessionStart start, long? current)
    {
        if (template.Sensors[sensor].Address is not { } address)
        {
            return true;
        }

        var kept = _sessions.Finished(address, flash, start);
        if (kept is not [var found])
        {
            return kept.Length == 0; // when walkers shared it, nobody knows whose the rest is
        }

        long held = start.FirstSequence == 0 ? 0 : (long)start.LastSequence - start.FirstSequence + 1;
        int position = SensorSessions.PositionOf(found.Header, address);
        return found.Header.Id != current
            && (!found.IsComplete
                || archive.Find(found.Header.Id)!.Strides.Count(stride => stride.Sensor == position) < held);
    }

    /// <summary>Keeps one: whole, or what is lacking of one that is kept.</summary>
    /// <param name="sensor">Position in the template.</param>
    /// <param name="alone">The session.</param>
    /// <param name="placement">Where the sensor is worn, as far as it has told.</param>
    /// <param name="railsOf">What is to be believed of what its strides say of the rails.</param>
    /// <param name="header">Of the session that was kept or completed by it; null when nothing was to do.</param>
    /// <returns>Whether its strides are in a session now; false when nobody knows in whose, or when it is no
    /// foot's.</returns>
    public bool Keep(int sensor, SessionWalkedAlone alone, Placement? placement, Func<Stride, Posture> railsOf,
        out SessionHeader? header)
    {
        string? address = template.Sensors[sensor].Address;
        var kept = address == null ? [] : _sessions.Finished(address, alone.Flash, alone.Start, alone.Strides);
        bool isWhole = kept.Length == 0 && placement != Placement.Wrist;
        header = kept is [var found] ? Complete(found.Header, address!, alone, railsOf)
            : isWhole ? KeepWhole(sensor, alone, placement, railsOf)
            : null;
        return kept.Length == 1 || isWhole;
    }

    private SessionHeader Complete(SessionHeader header, string address, SessionWalkedAlone alone,
        Func<Stride, Posture> railsOf)
    {
        int position = SensorSessions.PositionOf(header, address);
        int run = alone.Start.Run;
        var whole = archive.Find(header.Id)!;
        var known =
            whole.Strides.FirstOrDefault(stride => stride.Sensor == position && (run == 0 || stride.Run == run));
        var first = alone.Strides[0];
        var (at, contact) = known is { } one
            ? (one.At, one.Stride.ContactMilliseconds)
            : ((SensorSessions.TimeOf(alone.Start) ?? header.StartedAt) - header.StartedAt,
                first.ContactMilliseconds - (uint)first.SwingMilliseconds);
        KeptStride[] strides = [.. alone.Strides.Select(stride => new KeptStride(
            position, run != 0 ? run : known?.Run ?? 0,
            at + TimeSpan.FromMilliseconds((int)(stride.ContactMilliseconds - contact)), stride, railsOf(stride)))];
        // The first strides of a walk may have been taken for the end of the one before.
        var lacking = archive.NotHeld(address, alone.Strides).ToHashSet(ReferenceEqualityComparer.Instance);
        archive.Add(header.Id, [.. strides.Where(kept => lacking.Contains(kept.Stride))]);
        foreach (var mark in PausesIn(alone, strides, whole.Pauses))
        {
            archive.Add(header.Id, mark);
        }

        if (whole.Summary.MeasuredIncline == null && InclineOf(alone) is { } incline)
        {
            archive.Measure(header.Id, incline);
        }

        archive.Close(header.Id);
        return header;
    }

    private SessionHeader? KeepWhole(int sensor, SessionWalkedAlone alone, Placement? placement,
        Func<Stride, Posture> railsOf)
    {
        // The flash may call a walk by another name than the one that it was followed under.
        var rest = template.Sensors[sensor].Address is { } address ? archive.NotHeld(address, alone.Strides)
            : alone.Strides;
        if (rest.Count == 0)
        {
            return null;
        }

        var first = alone.Strides[0];
        KeptStride[] strides = [.. rest.Select(stride => new KeptStride(0, alone.Start.Run,
            TimeSpan.FromMilliseconds((int)(stride.ContactMilliseconds - first.ClearanceMilliseconds)), stride,
            railsOf(stride)))];
        var worn = template.Sensors[sensor];
        bool isDated = alone.Start.StartUnixSeconds != 0;
        var header = template with
        {
            StartedAt = isDated
                ? TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(alone.Start.StartUnixSeconds),
                    walk.LocalTimeZone)
                : SessionBeginning.Whole(walk.GetLocalNow()),
            IsStartUnknown = !isDated,
            Target = null,
            Sensors =
            [
                worn with
                {
                    Placement = placement ?? worn.Placement,
                    SessionNumber = alone.Start.Id,
                    Flash = alone.Flash == 0 ? null : alone.Flash,
                },
            ],
        };
        SessionMark[] marks = [.. PausesIn(alone, strides, Pauses.Of([]))];
        var summary = new SessionSummary(header, SessionTotals.Of(header.Sensors, strides, marks), IsComplete: true)
        {
            MeasuredIncline = InclineOf(alone),
        };
        return archive.Keep(new KeptSession(summary, new WalkerProfile(header.WalkerId, "", header.StartedAt), strides,
            marks, []));
    }

    private static MeasuredIncline? InclineOf(SessionWalkedAlone alone) =>
        MeasuredIncline.PercentOf(alone.Start.InclineFifthsPercent) is { } percent
            ? new MeasuredIncline(percent, TimeSpan.FromSeconds(alone.Totals.ActiveSeconds)) : null;

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
