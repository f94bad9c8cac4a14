using Backstep.Benchmarks;
using Backstep.Companion.Commands;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>A real process, really killed. `tests/benchmarks kill` does it a hundred times.</summary>
public sealed class KilledProgramTests
{
    // after which it is killed: every ten virtual seconds it tells one
    private static readonly int[] Lines = [8, 13, 18];

    [Fact]
    public async Task A_program_that_is_killed_leaves_a_whole_store_and_loses_a_second_at_most()
    {
        var trial = await KillTrial.PrepareAsync(typeof(CommandEnvironment).Assembly.Location);
        var outcomes = await Task.WhenAll(Lines.Select(async lines =>
        {
            using var folder = new TemporaryFolder();
            return await trial.RunAsync(folder["data"], lines, TimeSpan.FromMilliseconds(lines * 17));
        }));
        Assert.All(outcomes, outcome =>
        {
            Assert.Null(outcome.Damage);
            Assert.Equal(0, outcome.Missing);
        });
        Assert.Contains(outcomes, outcome => outcome.Kept > 0);
    }
}
