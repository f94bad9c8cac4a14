using Backstep.Cost;

namespace Backstep.Benchmarks;

/// <summary>
/// Counts the device's managed heap, part by part, and prints it as Markdown. Exit code 1 when a board's budget is
/// exceeded.
/// </summary>
internal static class MemoryVerb
{
    public static int Run()
    {
        var start = ProgramMemory.After(TimeSpan.Zero);
        var walking = ProgramMemory.After(TimeSpan.FromHours(1));
        Console.WriteLine("Tables of the assemblies, in the managed heap before Main:\n");
        Console.WriteLine(MemoryTable.Tables(start));
        Console.WriteLine("Live objects at the device's sizes, started with nobody there, and after an hour");
        Console.WriteLine("of walking with a central that listens:\n");
        Console.WriteLine(MemoryTable.Parts(start, walking));
        var largest = start.Parts.MaxBy(p => p.Bytes)!;
        Console.WriteLine($"The largest, {largest.Name}, by class; a library's object with its inside:\n");
        Console.WriteLine(MemoryTable.Classes(largest));
        Console.WriteLine($"Boards; {BoardHeap.RoomBytes} bytes are left for stack frames and what dies young:\n");
        Console.WriteLine(MemoryTable.Boards(walking));
        var violations = MemoryTable.Violations(walking);
        violations.ToList().ForEach(Console.Error.WriteLine);
        return violations.Count == 0 ? 0 : 1;
    }
}
