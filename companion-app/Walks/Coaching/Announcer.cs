namespace Backstep.Walks.Coaching;

/// <summary>Makes cues heard: a bell, a voice, both, or neither. What is old is dropped, never queued.</summary>
/// <param name="bell">Rings once; null for no bell.</param>
/// <param name="speech">The voice; null for none. The announcer disposes of it.</param>
/// <param name="time">The clock.</param>
public sealed class Announcer(Action? bell, ISpeech? speech, TimeProvider time) : IDisposable
{
    /// <summary>So many seconds before a phase ends, each is rung.</summary>
    public const int CountdownSeconds = 3;

    // Whoever is talked at without a break stops listening. Safety, dose and calls do not wait.
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(8);

    private Cue? _last;
    private long? _spokeAt;
    private long _heardAt;
    private int _rung;

    /// <summary>Whether anything can be heard at all.</summary>
    public bool HasSound => bell != null || speech != null;

    /// <summary>Whether the walker wants quiet.</summary>
    public bool IsMuted { get; private set; }

    /// <summary>Quiet, or not any more.</summary>
    public void ToggleMute()
    {
        IsMuted = !IsMuted;
        if (IsMuted)
        {
            speech?.Hush();
        }
    }

    /// <summary>Takes what is on the board now and, in intervals, where they stand. Call as often as you
    /// like.</summary>
    public void Update(Cue cue, IntervalMoment? interval)
    {
        CountDown(interval);
        bool again = cue == _last && cue.Again is { } every && time.GetElapsedTime(_heardAt) >= every;
        if (cue == _last && !again)
        {
            return;
        }

        _last = cue;
        _heardAt = time.GetTimestamp();
        if (IsMuted || cue.Tone == CueTone.Neutral)
        {
            return; // seen, not heard
        }

        bell?.Invoke();
        if (speech != null
            && (cue.IsUrgent || _spokeAt is not { } spoke || time.GetElapsedTime(spoke) >= Breath))
        {
            _spokeAt = time.GetTimestamp();
            speech.Say(cue.Text);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => speech?.Dispose();

    private void CountDown(IntervalMoment? interval)
    {
        int left = interval is { Phase: not IntervalPhase.Done } ? (int)Math.Ceiling(interval.Left.TotalSeconds) : 0;
        if (left is > 0 and <= CountdownSeconds && left != _rung && !IsMuted)
        {
            bell?.Invoke();
        }

        _rung = left;
    }
}
