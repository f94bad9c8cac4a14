using Backstep.Benchmarks;
using Backstep.Companion.Commands;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>A real process, really killed. `tests/benchmarks kill` does it a hundred times.</summary>
public sealed class KilledProgramTests
{
    // after the first stride was seen in the store
    private static readonly int[] Milliseconds = [0, 700, 1500];

    [Fact]
    public async Task A_program_that_is_killed_leaves_a_whole_store_with_all_that_a_reader_had_seen()
    {
        var trial = await KillTrial.PrepareAsync(typeof(CommandEnvironment).Assembly.Location);
        var outcomes = await Task.WhenAll(Milliseconds.Select(async milliseconds =>
        {
            using var folder = new TemporaryFolder();
            return await trial.RunAsync(folder["data"], TimeSpan.FromMilliseconds(milliseconds));
        }));
        Assert.All(outcomes, outcome =>
        {
            Assert.Null(outcome.Damage);
            Assert.InRange(outcome.Seen, 1, outcome.Kept);
            Assert.Equal(0, outcome.Unseen);
            Assert.Equal(0, outcome.Missing);
        });
    }
}
