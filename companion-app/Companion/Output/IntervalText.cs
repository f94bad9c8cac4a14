using System.Globalization;
using Backstep.Terminal;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Output;

/// <summary>Intervals as a table: the way up apart from the way down.</summary>
public static class IntervalText
{
    /// <summary>The head of the table.</summary>
    public static IReadOnlyList<string> Header { get; } =
        ["interval", "way", "time", "backward", "forward", "toes first", "steps/min"];

    /// <summary>Its rows.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<IntervalPart> parts, WalkMode mode) =>
        parts.Select(part => (IReadOnlyList<string>)
        [
            part.Number.ToString(CultureInfo.InvariantCulture),
            Way(part, mode),
            SessionText.Clock(part.Length),
            part.Backward.ToString(CultureInfo.InvariantCulture),
            part.Forward.ToString(CultureInfo.InvariantCulture),
            part.ToeFirstShare is { } share ? WalkWords.Percent(share) : "-",
            part.StridesPerMinute is { } strides ? (2 * strides).ToString("0", CultureInfo.InvariantCulture) : "-",
        ]);

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<IntervalPart> parts, WalkMode mode)
    {
        var table = new TextTable([.. Header]);
        foreach (var row in Rows(parts, mode))
        {
            table.Add([.. row]);
        }

        table.WritePlain(writer);
    }

    private static string Way(IntervalPart part, WalkMode mode) => mode == WalkMode.Hill
        ? part.IsWork ? "up, backward" : "back down"
        : part.IsWork ? "backward" : "rest";
}
