using System.Globalization;
using Backstep.Companion.Output;

namespace Backstep.Companion.Report;

/// <summary>A straight scale with round ticks.</summary>
/// <param name="From">Least value.</param>
/// <param name="To">Greatest value, above <paramref name="From"/>.</param>
/// <param name="Ticks">Where it is marked, and with what words.</param>
/// <param name="Title">What it counts, with its unit.</param>
public sealed record Axis(double From, double To, IReadOnlyList<(double Value, string Label)> Ticks, string Title)
{
    private static readonly double[] TimeSteps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400,
        28800, 86400];

    /// <summary>Round numbers about the values.</summary>
    /// <param name="title">What it counts.</param>
    /// <param name="least">Least value.</param>
    /// <param name="most">Greatest value.</param>
    /// <param name="parts">About how many ticks.</param>
    /// <param name="leastStep">What there is no half of: 1 of what is counted.</param>
    public static Axis Of(string title, double least, double most, int parts = 4, double leastStep = 0)
    {
        if (!(most > least))
        {
            most = least + 1;
        }

        double step = Math.Max(RoundStep((most - least) / parts), leastStep);
        double from = Math.Floor(least / step) * step;
        double to = Math.Ceiling(most / step) * step;
        int count = (int)Math.Round((to - from) / step);
        string format = step >= 1 ? "0" : "0.##";
        return new Axis(from, to,
            [.. Enumerable.Range(0, count + 1).Select(i => (from + (i * step), Label(from + (i * step), format)))],
            title);
    }

    /// <summary>Minutes and seconds since the start.</summary>
    public static Axis OfTime(TimeSpan end, int parts = 6)
    {
        double seconds = Math.Max(1, end.TotalSeconds);
        double step = TimeSteps.FirstOrDefault(step => seconds / step <= parts,
            Math.Ceiling(seconds / parts / 86400) * 86400);
        bool hours = seconds >= 3600;
        return new Axis(0, seconds,
            [
                .. Enumerable.Range(0, (int)(seconds / step) + 1)
                    .Select(i => (i * step, SessionText.Clock(TimeSpan.FromSeconds(i * step))))], hours ? "h:min:s"
                    : "min:s");
    }

    /// <summary>Where a value lies, 0 at <see cref="From"/>, 1 at <see cref="To"/>; held within.</summary>
    public double Share(double value) => Math.Clamp((value - From) / (To - From), 0, 1);

    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        } * power;
    }

    private static string Label(double value, string format) =>
        (Math.Abs(value) < 1e-9 ? 0 : value).ToString(format, CultureInfo.InvariantCulture);
}
