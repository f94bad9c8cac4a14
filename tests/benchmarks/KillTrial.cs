using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Store;
using Backstep.Walks.Events;
using Microsoft.Data.Sqlite;

namespace Backstep.Benchmarks;

/// <summary>What a program that was killed had kept.</summary>
/// <param name="Kept">Strides in the store.</param>
/// <param name="Seen">Strides that a reader in another process had seen there before the kill.</param>
/// <param name="Unseen">Those of them that are not there any more.</param>
/// <param name="Missing">Strides that had come a second or more before, and are not.</param>
/// <param name="LostSeconds">How long the oldest stride that is not there had waited for certain, in seconds of the
/// clock on the wall: since the first line that was told after it had come; 0 without one.</param>
/// <param name="Damage">What is wrong with the store; null when nothing is.</param>
internal sealed record KillOutcome(int Kept, int Seen, int Unseen, int Missing, double LostSeconds, string? Damage);

/// <summary>
/// Kills <c>backstep demo --keep</c> in the middle of a walk, as kill -9 does, and looks at what it left. The walk is
/// the same every time, so which strides had come is known: the program tells its virtual time every ten seconds of it,
/// and what it told a second before it was killed it must have kept.
/// </summary>
internal sealed partial class KillTrial
{
    private const int Speed = 40;
    private const string Length = "1200";
    private const double LeastSecondsToKeep = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly string _program;
    private readonly List<(Stride Stride, TimeSpan At)> _walk;

    private KillTrial(string program, List<(Stride, TimeSpan)> walk)
    {
        _program = program;
        _walk = walk;
    }

    /// <summary>Walks the walk once, so that it is known.</summary>
    /// <param name="program">Path of backstep.dll.</param>
    public static async Task<KillTrial> PrepareAsync(string program)
    {
        var length = TimeSpan.FromSeconds(double.Parse(Length, CultureInfo.InvariantCulture));
        var strides = new List<(Stride, TimeSpan)>();
        using var walk = SimulatedWalk.Create("backward", 1, length);
        await walk.FollowAsync(received =>
        {
            if (received is StrideReceived stride)
            {
                strides.Add((stride.Stride, walk.Elapsed));
            }
        }, length / 3);

        return new KillTrial(program, strides);
    }

    /// <summary>Lets it walk in a folder until a reader has seen a stride in the store, and kills it a while after
    /// that.</summary>
    public async Task<KillOutcome> RunAsync(string folder, TimeSpan afterwards)
    {
        var told = new List<(TimeSpan Virtual, long At)>();
        using var process = Start(folder);
        var listening = ListenAsync(process, told);
        var seen = new HashSet<uint>();
        long killed;
        try
        {
            await WatchAsync(process, folder, seen, afterwards);
        }
        finally
        {
            killed = Stopwatch.GetTimestamp();
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            await listening;
        }

        return Look(folder, told, seen, killed);
    }

    private Process Start(string folder) => Process.Start(new ProcessStartInfo("dotnet",
        [_program, "demo", "--keep", "--data", folder, "--seconds", Length, "--speed",
            Speed.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task ListenAsync(Process process, List<(TimeSpan Virtual, long At)> told)
    {
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (Clock().Match(line) is { Success: true } clock)
            {
                told.Add((TimeSpan.FromSeconds((Number(clock, 1) * 60) + Number(clock, 2)), Stopwatch.GetTimestamp()));
            }
        }
    }

    /// <summary>Looks into the store, as whoever asks for the session does, again and again: until a while has passed
    /// since the first stride was there.</summary>
    private static async Task WatchAsync(Process process, string folder, HashSet<uint> seen, TimeSpan afterwards)
    {
        long started = Stopwatch.GetTimestamp();
        long? begun = null;
        while (begun is not { } at || Stopwatch.GetElapsedTime(at) < afterwards)
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException(
                    process.HasExited ? "the program ended by itself: " + await process.StandardError.ReadToEndAsync()
                        : "no session began");
            }

            using (var store = SessionStore.OpenForReading(folder, TimeProvider.System))
            {
                seen.UnionWith(store.Summaries().SelectMany(session => store.Find(session.Header.Id)!.Strides)
                    .Select(kept => kept.Stride.Sequence));
            }

            begun ??= seen.Count > 0 ? Stopwatch.GetTimestamp() : null;
            await Task.Delay(BetweenLooks);
        }
    }

    private KillOutcome Look(string folder, List<(TimeSpan Virtual, long At)> told, HashSet<uint> seen, long killed)
    {
        if (DamageOf(SessionStore.PathIn(folder)) is { } damage)
        {
            return new KillOutcome(0, seen.Count, seen.Count, 0, 0, damage);
        }

        using var store = SessionStore.Open(folder, TimeProvider.System);
        var kept = store.Summaries() is [var session] ? store.Find(session.Header.Id)!.Strides : [];
        var numbers = kept.Select(stride => stride.Stride.Sequence).ToHashSet();
        int unseen = seen.Count(number => !numbers.Contains(number));
        if (kept.Any(stride => !IsSame(stride.Stride, _walk[(int)stride.Stride.Sequence - 1].Stride)))
        {
            return new KillOutcome(kept.Count, seen.Count, unseen, 0, 0, "a stride is not what was walked");
        }

        var sure = told.Where(line => Stopwatch.GetElapsedTime(line.At, killed).TotalSeconds >= LeastSecondsToKeep)
            .Select(line => line.Virtual).LastOrDefault();
        int missing = _walk.Count(stride => stride.At <= sure && !numbers.Contains(stride.Stride.Sequence));
        var oldest = _walk.First(stride => !numbers.Contains(stride.Stride.Sequence)).At;
        long since = told.FirstOrDefault(line => line.Virtual >= oldest).At;
        return new KillOutcome(kept.Count, seen.Count, unseen, missing,
            since == 0 ? 0 : Stopwatch.GetElapsedTime(since, killed).TotalSeconds, null);
    }

    private static string? DamageOf(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        string found = (string)check.ExecuteScalar()!;
        return found == "ok" ? null : found;
    }

    private static bool IsSame(Stride one, Stride other)
    {
        byte[] first = new byte[StrideCodec.Length];
        byte[] second = new byte[StrideCodec.Length];
        StrideCodec.Encode(one, first, 0);
        StrideCodec.Encode(other, second, 0);
        return first.AsSpan().SequenceEqual(second);
    }

    private static double Number(Match match, int group) =>
        double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(\d+):(\d\d)\s")]
    private static partial Regex Clock();
}
