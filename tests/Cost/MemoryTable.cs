using System.Globalization;
using System.Text;

namespace Backstep.Cost;

/// <summary>The live objects as Markdown.</summary>
public static class MemoryTable
{
    private const int LeastBytes = 300;

    /// <summary>One line an owner; the least of them share a line.</summary>
    public static string Of(LiveMemory memory)
    {
        var text = new StringBuilder("| held by | objects | bytes |\n|---|--:|--:|\n");
        var minor = memory.Owners.Where(o => o.Bytes < LeastBytes).ToList();
        foreach (var o in memory.Owners.Except(minor)
            .Append(new OwnerBytes($"{minor.Count} more", minor.Sum(m => m.Objects), minor.Sum(m => m.Bytes)))
            .Append(new OwnerBytes("all", memory.Owners.Sum(m => m.Objects), memory.TotalBytes)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {o.Name} | {o.Objects} | {o.Bytes} |\n");
        }

        return text.ToString();
    }
}
