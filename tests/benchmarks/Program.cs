using Backstep.Benchmarks;

switch (args)
{
    case ["cost"]:
        return CostVerb.Run(recordings: null);
    case ["cost", "--recordings", var folder]:
        return CostVerb.Run(folder);
    case ["second"]:
        return SecondVerb.Run();
    case ["throughput"]:
        return ThroughputVerb.Run();
    default:
        Console.Error.WriteLine("usage: cost [--recordings DIR] | second | throughput");
        return 2;
}
