using Backstep.Benchmarks;

switch (args)
{
    case ["cost"]:
        return CostVerb.Run(recordings: null);
    case ["cost", "--recordings", var folder]:
        return CostVerb.Run(folder);
    case ["throughput"]:
        return ThroughputVerb.Run();
    default:
        Console.Error.WriteLine("usage: cost [--recordings DIR] | throughput");
        return 2;
}
