using Backstep.Gait;

namespace Backstep.Walks.Sessions;

/// <summary>A stride as it is kept: the sensor's record, untouched, and its place in the session.</summary>
/// <param name="Sensor">Position in <see cref="SessionHeader.Sensors"/>.</param>
/// <param name="Run">Which start of the sensor its number counts from, 1 to 65535; 0 and from
/// <see cref="FirstRunToldApart"/> on where the sensor cannot count its starts, and the companion tells them apart.
/// Sensor, run and <see cref="Stride.Sequence"/> together name a stride of the session.</param>
/// <param name="At">Initial contact, since <see cref="SessionHeader.StartedAt"/>.</param>
/// <param name="Stride">The record.</param>
/// <param name="Rails">Rails held or free as the companion sees it: with a wrist sensor better than
/// <see cref="Stride.Posture"/>, else the same.</param>
public sealed record KeptStride(int Sensor, int Run, TimeSpan At, Stride Stride, Posture Rails)
{
    /// <summary>No sensor counts so far.</summary>
    public const int FirstRunToldApart = 65_536;
}
