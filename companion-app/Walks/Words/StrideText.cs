using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Sessions;

namespace Backstep.Walks.Words;

/// <summary>The same lower-case words for the engine's answers in files, JSON and on screen.</summary>
public static class StrideText
{
    /// <summary>forward, backward, unknown.</summary>
    public static string Of(Direction direction) => direction switch
    {
        Direction.Forward => "forward",
        Direction.Backward => "backward",
        _ => "unknown",
    };

    /// <summary>toe, flat, heel, unknown.</summary>
    public static string Of(Landing landing) => landing switch
    {
        Landing.Toe => "toe",
        Landing.Flat => "flat",
        Landing.Heel => "heel",
        _ => "unknown",
    };

    /// <summary>held, free, unknown.</summary>
    public static string Of(Posture posture) => posture switch
    {
        Posture.Held => "held",
        Posture.Free => "free",
        _ => "unknown",
    };

    /// <summary>left, right, wrist, unknown.</summary>
    public static string Of(Placement placement) => placement switch
    {
        Placement.LeftShoe => "left",
        Placement.RightShoe => "right",
        Placement.Wrist => "wrist",
        _ => "unknown",
    };

    /// <summary>treadmill, hill, sled, free.</summary>
    public static string Of(WalkMode mode) => mode switch
    {
        WalkMode.Treadmill => "treadmill",
        WalkMode.Hill => "hill",
        WalkMode.Sled => "sled",
        _ => "free",
    };

    /// <summary>left, right, unknown.</summary>
    public static string Of(FootSide side) => side switch
    {
        FootSide.Left => "left",
        FootSide.Right => "right",
        _ => "unknown",
    };

    /// <summary>before, after, next morning.</summary>
    public static string Of(PainMoment moment) => moment switch
    {
        PainMoment.Before => "before",
        PainMoment.After => "after",
        _ => "next morning",
    };

    /// <summary>A mark, as in JSON.</summary>
    public static string Of(MarkKind kind) => kind switch
    {
        MarkKind.IntervalBegins => "interval-begins",
        MarkKind.IntervalEnds => "interval-ends",
        MarkKind.Paused => "paused",
        MarkKind.Resumed => "resumed",
        MarkKind.CuesOn => "cues-on",
        MarkKind.CuesQuiet => "cues-quiet",
        _ => "walker",
    };
}
