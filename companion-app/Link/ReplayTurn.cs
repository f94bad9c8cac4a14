namespace Backstep.Link;

/// <summary>How far a replay of the sensor's log has come.</summary>
internal enum ReplayStage
{
    /// <summary>None is under way.</summary>
    Idle,

    /// <summary>It is asked for.</summary>
    Asked,

    /// <summary>Its frames come.</summary>
    Replaying,
}

/// <summary>One replay of the sensor's log after the other, and the pauses after those that were refused or brought
/// nothing new.</summary>
internal sealed class ReplayTurn(TimeProvider time)
{
    // A replay that says nothing for so long was cut off.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    // Doubles.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 5; // to 32 s: a session's worth of strides is not late for it

    private int _fruitless;
    private long _lastSign;
    private TimeSpan _pause;
    private long _pausedAt;

    /// <summary>How far it has come.</summary>
    public ReplayStage Stage { get; private set; }

    /// <summary>Whether it is of sessions, not of strides.</summary>
    public bool OfSessions { get; private set; }

    /// <summary>The first number that was missing when it was asked for.</summary>
    public uint From { get; private set; }

    /// <summary>Whether it has come to a stop.</summary>
    public bool IsSilent => time.GetElapsedTime(_lastSign) >= Silence;

    /// <summary>Whether the next one has to wait.</summary>
    public bool IsPausing => _pause > TimeSpan.Zero && time.GetElapsedTime(_pausedAt) < _pause;

    /// <summary>One is asked for.</summary>
    public void Ask(bool ofSessions, uint from)
    {
        (Stage, OfSessions, From) = (ReplayStage.Asked, ofSessions, from);
        NoteSign();
    }

    /// <summary>It goes on.</summary>
    public void NoteSign() => _lastSign = time.GetTimestamp();

    /// <summary>Its frames come now.</summary>
    public void Begin() => Stage = ReplayStage.Replaying;

    /// <summary>It is over.</summary>
    public void End() => Stage = ReplayStage.Idle;

    /// <summary>It is over, and brought nothing: a pause.</summary>
    public void Fail()
    {
        End();
        _pausedAt = time.GetTimestamp();
        _pause = FirstPause * (1 << Math.Min(_fruitless++, MostDoublings));
    }

    /// <summary>The next one need not wait.</summary>
    public void Hurry() => (_fruitless, _pause) = (0, TimeSpan.Zero);
}
