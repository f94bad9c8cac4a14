using Backstep.Gait;

namespace Backstep.Walks.Strides;

/// <summary>Mean, spread and middle of the values that were measured; null when none was.</summary>
public static class Statistics
{
    /// <summary>The measured ones of a stride's field, in the field's own unit times <paramref name="unit"/>.</summary>
    public static double[] Measured(IEnumerable<Stride> strides, Func<Stride, int> field, double unit = 1) =>
        strides.Select(field).Where(value => value != Stride.Missing).Select(value => value * unit).ToArray();

    /// <summary>Arithmetic mean.</summary>
    public static double? Mean(IReadOnlyCollection<double> values) => values.Count == 0 ? null : values.Average();

    /// <summary>Sample standard deviation; needs two values.</summary>
    public static double? StandardDeviation(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
        {
            return null;
        }

        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>The middle value: what a single odd stride cannot move.</summary>
    public static double? Median(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var sorted = values.Order().ToArray();
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The smallest value that no less than that share of them (0 to 1) do not exceed: nearest rank.</summary>
    public static double? Percentile(IReadOnlyCollection<double> values, double share) =>
        values.Count == 0 ? null
            : values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(share * values.Count) - 1, 0, values.Count - 1));

    /// <summary>Rounded for people and JSON: more digits than were measured say nothing.</summary>
    public static double? Round(double? value, int digits) => value is { } number ? Math.Round(number, digits) : null;
}
