using Backstep.Lab.Incline;

namespace Backstep.Replay.Tests;

/// <summary>Real feet on level ground: the slope that is said of it should be 0, whichever way time runs. 1 % was hoped
/// for; a standing foot, by which it is levelled, is up to 2 % from a walking one in these.</summary>
public sealed class LevelGroundTests(ITestOutputHelper output)
{
    private const double MostPercent = 2;

    [Theory]
    [InlineData(Recordings.Left)]
    [InlineData(Recordings.Right)]
    public void It_is_about_level(string name)
    {
        var (walked, reversed) = Evaluate(Path.Combine(AppContext.BaseDirectory, "Recordings", name + ".csv"));
        Assert.Equal("standing", walked.LevelledBy);
        Assert.InRange(walked.MedianPercent!.Value, -MostPercent, MostPercent);
        Assert.InRange(reversed.MedianPercent!.Value, -MostPercent, MostPercent);

        // What is off is the foot's: who walks the other way over it has the slope the other way round.
        Assert.InRange(walked.MedianPercent.Value + reversed.MedianPercent.Value, -1, 1);
    }

    [Theory]
    [InlineData("14_gdin_walk_exp32")]
    [InlineData("15_gdin_walk_exp41")]
    public void So_it_is_on_recordings_that_are_not_part_of_this_repository(string name)
    {
        var (walked, reversed) = Evaluate(Path.Combine(MeasuredLengthsTests.Shared(name), name + ".csv"));
        Assert.Equal("frame", walked.LevelledBy);
        Assert.InRange(walked.MedianPercent!.Value, -MostPercent, MostPercent);
        Assert.InRange(reversed.MedianPercent!.Value, -MostPercent, MostPercent);
    }

    private (LevelRecording Walked, LevelRecording Reversed) Evaluate(string path)
    {
        var found = LevelRecordings.Evaluate(path);
        output.WriteLine(string.Join('\n', found));
        return (found[0], found[1]);
    }
}
