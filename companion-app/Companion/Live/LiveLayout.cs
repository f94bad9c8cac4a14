using System.Globalization;
using Backstep.Companion.Screen;

namespace Backstep.Companion.Live;

/// <summary>Where things stand on the live view, and which lines go first when there is little room.</summary>
internal static class LiveLayout
{
    /// <summary>Column in which lines begin.</summary>
    public const int Left = 1;

    /// <summary>Column after labels.</summary>
    public const int Labels = 16;

    /// <summary>The same, in the second column.</summary>
    public const int ShortLabels = 9;

    /// <summary>Where the second column begins.</summary>
    public const int SecondColumn = 41;

    /// <summary>Empty lines go first.</summary>
    public const int FillerLine = 9;

    /// <summary>Then the legend, the keys, the details, and the rest.</summary>
    public const int LegendLine = 6;

    /// <summary>See <see cref="LegendLine"/>.</summary>
    public const int DetailLine = 2;

    /// <summary>What is not known.</summary>
    public const string None = "--";

    /// <summary>An empty line.</summary>
    public static FrameLine Filler() => new() { Dispensable = FillerLine };

    /// <summary>A line that begins with its label.</summary>
    public static FrameLine Labelled(string label, int dispensable = 0, int labels = Labels) =>
        new FrameLine { Dispensable = dispensable }.To(Left).Add(label, Styles.Quiet).To(labels);

    /// <summary>Two lines in one.</summary>
    public static FrameLine Pair(FrameLine left, FrameLine right, int column = SecondColumn)
    {
        var line = new FrameLine { Dispensable = Math.Min(left.Dispensable, right.Dispensable) };
        foreach (var (text, style) in left.Spans)
        {
            line.Add(text, style);
        }

        line.To(column);
        foreach (var (text, style) in right.Spans)
        {
            line.Add(text, style);
        }

        return line;
    }

    /// <summary>3:07, 100:00.</summary>
    public static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");
}
