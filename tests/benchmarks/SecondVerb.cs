using Backstep.Cost;

namespace Backstep.Benchmarks;

/// <summary>
/// Counts whole seconds of the program on the device, simulated and recorded walks, and prints them as Markdown. Exit
/// code 1 when one is over budget.
/// </summary>
internal static class SecondVerb
{
    public static int Run()
    {
        var code = MotionPath.Count(DeviceCalls.BesideProgram());
        List<WholeSecond> seconds = [.. SecondCase.All().Select(walk => WholeProgram.Measure(code, walk))];
        Console.WriteLine("Whole seconds of the program, walking, the rails calibrated, a central connected that");
        Console.WriteLine("hears everything but raw motion and the log.");
        Console.WriteLine("The libraries' own code is not in the ops: about 7 % more.\n");
        Console.WriteLine(SecondTable.Figures(seconds));
        var dearest = seconds.MaxBy(s => s.MeanOps)!;
        Console.WriteLine($"Where they go in the dearest, {dearest.Name}:\n");
        Console.WriteLine(SecondTable.Methods(dearest));
        Console.WriteLine("Calls into nanoFramework's libraries whose bodies are not counted, only entering them:\n");
        Console.WriteLine(SecondTable.Library(dearest));
        return seconds.All(s => s.MeanOps <= WholeProgram.BudgetOps && s.MeanBytes <= WholeProgram.BudgetBytes) ? 0 : 1;
    }
}
