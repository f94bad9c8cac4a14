namespace Backstep.Walks.Sessions;

/// <summary>
/// What running files count: the strides of ONE foot. With two shoes that is the one that told more strides; the
/// other's would double everything.
/// </summary>
public static class OneFoot
{
    /// <summary>The position of the foot's sensor that told most strides; the first of equals; -1 when there is
    /// none.</summary>
    public static int Of(IEnumerable<KeptStride> walked) =>
        walked.GroupBy(stride => stride.Sensor)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .Select(group => group.Key)
            .DefaultIfEmpty(-1)
            .First();
}
