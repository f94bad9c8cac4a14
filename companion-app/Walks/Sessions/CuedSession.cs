namespace Backstep.Walks.Sessions;

/// <summary>A session in which the screen gave cues on form for a time, or none for a time: what tells how much of it
/// stays without them.</summary>
/// <param name="At">When it began.</param>
/// <param name="Sensors">Who told its strides.</param>
/// <param name="Strides">All of them, in any order.</param>
/// <param name="Marks">All of them, in any order.</param>
public sealed record CuedSession(DateTimeOffset At, IReadOnlyList<SessionSensor> Sensors,
    IEnumerable<KeptStride> Strides, IEnumerable<SessionMark> Marks);
