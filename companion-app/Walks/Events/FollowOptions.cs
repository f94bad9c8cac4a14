using Backstep.Protocol;

namespace Backstep.Walks.Events;

/// <summary>What a client wants of a sensor, and what it has already.</summary>
public sealed record FollowOptions
{
    /// <summary>Whether raw motion is streamed too.</summary>
    public bool WithRawMotion { get; init; }

    /// <summary>Whether what it says of the rails, or what a wrist does, is wanted too. A sensor with older firmware
    /// has neither.</summary>
    public bool WithRails { get; init; }

    /// <summary>Whether a sensor is followed, too, that this computer is not paired with: it tells its strides and its
    /// session to everybody, but takes no commands, and does not tell how it is set.</summary>
    public bool MayBeUnpaired { get; init; }

    /// <summary>The last stride before the first gap that is had from an earlier time (<c>SensorClient.Newest</c>);
    /// null when none is. Only later ones come.</summary>
    public StrideMark? Newest { get; init; }

    /// <summary>Which of the finished sessions in the sensor's flash, whose identity comes first (0 when it is not
    /// known), to hand on; null for none, and then they are not asked for.</summary>
    public Func<uint, LogSessionStart, bool>? WantsSession { get; init; }
}

/// <summary>Names a stride of one sensor for good: numbers begin anew with every start of the sensor.</summary>
/// <param name="Run">Which start of the sensor; 0 where the sensor cannot count its starts.</param>
/// <param name="Sequence">Which stride since then, from 1.</param>
public readonly record struct StrideMark(int Run, uint Sequence)
{
    /// <summary>The sensor's flash that counts the starts; 0 when not known.</summary>
    public uint Flash { get; init; }
}
