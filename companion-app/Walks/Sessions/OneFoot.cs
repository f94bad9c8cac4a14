using Backstep.Protocol;

namespace Backstep.Walks.Sessions;

/// <summary>
/// What running files count: the strides of ONE foot. With two shoes that is the one that told more strides; the
/// other's would double everything.
/// </summary>
public static class OneFoot
{
    /// <summary>Whether the sensor at a position of the header sits on a foot.</summary>
    public static bool IsOnFoot(SessionHeader header, int sensor) =>
        sensor >= header.Sensors.Count || header.Sensors[sensor].Placement != Placement.Wrist;

    /// <summary>All strides of all feet, in order of their contacts.</summary>
    public static IReadOnlyList<KeptStride> AllFeet(KeptSession session) =>
        [
            .. session.Strides.Where(stride => IsOnFoot(session.Summary.Header, stride.Sensor))
                .OrderBy(stride => stride.At)];

    /// <summary>The position of the foot's sensor that told most strides; the first of equals; -1 when there is
    /// none.</summary>
    public static int Of(KeptSession session) =>
        session.Strides
            .Where(stride => IsOnFoot(session.Summary.Header, stride.Sensor))
            .GroupBy(stride => stride.Sensor)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .Select(group => group.Key)
            .DefaultIfEmpty(-1)
            .First();
}
