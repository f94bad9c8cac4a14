using Backstep.Benchmarks;

switch (args)
{
    case ["cost"]:
        return CostVerb.Run(recordings: null);
    case ["cost", "--recordings", var folder]:
        return CostVerb.Run(folder);
    case ["arrows"]:
        return ArrowsVerb.Run();
    case ["second"]:
        return SecondVerb.Run();
    case ["memory"]:
        return MemoryVerb.Run();
    case ["fifo"]:
        return FifoVerb.Run();
    case ["throughput"]:
        return ThroughputVerb.Run();
    case ["gym", .. var siege]:
        return await Backstep.Benchmarks.Gym.SiegeVerb.RunAsync(siege);
    case ["verdicts", var seed, var count, var frames]:
        return VerdictsVerb.Run(seed, count, frames);
    case ["streams"]:
        return await Backstep.Benchmarks.Gym.StreamsVerb.RunAsync();
    case ["kill"]:
        return await KillVerb.RunAsync();
    case ["store", .. var rest]:
        return await StoreVerb.RunAsync(rest);
    case ["time-up"]:
        return await TimeUpVerb.RunAsync();
    case ["scans"]:
        return await ScansVerb.RunAsync();
    case ["mutants", var part, .. var rest]:
        return MutantsVerb.Run(part, rest);
    case ["startup", _, ..]:
        return StartupVerb.Run(args[1..]);
    default:
        Console.Error.WriteLine(
            "usage: cost [--recordings DIR] | second | arrows | memory | fifo | throughput | kill | scans | time-up "
            + "| store [PROGRAM] | gym [--clips N] [--short] [--kills N] [--foreign] | streams "
            + "| verdicts SEED COUNT FRAMES | startup PROGRAM... [--data DIR] "
            + "| mutants PART [FILE...] [--tests FILE...]");
        return 2;
}
