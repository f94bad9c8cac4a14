using Backstep.Companion.Commands;
using Backstep.Files.Export;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Export;

/// <summary>Sessions as exports and reports get them.</summary>
internal static class KeptSessions
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 18, 30, 15, TimeSpan.FromHours(1));

    /// <summary>A simulated walk, followed over the simulated radio as a live session would be.</summary>
    public static async Task<KeptSession> WalkedAsync(string scenario, int seed, double seconds)
    {
        using var walk = SimulatedWalk.Create(scenario, seed, TimeSpan.FromSeconds(seconds));
        var strides = new List<KeptStride>();
        await walk.FollowAsync(received =>
        {
            if (received is StrideReceived { Stride: var stride })
            {
                strides.Add(
                    new KeptStride(0, 1, TimeSpan.FromMilliseconds(stride.ContactMilliseconds), stride,
                        stride.Posture));
            }
        }, TimeSpan.FromSeconds(seconds), stop: TestContext.Current.CancellationToken);
        return Of([.. strides.OrderBy(kept => kept.At)], [new SessionSensor(scenario, null, Placement.LeftShoe)],
            isSimulated: true);
    }

    /// <summary>A session of these strides.</summary>
    public static KeptSession Of(
        IReadOnlyList<KeptStride> strides,
        IReadOnlyList<SessionSensor>? sensors = null,
        bool isSimulated = false,
        IReadOnlyList<SessionMark>? marks = null,
        IReadOnlyList<PainNote>? pain = null,
        WalkMode mode = WalkMode.Treadmill,
        string walker = "me")
    {
        sensors ??= [new SessionSensor("Backstep", "AA:BB:CC:DD:EE:FF", Placement.LeftShoe)];
        return new KeptSession(
            new SessionSummary(
                new SessionHeader { Id = 7, WalkerId = 3, StartedAt = Start, Mode = mode, IsSimulated = isSimulated,
                    Sensors = sensors, InclinePercent = 5, Target = TimeSpan.FromMinutes(5) },
                SessionTotals.Of(sensors, strides, marks ?? []),
                IsComplete: true)
            {
                MeasuredIncline = new MeasuredIncline(isSimulated ? -2.4 : 4.6, TimeSpan.FromSeconds(40)),
            },
            new WalkerProfile(3, walker, Start.AddDays(-30)),
            strides,
            marks ?? [],
            pain ?? []);
    }

    /// <summary>So many good backward strides of one foot, one after the other, 1.4 s and 0.9 m each.</summary>
    public static IEnumerable<KeptStride> Even(int count, int sensor = 0, double fromSeconds = 0,
        Direction direction = Direction.Backward) =>
        Enumerable.Range(1, count).Select(i => new KeptStride(
            sensor, 0, TimeSpan.FromSeconds(fromSeconds + (1.4 * i)), Strides.Make((uint)i, direction), i % 2 == 0
                ? Posture.Held : Posture.Free));

    /// <summary>40 even strides, 1.4 s and 0.9 m each, of which ten lie in a pause from 20 s to 34 s. By hand: 30
    /// strides count, 27 m, 56 s long, 42 s without the pause; of the first stride after it the swing is walked, 0.45
    /// s, for it began in it: 14 * 1.4 + 0.45 + 15 * 1.4 = 41.05 s.</summary>
    public static KeptSession WithAPause() => Of([.. Even(40)], marks:
    [
        new SessionMark(TimeSpan.FromSeconds(20), MarkKind.Paused),
        new SessionMark(TimeSpan.FromSeconds(34), MarkKind.Resumed),
    ]);

    public static byte[] Exported(KeptSession session, ExportFormat format)
    {
        using var stream = new MemoryStream();
        ExportFormats.Write(stream, session, format, Root.Version);
        return stream.ToArray();
    }
}
