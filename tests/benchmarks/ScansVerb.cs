using System.Diagnostics;
using System.Globalization;
using Backstep.Companion.Tests.BlueZ;
using Backstep.Link.BlueZ;
using Backstep.Protocol;

namespace Backstep.Benchmarks;

/// <summary>
/// A thousand scans over a mock bus: each opens the bus, reads what bluetoothd has, searches until all sensors were
/// seen, and closes. What D-Bus costs this program in time and memory, without a radio.
/// </summary>
internal static class ScansVerb
{
    private const int Scans = 1000;
    private const int Warm = 50;
    private const int Sensors = 5;
    private const int CharacteristicsEach = 8;
    private const double BytesPerMegabyte = 1e6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Measures.</summary>
    public static async Task<int> RunAsync()
    {
        if (MockBus.Missing is { } missing)
        {
            Console.Error.WriteLine(
                $"a mock bus needs {missing}: apt install dbus python3-dbus python3-gi python3-dbusmock");
            return 2;
        }

        await using var mock = await MockBus.RunAsync([.. Enumerable.Range(1, Sensors).Select(Sensor)]);
        for (int i = 0; i < Warm; i++)
        {
            await ScanAsync(mock.Address);
        }

        double resident = Resident();
        long kept = GC.GetTotalMemory(forceFullCollection: true);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        double[] times = new double[Scans];
        for (int i = 0; i < Scans; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await ScanAsync(mock.Address);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        double residentAfter = Resident();
        kept = GC.GetTotalMemory(forceFullCollection: true) - kept;
        Print(times, processor, allocated / (double)Scans, (resident, residentAfter), kept);
        return 0;
    }

    private static void Print(
        double[] times, TimeSpan processor, double bytes, (double Before, double After) resident, long kept)
    {
        Array.Sort(times);
        Console.WriteLine(
            "| 1,000 scans | median | 95 % within | own CPU, each | allocated, each"
            + " | working set before | after | live heap grown by |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {times.Sum() / 1000:0.0} s | {times[Scans / 2]:0.00} ms | {times[Scans * 95 / 100]:0.00} ms"
            + $" | {processor.TotalMilliseconds / Scans:0.00} ms | {bytes / 1000:0.0} kB"
            + $" | {resident.Before:0.0} MB | {resident.After:0.0} MB | {kept / 1000} kB |"));
    }

    private static async Task ScanAsync(string address)
    {
        using var end = new CancellationTokenSource(Patience);
        await using var central = await BlueZCentral.OpenAsync(address, BlueZPatience.Usual, end.Token);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await central.SearchAsync(
            sensor =>
            {
                if (seen.Add(sensor.Address) && seen.Count == Sensors)
                {
                    end.CancelAfter(TimeSpan.Zero); // not at once: this may be the bus thread
                }
            },
            end.Token);
        if (seen.Count != Sensors)
        {
            throw new InvalidOperationException($"{seen.Count} of {Sensors} sensors in {Patience.TotalSeconds} s");
        }
    }

    private static object Sensor(int number) => new
    {
        address = string.Create(CultureInfo.InvariantCulture, $"AA:BB:CC:DD:EE:{number:X2}"),
        name = "Backstep",
        uuids = new[] { Uuids.Backstep.ToString(), Uuids.RunningSpeedAndCadence.ToString() },
        characteristics = Enumerable.Range(0, CharacteristicsEach)
            .Select(_ => new { service = Uuids.Backstep, uuid = Uuids.Stride, value = new string('7', 40) }).ToArray(),
    };

    private static double Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / BytesPerMegabyte;
    }
}
