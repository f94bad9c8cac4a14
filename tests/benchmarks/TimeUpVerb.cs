using System.Globalization;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.Store;
using Backstep.Walks.Coaching;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Benchmarks;

/// <summary>
/// How long after the time that was set "time is up" is on the board, for simulated walkers who do all sorts of things
/// wrong: the live view's own model over the sensor's own program. Exit code 1: later than a cue must be shown.
/// </summary>
internal static class TimeUpVerb
{
    private const int Seeds = 5;

    private static readonly TimeSpan Target = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Followed = TimeSpan.FromSeconds(150);

    private static readonly string[] Scenarios =
        ["backward", "learning", "heel-first", "tired", "rails", "phone", "controls", "forward", "too-fast", "dropout"];

    /// <summary>Measures.</summary>
    public static async Task<int> RunAsync()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Simulated walkers, seeds 1 to {Seeds}; {Target.TotalSeconds:0} s were set; seconds from then to \"time "
            + $"is up\"."));
        Console.WriteLine();
        Console.WriteLine("| scenario | walks that got so far | said in | s late, median | s late, worst |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        bool isLate = false;
        foreach (string scenario in Scenarios)
        {
            var walks = new List<double?>();
            for (int seed = 1; seed <= Seeds; seed++)
            {
                if (await LateAsync(scenario, seed) is (true, var late))
                {
                    walks.Add(late);
                }
            }

            double[] said = [.. walks.OfType<double>().Order()];
            isLate |= said.Length < walks.Count || said.Any(late => late > CueBoard.MinimumShown.TotalSeconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {scenario} | {walks.Count} | {said.Length} "
                + $"| {Number(said.ElementAtOrDefault(said.Length / 2), said)} "
                + $"| {Number(said.LastOrDefault(), said)} |"));
        }

        return isLate ? 1 : 0;
    }

    private static string Number(double value, double[] said) =>
        said.Length == 0 ? "never" : value.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Whether a walk got as far as its time, and how many seconds later that was said; null: never.</summary>
    private static async Task<(bool IsReached, double? LateSeconds)> LateAsync(string scenario, int seed)
    {
        using var simulated = SimulatedWalk.Create(scenario, seed, Followed);
        using var store = SessionStore.InMemory(simulated.Time);
        var walk = new SessionRecorder(store, new SessionHeader
        {
            StartedAt = default,
            IsSimulated = true,
            WalkerId = store.LastWalker().Id,
            Sensors = [new SessionSensor(scenario, null, simulated.Side)],
        }, simulated.Time, simulated.Time);
        var model = new LiveModel(new LiveSetup(scenario, true, Units.Metric) { Target = Target }, walk,
            simulated.Time);
        double? reached = null;
        double? said = null;
        await simulated.FollowAsync(
            received => model.Apply(received, 0, simulated.Side),
            Followed,
            () =>
            {
                walk.Work();
                var live = model.Snapshot();
                reached ??= live.Walked >= Target ? simulated.Elapsed.TotalSeconds : null;
                said ??= reached != null && IsSaid(live.Cue) ? simulated.Elapsed.TotalSeconds : null;
            });
        return (reached != null, said - reached);
    }

    private static bool IsSaid(Cue cue) =>
        cue.Kind == CueKind.TargetReached || cue.Text.Contains("time is up", StringComparison.OrdinalIgnoreCase);
}
