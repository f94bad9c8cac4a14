using Backstep.Protocol;

namespace Backstep.Link;

/// <summary>
/// What a replay of the sensor's log may take: a faulty sensor, or one that only calls itself one, may repeat itself
/// for ever. Nobody waits for it then, and nothing grows.
/// </summary>
internal sealed class ReplayBounds(TimeProvider time)
{
    // A stride a second for four months, without a restart.
    private const uint HighestSequence = 10_000_000;

    // The sensor's memory holds 1,024 (firmware/Sensor/README.md), its flash some ten thousand.
    private const uint MostHeld = 100_000;

    // Ours: fifty times what a flash holds, and nothing to a computer's memory.
    private const int MostSessions = 10_000;
    private const int MostStrides = 500_000;

    // 1,024 strides take some seconds over a good link; all of the flash some minutes.
    private static readonly TimeSpan LongestOfStrides = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestOfSessions = TimeSpan.FromMinutes(20);

    // A live stride waits no longer for those before it when none of them comes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // Bluetooth delivers each message once: strides that came already, again and again, are no replay.
    private const int MostInVain = 4096;

    private long _began;
    private int _sessions;
    private int _strides;
    private int _inVain;
    private long? _waitsSince;
    private uint _waitsFor;

    /// <summary>A replay is asked for.</summary>
    public void Begin()
    {
        _began = time.GetTimestamp();
        (_sessions, _strides, _inVain) = (0, 0, 0);
    }

    /// <summary>On a new link nothing has waited yet.</summary>
    public void OnLinkUp() => _waitsSince = null;

    /// <summary>Strides came.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isNew">Whether any of them was wanted.</param>
    public void AddStrides(int count, bool isNew)
    {
        _strides += count;
        _inVain = isNew ? 0 : _inVain + count;
    }

    /// <summary>A session begins.</summary>
    public void AddSession() => _sessions++;

    /// <summary>Whether this goes on too long.</summary>
    public bool IsExceeded(bool isOfSessions) =>
        time.GetElapsedTime(_began) >= (isOfSessions ? LongestOfSessions : LongestOfStrides)
        || _sessions > MostSessions || _strides > MostStrides || _inVain > MostInVain;

    /// <summary>Whether live strides have waited long enough.</summary>
    /// <param name="isWaiting">Whether any waits now.</param>
    /// <param name="for">The first that it waits for.</param>
    public bool HasWaitedLong(bool isWaiting, uint @for)
    {
        _waitsSince = !isWaiting ? null : @for == _waitsFor ? _waitsSince ?? time.GetTimestamp() : time.GetTimestamp();
        _waitsFor = @for;
        return _waitsSince is { } since && time.GetElapsedTime(since) >= LongestWait;
    }

    /// <summary>Whether a sensor can hold that.</summary>
    public static bool IsPossible(LogRange held) =>
        held.LastSequence <= HighestSequence && held.LastSequence - held.FirstSequence < MostHeld;

    /// <summary>Whether a sensor can have counted so far.</summary>
    public static bool IsPossible(uint sequence) => sequence is > 0 and <= HighestSequence;
}
