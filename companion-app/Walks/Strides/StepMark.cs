using Backstep.Gait;

namespace Backstep.Walks.Strides;

/// <summary>One step in the row of the last twenty.</summary>
public enum StepMark
{
    /// <summary>Backward, toes first.</summary>
    Toe,

    /// <summary>Backward, whole foot at once.</summary>
    Flat,

    /// <summary>Backward, heel first.</summary>
    Heel,

    /// <summary>Forward.</summary>
    Forward,

    /// <summary>Direction or landing not recognised.</summary>
    Unknown,
}

/// <summary>From a stride to its mark.</summary>
public static class StepMarks
{
    /// <summary>How many are shown.</summary>
    public const int Shown = 20;

    /// <summary>The mark of a stride.</summary>
    public static StepMark Of(Stride stride) => (stride.Direction, stride.Landing) switch
    {
        (Direction.Forward, _) => StepMark.Forward,
        (Direction.Backward, Landing.Toe) => StepMark.Toe,
        (Direction.Backward, Landing.Flat) => StepMark.Flat,
        (Direction.Backward, Landing.Heel) => StepMark.Heel,
        _ => StepMark.Unknown,
    };

    /// <summary>A letter, for plain text.</summary>
    public static char Letter(StepMark mark) => mark switch
    {
        StepMark.Toe => 'T',
        StepMark.Flat => 'F',
        StepMark.Heel => 'H',
        StepMark.Forward => '>',
        _ => '?',
    };
}
