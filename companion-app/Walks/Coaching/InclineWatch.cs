using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using static System.FormattableString;

namespace Backstep.Walks.Coaching;

/// <summary>Says when the belt's incline is not the dose: twice a walk at most, for some belts do not rise. Counted on
/// the walked time; what another cue hides counts as not said.</summary>
/// <param name="dosePercent">The dose.</param>
public sealed class InclineWatch(double dosePercent = Dose.InclinePercent)
{
    // Ours: a belt takes some seconds to rise; then long enough to be read twice; then time to do something about it.
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Stands = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(60);
    private const int Most = 2;

    private TimeSpan? _offSince;
    private TimeSpan? _seenAt;
    private int _seen;
    private Cue? _cue;

    /// <summary>What there is to say now; null for nothing.</summary>
    /// <param name="moment">The walk.</param>
    /// <param name="percent">The incline now; null when it is not known.</param>
    public Cue? CueFor(WalkMoment moment, double? percent)
    {
        if (moment.Mode != WalkMode.Treadmill || percent is not { } known || !BeltIncline.IsOff(known, dosePercent))
        {
            _offSince = null;
            _cue = null;
            return null;
        }

        _offSince ??= moment.Walked;
        bool stands = _cue != null && (_seenAt is not { } seen || moment.Walked - seen < Stands);
        bool isDue = _seen < Most && moment.Walked - _offSince >= Settles
            && (_seenAt is not { } before || moment.Walked - before >= Again);
        return _cue = stands ? _cue : isDue ? Say(known) : null;
    }

    /// <summary>What is shown.</summary>
    public void Saw(Cue shown, TimeSpan walked)
    {
        if (_cue != null && shown.Kind == CueKind.Incline
            && (_seenAt is not { } before || walked - before >= Again))
        {
            _seenAt = walked;
            _seen++;
        }
    }

    private Cue Say(double percent) => new(CueKind.Incline, CueTone.Correction,
        $"The belt is {BeltIncline.Words(percent, dosePercent)}. Set it when you stand")
    {
        Headline = dosePercent == Math.Round(dosePercent) ? Invariant($"INCLINE {dosePercent:0}") : "INCLINE",
    };
}
