namespace Backstep.Walks.Sessions;

/// <summary>The incline of a walk, as the shoe measured it.</summary>
/// <param name="Percent">Slope in %, positive: uphill in the direction of walking. That at which half of the time was
/// walked below and half above it: a belt that is set anew after a minute counts for a minute.</param>
/// <param name="Walked">How long it was walked while the sensor knew it.</param>
public sealed record MeasuredIncline(double Percent, TimeSpan Walked)
{
    /// <summary>What a sensor tells, in %; null where it is missing.</summary>
    public static double? PercentOf(int fifths) => fifths == Protocol.Message.Missing ? null : fifths / 5.0;
}
