using System.Globalization;
using Backstep.Companion.Commands;

namespace Backstep.Benchmarks;

/// <summary>Kills the program a hundred times, each time in the middle of a session. Exit code 1 when a store is
/// damaged, or a stride lost that a reader had seen or that had come a second before.</summary>
internal static class KillVerb
{
    private const int Rounds = 100;
    private const int AtOnce = 4;
    private const int MostMillisecondsAfterwards = 4000;

    public static async Task<int> RunAsync()
    {
        var trial = await KillTrial.PrepareAsync(typeof(CommandEnvironment).Assembly.Location);
        var outcomes = new KillOutcome[Rounds];
        var folder = Directory.CreateTempSubdirectory("backstep-kill-");
        try
        {
            await Parallel.ForAsync(0, Rounds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (round, _) =>
            {
                var random = new Random(round);
                outcomes[round] = await trial.RunAsync(
                    Path.Combine(folder.FullName, round.ToString(CultureInfo.InvariantCulture)),
                    TimeSpan.FromMilliseconds(random.Next(MostMillisecondsAfterwards)));
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        int damaged = outcomes.Count(outcome => outcome.Damage != null);
        int unseen = outcomes.Sum(outcome => outcome.Unseen);
        int missing = outcomes.Sum(outcome => outcome.Missing);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            killed {Rounds} times, {outcomes.Count(outcome => outcome.Seen > 0)} of them in a session of which a
                reader had seen strides ({outcomes.Sum(outcome => outcome.Seen)} in all; kept
                {outcomes.Sum(outcome => outcome.Kept)})
            damaged stores: {damaged}
            strides lost that a reader had seen: {unseen}
            strides lost that had come a second or more before: {missing}
            longest that a lost stride had waited: {outcomes.Max(outcome => outcome.LostSeconds):0.00} s (known
                to a quarter of a second); in the middle of the {Rounds}:
                {outcomes.Select(outcome => outcome.LostSeconds).Order().ElementAt(Rounds / 2):0.00} s
            """));
        return damaged == 0 && unseen == 0 && missing == 0 ? 0 : 1;
    }
}
