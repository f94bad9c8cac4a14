using Backstep.Cost;

namespace Backstep.Benchmarks;

/// <summary>Counts a whole second of the program on the device, and what lives after an hour, and prints both as Markdown. Exit code 1 when it is over budget.</summary>
internal static class SecondVerb
{
    public static int Run()
    {
        var second = WholeProgram.Measure(MotionPath.Count(DeviceCalls.BesideProgram()));
        Console.WriteLine($"A whole second of the program, walking, a central connected that hears everything but raw motion and the log; mean of {WholeProgram.Seconds} s.\n");
        Console.WriteLine(SecondTable.Figures(second));
        Console.WriteLine(SecondTable.Methods(second));
        Console.WriteLine("Calls into nanoFramework's libraries whose bodies are not counted, only entering them:\n");
        Console.WriteLine(SecondTable.Library(second));
        var memory = ProgramMemory.After(TimeSpan.FromHours(1));
        Console.WriteLine($"Live objects after an hour of walking, at the device's object sizes; the budget is {ProgramMemory.BudgetBytes} bytes:\n");
        Console.WriteLine(MemoryTable.Of(memory));
        return memory.TotalBytes <= ProgramMemory.BudgetBytes && second.MeanOps <= WholeProgram.BudgetOps && second.MeanBytes <= WholeProgram.BudgetBytes ? 0 : 1;
    }
}
