namespace Backstep.Walks.Coaching;

/// <summary>Each cue in one to three short words, capitals, for letters that are read from the belt.</summary>
internal static class Headlines
{
    /// <summary>What a kind of cue says unless it says otherwise.</summary>
    public static string Of(CueKind kind, CueTone tone) => (kind, tone) switch
    {
        (CueKind.TooFast, _) => "SLOW DOWN",
        (CueKind.TargetReached, CueTone.Safety) => "STOP NOW",
        (CueKind.TargetReached, CueTone.Enough) => "TIME IS UP",
        (CueKind.TargetReached, _) => "WELL DONE",
        (CueKind.Paused, _) => "PAUSED",
        (CueKind.Interval, _) => "GET READY",
        (CueKind.FacingForward, _) => "TURN ROUND",
        (CueKind.RailsFree, _) => "HOLD RAILS",
        (CueKind.LookAtClip, _) => "CHECK CLIP",
        (CueKind.Incline, _) => "INCLINE",
        (CueKind.HeelFirst, _) => "TOES FIRST",
        (CueKind.FootTilting, _) => "BIG TOE",
        (CueKind.Unsteady, _) => "SHORT STEPS",
        (CueKind.Settled, _) => "VERY GOOD",
        (CueKind.Steady, _) => "GO ON",
        _ => "BEGIN",
    };
}
