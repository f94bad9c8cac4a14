using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>Sessions as a test needs them.</summary>
internal static class Kept
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 30, 0, TimeSpan.FromHours(2));

    public static SessionHeader Header(long walkerId, DateTimeOffset? at = null, bool simulated = false,
        string? address = "AA:BB:CC:00:00:01", int? number = 7) => new()
    {
        WalkerId = walkerId,
        StartedAt = at ?? Morning,
        Mode = WalkMode.Treadmill,
        IsSimulated = simulated,
        Target = TimeSpan.FromMinutes(5),
        InclinePercent = 5,
        Sensors = [new SessionSensor("Backstep", address, Placement.RightShoe) { SessionNumber = number }],
    };

    /// <summary>Strides 1.4 s apart from <paramref name="first"/> on, the first contact of all at 1.4 s.</summary>
    public static KeptStride[] Strides(int count, uint first = 1, int run = 3, int sensor = 0,
        Posture rails = Posture.Unknown) =>
    [
        .. Enumerable.Range(0, count).Select(i => new KeptStride(
            sensor, run, TimeSpan.FromMilliseconds((first + i) * 1400), Tests.Strides.Make((uint)(first + i)), rails)),
    ];
}
