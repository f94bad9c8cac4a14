namespace Backstep.Walks.Coaching;

/// <summary>Shows one cue at a time, long enough to be read. Only what is for safety or for the dose, or would come
/// late, interrupts another, and never a more urgent one.</summary>
public sealed class CueBoard(TimeProvider time)
{
    /// <summary>Two quick glances from the belt.</summary>
    public static readonly TimeSpan MinimumShown = TimeSpan.FromSeconds(4);

    private long _shownSince;

    /// <summary>What is on the board, or null before the first.</summary>
    public Cue? Current { get; private set; }

    /// <summary>Offers what there is to say now; returns what is shown.</summary>
    public Cue Offer(Cue cue)
    {
        bool urgent = cue.IsUrgent && (Current is not { IsUrgent: true }
            || (cue.Tone == CueTone.Call && Current.Tone == CueTone.Call)
            || (cue.Kind, cue.Tone).CompareTo((Current.Kind, Current.Tone)) < 0);
        bool sameThing = cue.Kind == Current?.Kind && cue.Text == Current.Text;
        if (Current == null
            || (!sameThing
                && (urgent || time.GetElapsedTime(_shownSince) >= MinimumShown || Current.Kind == CueKind.Waiting)))
        {
            Current = cue;
            _shownSince = time.GetTimestamp();
        }

        return Current;
    }
}
