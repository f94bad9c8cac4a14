using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Walks.Sessions;

/// <summary>
/// Which of the kept sessions a sensor means by a number of its own. Flash and number name a session for good. Where
/// the flash is not known on both sides (older firmware, a session kept by an older companion, a flash that cannot be
/// written) numbers come again: then the time must agree, or the strides themselves; the number alone says nothing.
/// </summary>
internal sealed class SensorSessions(IWalkArchive archive)
{
    // Clocks differ, and a session may have been joined late.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);

    // Ours: nobody walks backward for longer; what is further apart is another day's or another clock's.
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(3);

    /// <summary>The sessions that one is, as far as its beginning tells.</summary>
    /// <param name="address">The sensor's.</param>
    /// <param name="flash">The flash; 0 when not known.</param>
    /// <param name="number">The sensor's number of it.</param>
    /// <param name="start">When it began; null when the sensor does not know.</param>
    public SessionSummary[] Begun(string address, uint flash, int number, DateTimeOffset? start) =>
    [
        .. archive.OfSensor(address, number).Where(found => FlashOf(found, address, number) is { } known && flash != 0
            ? known == flash
            : IsAt(found, start)),
    ];

    /// <summary>The sessions that one out of the flash is.</summary>
    public SessionSummary[] Finished(string address, uint flash, LogSessionStart start) =>
        Begun(address, flash, start.Id, TimeOf(start));

    /// <summary>The same, now that its strides are there.</summary>
    public SessionSummary[] Finished(string address, uint flash, LogSessionStart start, IReadOnlyList<Stride> strides)
    {
        var byBeginning = Finished(address, flash, start);
        return
        [
            .. archive.OfSensor(address, start.Id).Where(found =>
                FlashOf(found, address, start.Id) is { } known && flash != 0
                    ? known == flash
                    : Compare(found.Header, address, strides) is var shared && (shared == true
                        || (shared == null && byBeginning.Any(one => one.Header.Id == found.Header.Id)))),
        ];
    }

    /// <summary>When a session in the flash began; null when the sensor does not know.</summary>
    public static DateTimeOffset? TimeOf(LogSessionStart start) =>
        start.StartUnixSeconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(start.StartUnixSeconds);

    /// <summary>The position of a sensor in a session; -1 when it took no part.</summary>
    public static int PositionOf(SessionHeader header, string address) => header.Sensors.Index()
        .Where(sensor => string.Equals(sensor.Item.Address, address, StringComparison.OrdinalIgnoreCase))
        .Select(sensor => sensor.Index).DefaultIfEmpty(-1).First();

    private static uint? FlashOf(SessionSummary found, string address, int number) =>
        found.Header.Sensors.FirstOrDefault(sensor => sensor.SessionNumber == number
            && string.Equals(sensor.Address, address, StringComparison.OrdinalIgnoreCase))?.Flash;

    private static bool IsAt(SessionSummary found, DateTimeOffset? start) =>
        start is { } began && !found.Header.IsStartUnknown
            && found.Header.StartedAt >= began - ClockSlack && found.Header.StartedAt <= began + LongestSession;

    /// <summary>Whether the strides are those of a kept session: true when they share one, false when the same numbers
    /// are other strides, null when no number stands in both.</summary>
    private bool? Compare(SessionHeader header, string address, IReadOnlyList<Stride> strides)
    {
        int position = PositionOf(header, address);
        var kept = (archive.Find(header.Id)?.Strides ?? []).Where(one => one.Sensor == position)
            .ToLookup(one => one.Stride.Sequence, one => one.Stride);
        bool? isSame = null;
        foreach (var stride in strides.Where(stride => kept.Contains(stride.Sequence)))
        {
            if (kept[stride.Sequence].Any(one => IsSame(one, stride)))
            {
                return true;
            }

            isSame = false;
        }

        return isSame;
    }

    private static bool IsSame(Stride one, Stride other) => StrideRecord.Name(one) == StrideRecord.Name(other);
}
