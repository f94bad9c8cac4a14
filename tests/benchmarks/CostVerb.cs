using Backstep.Cost;

namespace Backstep.Benchmarks;

/// <summary>Counts what the device executes for a sample and prints it as Markdown. Exit code 1 when something is over
/// budget.</summary>
internal static class CostVerb
{
    public static int Run(string? recordings)
    {
        if (recordings is not null && !Directory.Exists(recordings))
        {
            Console.Error.WriteLine($"no such folder: {recordings}");
            return 2;
        }

        string configuration = MotionPath.Assemblies.All(CountedCode.IsOptimised) ? "as a Release build has it"
            : "NOT OPTIMISED: build without -p:Optimize=false";
        Console.WriteLine($"IL ops a sample, unpacking and gait engine, {configuration}; + "
            + $"{DeviceCalls.ManagedCallOps} a managed call, + {DeviceCalls.NativeCallOps} a native one.");
        Console.WriteLine($"Budget: mean {CostBudget.MeanOps}, worst {CostBudget.WorstOps}, nothing allocated but "
            + $"the record of a stride.\n");

        var code = MotionPath.Count(DeviceCalls.BesideProgram());
        List<(CostCase Case, CostReport Report)> measured = [];
        foreach (var cost in RealCases.In(recordings ?? RealCases.FolderBesideProgram).Concat(SimulatedCases.All))
        {
            measured.Add((cost, cost.Measure(code)));
        }

        Console.WriteLine(CostTable.Recordings(measured.Select(m => m.Report)));

        var withRails = measured.Where(m => m.Report.Strides > 0).Select(m => m.Case.MeasureWithRails(code))
            .OfType<CostReport>().ToList();
        Console.WriteLine("The same for a walker who has calibrated the rails on a walk like it:\n");
        Console.WriteLine(CostTable.Recordings(withRails));

        var heaviest = measured.Where(m => m.Case.HasStrides).MaxBy(m => m.Report.MeanOps);
        Console.WriteLine($"Where the ops go in the heaviest walk, {heaviest.Report.Name}:\n");
        Console.WriteLine(CostTable.Methods(heaviest.Report.Methods, heaviest.Report.Samples));

        var worst = measured.MaxBy(m => m.Report.WorstOps);
        Console.WriteLine($"Where they go in the dearest sample of all, number {worst.Report.WorstSample} of "
            + $"{worst.Report.Name}:\n");
        Console.WriteLine(CostTable.Methods(worst.Case.Dissect(code, worst.Report.WorstSample), 1));

        var violations = measured.Select(m => m.Report).Concat(withRails).SelectMany(CostBudget.Violations).ToList();
        violations.ForEach(Console.Error.WriteLine);
        return violations.Count == 0 ? 0 : 1;
    }
}
