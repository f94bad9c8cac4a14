using System.Diagnostics;
using System.Globalization;
using Backstep.Gym.Keeping;
using Backstep.Gym.Server;
using Backstep.Rehearsal.Room;

namespace Backstep.Benchmarks.Gym;

/// <summary><c>gym</c>: many simulated clips on the whole gym, each part a process; parts killed with -9 at random
/// moments; at the end every stride that the clips counted against those that are stored.</summary>
internal static class SiegeVerb
{
    private const int BeltsOnBoard = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // After the last walker's step: clips hand over what they kept, outboxes run empty. It is over when nothing more
    // has come for so long: a gateway that was killed last of all has every clip again before that.
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(8);

    /// <summary>Runs it.</summary>
    /// <returns>0 when no stride is missing or doubled; else 1.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (SiegeOptions.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(
                "usage: gym [--clips N] [--short] [--seconds N] [--kills N] [--foreign] [--seed N]");
            return 2;
        }

        string folder = Directory.CreateTempSubdirectory("backstep-siege-").FullName;
        try
        {
            return await RunAsync(options, folder).ConfigureAwait(false);
        }
        finally
        {
            Console.WriteLine($"what the processes said: {folder}/*.log");
        }
    }

    private static async Task<int> RunAsync(SiegeOptions options, string folder)
    {
        using var parts = new SiegeParts(typeof(Backstep.Gym.Commands.GymRoot).Assembly.Location, options, folder);
        parts.Database?.Start();
        await LayOutAsync(parts, options).ConfigureAwait(false);
        parts.Broker?.Start();
        parts.Server.Start();
        parts.Room.Start();
        parts.Gateway.Start();
        (DateTimeOffset Wall, long Ticks) epoch = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
        using var end = new CancellationTokenSource();
        var page = new SiegeListener(parts.HttpPort);
        var listens = page.RunAsync(end.Token);

        // A whole one lasts until all walkers stand; one that is cut off is only measured.
        bool isWhole = options.Seconds == null;
        await WatchAsync(parts, options, options.Seconds ?? options.WalkSeconds).ConfigureAwait(false);
        var walked = Stopwatch.GetElapsedTime(epoch.Ticks);
        var store = GymStores.Open(parts.StoreText, Path.Combine(folder, "server"), TimeProvider.System);
        await using var close = store.ConfigureAwait(false);
        if (isWhole)
        {
            await DrainAsync(store).ConfigureAwait(false);
        }

        foreach (var part in parts.All)
        {
            part.Look();
        }

        var length = Stopwatch.GetElapsedTime(epoch.Ticks);
        parts.Gateway.End(Patience);
        parts.Room.End(Patience);
        await end.CancelAsync().ConfigureAwait(false);
        await listens.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        parts.Server.End(Patience);

        var truth = RoomTruth.FromJson(await File.ReadAllTextAsync(parts.TruthFile).ConfigureAwait(false));
        var verdict = await SiegeVerdict.OfAsync(truth, store).ConfigureAwait(false);
        Tell(parts, options, (walked, length), verdict, SiegeLatency.Of(truth, page.Seen, epoch), page);
        return verdict.IsGood || !isWhole ? 0 : 1;
    }

    private static async Task DrainAsync(GymStore store)
    {
        await UntilPreparedAsync(store).ConfigureAwait(false);
        var drained = Stopwatch.StartNew();
        var still = Stopwatch.StartNew();
        for (long before = -1; still.Elapsed < Still && drained.Elapsed < LongestDrain;)
        {
            await Task.Delay(Second).ConfigureAwait(false);
            long now = await store.CountStridesAsync(CancellationToken.None).ConfigureAwait(false);
            if (now != before)
            {
                before = now;
                still.Restart();
            }
        }
    }

    /// <summary>Belts, and a clip on each of them, before anybody looks.</summary>
    private static async Task LayOutAsync(SiegeParts parts, SiegeOptions options)
    {
        string folder = Path.GetDirectoryName(parts.SqliteFile ?? Path.Combine(Path.GetTempPath(), "none", "x"))!;
        Directory.CreateDirectory(folder);
        var store = GymStores.Open(parts.StoreText, folder, TimeProvider.System);
        await using var close = store.ConfigureAwait(false);
        await UntilPreparedAsync(store).ConfigureAwait(false);

        await store.KeepUserAsync(PasswordHashing.Make(SiegeParts.GatewayName, GymRole.Gateway, parts.Password),
            CancellationToken.None).ConfigureAwait(false);
        for (int number = 1; number <= options.Clips; number++)
        {
            bool isOnBoard = number <= BeltsOnBoard;
            if (isOnBoard)
            {
                await store.KeepBeltAsync(new RoomBelt(number,
                    number.ToString("00000000'00000000'", CultureInfo.InvariantCulture)[..16]), CancellationToken.None)
                    .ConfigureAwait(false);
            }

            await store.KeepClipAsync(new RoomClip(SimulatedRoom.AddressOf(number), number, null,
                isOnBoard ? number : null, null, true, null, null, null), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task UntilPreparedAsync(GymStore store)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                await store.PrepareAsync(CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (Store.StoreException) when (tries < 20)
            {
                await Task.Delay(Second).ConfigureAwait(false); // the database starts
            }
        }
    }

    /// <summary>Looks once a second at what each takes; kills at random moments, and starts again a second
    /// later.</summary>
    private static async Task WatchAsync(SiegeParts parts, SiegeOptions options, int seconds)
    {
        var random = new Random(options.Seed);
        // Not in the first seconds, in which all of them start, nor in the last, in which they are looked at.
        var kills = parts.Besieged.SelectMany(part => Enumerable.Range(0, options.Kills)
            .Select(_ => (At: 20 + (random.NextDouble() * (seconds - 40)), Part: part)))
            .OrderBy(kill => kill.At).ToArray();
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        var down = new List<(SiegeProcess Part, double Since)>();
        int next = 0;
        int ticks = 0;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
            double now = clock.Elapsed.TotalSeconds;
            foreach (var one in down.Where(one => now - one.Since >= 1).ToArray())
            {
                one.Part.Start();
                down.Remove(one);
            }

            for (; next < kills.Length && kills[next].At <= now; next++)
            {
                if (kills[next].Part.IsRunning)
                {
                    kills[next].Part.Kill();
                    down.Add((kills[next].Part, now));
                }
                else
                {
                    kills[next] = (now + 2, kills[next].Part); // it is down already: a little later
                    Array.Sort(kills, next, kills.Length - next, Comparer<(double At, SiegeProcess Part)>.Create(
                        (left, right) => left.At.CompareTo(right.At)));
                    next--;
                }
            }

            if (++ticks % 4 == 0)
            {
                if (parts.All.FirstOrDefault(part => !part.IsRunning && down.All(one => one.Part != part)) is { } ended)
                {
                    throw new InvalidOperationException($"{ended.Name} ended by itself: {LastLine(ended.LogFile)}");
                }

                foreach (var part in parts.All)
                {
                    part.Look();
                }
            }
        }

        foreach (var one in down)
        {
            one.Part.Start();
        }
    }

    private static string LastLine(string file) => File.Exists(file) ? File.ReadLines(file).LastOrDefault() ?? "" : "";

    private static void Tell(SiegeParts parts, SiegeOptions options, (TimeSpan Walked, TimeSpan All) length,
        SiegeVerdict verdict, double[] latency, SiegeListener page)
    {
        var text = Console.Out;
        text.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{options.Clips} simulated clips by {parts.Adapters} simulated adapters, ")
            + string.Create(CultureInfo.InvariantCulture, $"{length.Walked.TotalSeconds:F0} s, ")
            + (options.IsForeign ? "Mosquitto and PostgreSQL" : "embedded broker and SQLite")
            + $", {Environment.ProcessorCount} cores");
        text.WriteLine(verdict);
        if (latency.Length > 0)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"contact to page, {latency.Length} strides: median {Share(latency, 0.5):F2} s, 95 % ")
                + string.Create(CultureInfo.InvariantCulture,
                $"{Share(latency, 0.95):F2} s, 99 % {Share(latency, 0.99):F2} s; least {latency[0]:F2} s"));
        }

        text.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"the page: {page.Events} events, connected {page.Connects} times"));
        text.WriteLine("| process | killed | share of a core | MiB at the end | MiB at most |");
        text.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var part in parts.All)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {part.Name} | {part.Kills} | ")
                + string.Create(CultureInfo.InvariantCulture, $"{part.CpuSeconds / length.All.TotalSeconds:P1} | ")
                + string.Create(CultureInfo.InvariantCulture, $"{part.Mebibytes:F0} | {part.PeakMebibytes:F0} |"));
        }
    }

    private static double Share(double[] sorted, double part) =>
        sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
}
