using System.Diagnostics;
using System.Globalization;
using Backstep.Companion.Commands;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Sessions;

namespace Backstep.Benchmarks;

/// <summary>
/// Fills a store with 10,000 synthetic sessions of 500 strides each, and times the program on it, from start to end of
/// the process. Exit code 1: slower than it may be.
/// </summary>
internal static class StoreVerb
{
    private const int Sessions = 10_000;
    private const int StridesEach = 500;
    private const int Runs = 7;
    private const int LiveStrides = 100;
    private const int ManyStrides = 10_000;
    private const double BytesPerMegabyte = 1e6;

    // The whole process, in ms. How long it takes to start at all, the verb startup measures.
    private static readonly (string[] Command, double Most)[] Timed =
    [
        (["sessions"], 500),
        (["sessions", "--last", "10000"], 500),
        (["sessions", "--json"], 500),
        (["trends"], 2000),
        (["trends", "--weeks", "1000", "--with-simulated"], 2000),
        (["plan"], 1000),
        (["show", "5000"], 1000),
        (["show", "5000", "--json"], 1000),
        (["report", "5000", "--force", "--out", Path.Combine(Path.GetTempPath(), "backstep-benchmark.html")], 1000),
        (["export", "5000", "--format", "fit", "--force", "--out",
            Path.Combine(Path.GetTempPath(), "backstep-benchmark.fit")], 1000),
    ];

    // As the schedule of feedback has it from the fifth session on: cues, and a part without.
    private static readonly SessionMark[] Marks =
    [
        new(TimeSpan.Zero, MarkKind.CuesOn), new(TimeSpan.FromMinutes(1), MarkKind.CuesQuiet),
        new(TimeSpan.FromMinutes(2), MarkKind.CuesOn),
    ];

    public static async Task<int> RunAsync(string[] rest)
    {
        string[] program = rest is [var path] ? path.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", path]
            : [path] : ["dotnet", typeof(CommandEnvironment).Assembly.Location];
        var folder = Directory.CreateTempSubdirectory("backstep-store-");
        try
        {
            string full = Path.Combine(folder.FullName, "full");
            var watch = Stopwatch.StartNew();
            Fill(full);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"SYNTHETIC: {Sessions} sessions, {Sessions * StridesEach} strides, kept in "
                + $"{watch.Elapsed.TotalSeconds:0.0} s; "
                + $"{new FileInfo(SessionStore.PathIn(full)).Length / BytesPerMegabyte:0} MB"));
            TimeKeeping(full);
            Console.WriteLine();
            Console.WriteLine("| command | min ms | median ms | max ms | at most |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            bool isGood = true;
            foreach (var (command, most) in Timed)
            {
                isGood &= await TimeAsync(program, command, full, most);
            }

            return isGood ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What it costs to keep a stride as it comes, and many that come at once: each is looked for in the
    /// sessions beside its own.</summary>
    private static void TimeKeeping(string folder)
    {
        using var store = SessionStore.Open(folder, TimeProvider.System);
        var last = store.Summaries(atMost: 1)[0].Header;
        long id = store.Begin(last with { Id = 0, StartedAt = last.StartedAt.AddHours(8) }).Id;
        var strides = Enumerable.Range(0, ManyStrides / StridesEach).SelectMany(_ => Strides(new Random(2))).Select(
            (kept, i) => kept with { Run = 2, Stride = Numbered(kept.Stride, (uint)i + 1) }).ToArray();
        var times = strides[..LiveStrides].Select(stride => InMilliseconds(() => store.Add(id, [stride])))
            .Order().ToArray();
        double many = InMilliseconds(() => store.Add(id, strides[LiveStrides..]));
        store.Delete(id);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a stride kept as it comes: {times[LiveStrides / 2]:0.0} ms (median of {LiveStrides}, the disk's flush "
            + $"within it); {strides.Length - LiveStrides} at once: {many / 1000:0.00} s"));

        static double InMilliseconds(Action action)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        static Stride Numbered(Stride stride, uint number) => new(
            number, stride.ContactMilliseconds, stride.Direction, stride.Landing, stride.Posture,
            stride.ConfidencePercent, stride.FootStrikeHalfDegrees, stride.TiltHalfDegrees, stride.StrideMilliseconds,
            stride.SwingMilliseconds, stride.LengthMillimeters, stride.ImpactTenthsG, stride.DecisionMilliseconds);
    }

    private static async Task<bool> TimeAsync(string[] program, string[] command, string folder, double most)
    {
        var times = new List<double>();
        for (int run = 0; run <= Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            var info = new ProcessStartInfo(program[0],
                [.. program[1..], .. command]) { RedirectStandardOutput = true };
            info.Environment[DataFolder.Variable] = folder;
            using var process = Process.Start(info)!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}");
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.RemoveAt(0); // the first brings files into memory
        times.Sort();
        double median = times[Runs / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| `{string.Join(' ', command)}` | {times[0]:0} | {median:0} | {times[^1]:0} | {most:0} |"));
        return median <= most;
    }

    private static void Fill(string folder)
    {
        using var store = SessionStore.Open(folder, TimeProvider.System);
        var random = new Random(1);
        var walker = store.WalkerNamed("synthetic");
        var start = new DateTimeOffset(2016, 1, 4, 7, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < Sessions; i++)
        {
            var header = new SessionHeader
            {
                WalkerId = walker.Id,
                StartedAt = start.AddHours(8 * i),
                IsSimulated = i % 10 == 0,
                Target = TimeSpan.FromMinutes(10),
                InclinePercent = 5,
                Sensors =
                    [new SessionSensor("Backstep", "AA:BB:CC:00:00:01", Placement.RightShoe) { SessionNumber = i + 1 }],
            };
            var strides = Strides(random);
            PainNote[] pain = i % 3 != 0
                ? []
                :
                [
                    new PainNote(walker.Id, null, header.StartedAt, PainMoment.Before, random.Next(5)),
                    new PainNote(walker.Id, null, header.StartedAt.AddMinutes(12), PainMoment.After, random.Next(5)),
                ];
            store.Keep(
                new KeptSession(new SessionSummary(header, SessionTotals.Of(header.Sensors, strides, []), true), walker,
                    strides, Marks, pain));
        }
    }

    private static KeptStride[] Strides(Random random)
    {
        var strides = new KeptStride[StridesEach];
        uint at = 20_000;
        for (int i = 0; i < StridesEach; i++)
        {
            int time = 1400 + random.Next(-60, 60);
            at += (uint)time;
            var landing = random.Next(10) == 0 ? Landing.Heel : Landing.Toe;
            var posture = random.Next(3) == 0 ? Posture.Held : Posture.Free;
            var stride = new Stride(
                (uint)i + 1, at, Direction.Backward, landing, posture, 90, landing == Landing.Toe
                    ? -40 + random.Next(-12, 12)
                    : 10, 8 + random.Next(-6, 6), time, 450, 900 + random.Next(-80, 80), 25, 200);
            strides[i] = new KeptStride(0, 1, TimeSpan.FromMilliseconds(at - 20_000), stride, posture);
        }

        return strides;
    }
}
