using Backstep.Gait;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Benchmarks;

/// <summary>
/// Loses bytes on their way out of the FIFO, every number of them on every family of chips, and counts what the rest
/// of the walk was worth.
/// </summary>
internal static class FifoVerb
{
    private const int Strides = 431;
    private const int FewestFound = 400;
    private const double LossSeconds = 15;
    private const double BootSeconds = 0.5;
    private const double ToleranceSeconds = 0.1;

    private static readonly (string Name, byte WhoAmI, int RecordBytes)[] Chips =
        [("MPU-6050", 0x68, 12), ("MPU-6500", 0x70, 12), ("ICM-20689", 0x98, 12), ("MPU-6886", 0x19, 14)];

    public static int Run()
    {
        var seconds = SecondsOfWalk();
        Console.WriteLine($"Strides found, and invented, of {Strides}; bytes lost once, at {LossSeconds:0} s "
            + $"(simulated):\n");
        Console.WriteLine($"| bytes | {string.Join(" | ", Chips.Select(c => c.Name))} |");
        Console.WriteLine($"|--:|{string.Concat(Chips.Select(_ => "--:|"))}");
        var isGood = true;
        for (var bytes = 0; bytes < Chips.Max(c => c.RecordBytes); bytes++)
        {
            var tried = Chips.Where(c => bytes < c.RecordBytes)
                .ToDictionary(c => c.Name, c => Walk(c.WhoAmI, bytes, seconds));
            var cells =
                Chips.Select(c => tried.TryGetValue(c.Name, out var one) ? $"{one.Found}, {one.Invented}" : "–");
            Console.WriteLine($"| {bytes} | {string.Join(" | ", cells)} |");
            isGood &= tried.Values.All(one => one.Found >= FewestFound && one.Invented == 0);
        }

        return isGood ? 0 : 1;
    }

    private static Walker Walker(double seconds) =>
        new(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), seconds), new Stand(1)],
            new WalkerSettings { HeadingDegrees = 180 });

    private static double SecondsOfWalk()
    {
        var seconds = 100.0;
        while (Walker(seconds).Strides.Count < Strides)
        {
            seconds += Math.Max(0.25, Strides - Walker(seconds).Strides.Count - 1);
        }

        return seconds;
    }

    private static (int Found, int Invented) Walk(byte whoAmI, int bytes, double seconds)
    {
        var walker = Walker(seconds);
        var chip = new ChipOptions { WhoAmI = whoAmI };
        using var device = new VirtualDevice(walker, new VirtualDeviceOptions { Chip = chip });
        device.Advance(TimeSpan.FromSeconds(1));
        var central = device.Radio.Connect();
        device.Advance(TimeSpan.FromSeconds(0.1));
        central.ExchangeMtu(247);
        central.Encrypt();
        List<Stride> told = [];
        central.Subscribe(Uuids.Backstep, Uuids.Stride, value => told.AddRange(LogStrides.Decode(value, out _)));
        device.Advance(TimeSpan.FromSeconds(LossSeconds) - device.Elapsed);
        device.Chip.LoseFifoBytes(bytes);
        device.Advance(TimeSpan.FromSeconds(seconds + 8) - device.Elapsed);
        if (device.Fault is { } fault)
        {
            throw new InvalidOperationException("the program stopped", fault);
        }

        var walked = walker.Strides.Select(stride => stride.ContactSeconds).ToList();
        var found = told.Count(stride =>
        {
            var contact = (stride.ContactMilliseconds / 1000.0) + BootSeconds;
            var at = walked.FindIndex(one => Math.Abs(one - contact) <= ToleranceSeconds);
            if (at >= 0)
            {
                walked.RemoveAt(at);
            }

            return at >= 0;
        });
        return (found, told.Count - found);
    }
}
