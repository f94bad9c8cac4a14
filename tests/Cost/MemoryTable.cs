using System.Globalization;
using System.Text;

namespace Backstep.Cost;

/// <summary>The managed heap as Markdown.</summary>
public static class MemoryTable
{
    /// <summary>The assemblies' tables.</summary>
    public static string Tables(LiveMemory memory)
    {
        var text = new StringBuilder("| assembly | bytes | from |\n|---|--:|---|\n");
        foreach (var t in memory.Tables)
        {
            string from = t.IsCounted ? "its metadata" : "measured";
            text.Append(CultureInfo.InvariantCulture, $"| {t.Name} | {t.Bytes} | {from} |\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"| all | {memory.Tables.Sum(t => t.Bytes)} | |\n").ToString();
    }

    /// <summary>
    /// The parts when the program has started and while somebody walks, beside what was measured of the first firmware
    /// that was.
    /// </summary>
    public static string Parts(LiveMemory start, LiveMemory walking)
    {
        var text = new StringBuilder("| part | started | walking | first measured, started |\n|---|--:|--:|--:|\n");
        void Line(string name, long atStart, long later, long? measured)
        {
            string first = measured?.ToString(CultureInfo.InvariantCulture) ?? "-";
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {atStart} | {later} | {first} |\n");
        }


        foreach (var (part, later) in start.Parts.Zip(walking.Parts))
        {
            Line(part.Name, part.Bytes, later.Bytes, part.MeasuredBytes);
        }

        Line("live objects", start.Live, walking.Live, MemoryParts.MeasuredLive);
        Line(
            "before Main: tables, and the CLR's own",
            start.BeforeMain,
            walking.BeforeMain,
            MemoryParts.MeasuredBeforeMain);
        Line("all", start.Total, walking.Total, MemoryParts.MeasuredLive + MemoryParts.MeasuredBeforeMain);
        return text.ToString();
    }

    /// <summary>One part by class, largest first.</summary>
    public static string Classes(PartBytes part)
    {
        var text = new StringBuilder("| class | bytes |\n|---|--:|\n");
        foreach (var (name, bytes) in part.Classes.OrderByDescending(c => c.Value))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {bytes} |\n");
        }

        return text.ToString();
    }

    /// <summary>What it leaves on each board.</summary>
    public static string Boards(LiveMemory memory)
    {
        var text = new StringBuilder("| image | managed heap | budget | taken | left |\n|---|--:|--:|--:|--:|\n");
        foreach (var b in BoardHeap.All)
        {
            string budget = b.IsEnough ? b.BudgetBytes.ToString(CultureInfo.InvariantCulture) : "too small";
            long left = b.Bytes - memory.Total;
            text.Append(
                CultureInfo.InvariantCulture, $"| {b.Image} | {b.Bytes} | {budget} | {memory.Total} | {left} |\n");
        }

        return text.ToString();
    }

    /// <summary>The boards whose budget is exceeded, in words; empty when none is.</summary>
    public static IReadOnlyList<string> Violations(LiveMemory memory) =>
        [.. BoardHeap.All.Where(b => b.IsEnough && memory.Total > b.BudgetBytes)
            .Select(b => string.Create(CultureInfo.InvariantCulture,
                $"{b.Image}: {memory.Total} bytes taken of {b.BudgetBytes}, heap {b.Bytes}"))];
}
