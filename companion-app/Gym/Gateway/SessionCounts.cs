using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Gym.Gateway;

/// <summary>Strides of a session by direction, as a clip counts them.</summary>
/// <param name="Backward">Backward.</param>
/// <param name="Forward">Forward.</param>
/// <param name="Unknown">Of unknown direction.</param>
public readonly record struct SessionCounts(int Backward, int Forward, int Unknown)
{
    /// <summary>All of them.</summary>
    public int Total => Backward + Forward + Unknown;

    /// <summary>Of what a clip tells.</summary>
    public static SessionCounts Of(Session told) => new(told.BackwardStrides, told.ForwardStrides, told.UnknownStrides);

    /// <summary>One more.</summary>
    public SessionCounts With(Stride stride) => stride.Direction switch
    {
        Direction.Backward => this with { Backward = Backward + 1 },
        Direction.Forward => this with { Forward = Forward + 1 },
        _ => this with { Unknown = Unknown + 1 },
    };

    /// <summary>Whether none of the three is smaller than the other's.</summary>
    public bool Covers(SessionCounts other) =>
        Backward >= other.Backward && Forward >= other.Forward && Unknown >= other.Unknown;

    /// <summary>What is more in one than in another.</summary>
    public static SessionCounts operator -(SessionCounts one, SessionCounts other) =>
        new(one.Backward - other.Backward, one.Forward - other.Forward, one.Unknown - other.Unknown);
}
