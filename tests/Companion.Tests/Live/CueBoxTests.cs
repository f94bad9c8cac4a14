using Backstep.Companion.Live;
using Backstep.Companion.Screen;
using Backstep.Walks.Coaching;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Live;

/// <summary>The one thing to say, in letters that are read from the belt.</summary>
public class CueBoxTests
{
    public static TheoryData<int, int> Sizes { get; } = new()
    {
        { 80, 24 }, { 80, 25 }, { 81, 30 }, { 100, 24 }, { 120, 36 }, { 132, 43 }, { 160, 40 }, { 200, 50 },
        { 250, 70 },
    };

    private static IEnumerable<Cue> Cues =>
        from kind in Enum.GetValues<CueKind>()
        from tone in Enum.GetValues<CueTone>()
        select new Cue(kind, tone, "Slow the belt down to 3.2 km/h or less");

    [Theory]
    [MemberData(nameof(Sizes))]
    public void From_80_by_24_every_cue_is_there_in_large_letters_and_whole(int width, int height)
    {
        foreach (var cue in Cues)
        {
            string[] screen = Render(Snapshots.Walking with { Cue = cue }, width, height);
            int top = Array.FindIndex(screen, line => line[0] is '╭' or '╔');
            int bottom = Array.FindLastIndex(screen, line => line[0] is '╰' or '╚');
            int blocks = screen[top..bottom].Sum(line => line.Count(c => c == '█'));
            int smallest = BigLetters.Fill(cue.Headline, (6 * cue.Headline.Length) - 1, 5, true)
                .Sum(line => line.Count(c => c == '█'));

            // A letter that is cut, or a word that is missing, leaves fewer than a whole number of times as many.
            Assert.True(blocks > 0 && blocks % smallest == 0, $"{cue.Headline} at {width} x {height}: {blocks}");
            Assert.All(screen[(top + 1)..bottom], line => Assert.Equal(line[0], line[^1]));
        }
    }

    [Fact]
    public void Letters_grow_with_the_room()
    {
        (int Width, int Height)[] sizes = [(80, 24), (120, 36), (200, 50)];
        var live = Snapshots.Walking with { Cue = new Cue(CueKind.TargetReached, CueTone.Enough, "x") };
        int[] blocks = [.. sizes.Select(size => Render(live, size.Width, size.Height)
            .SkipWhile(line => line[0] != '╔').Sum(line => line.Count(c => c == '█')))];
        Assert.True(blocks[0] < blocks[1] && blocks[1] < blocks[2], string.Join(' ', blocks));
    }

    [Fact]
    public void Every_headline_can_be_drawn() =>
        Assert.All(Cues.Concat(IntervalCues()), cue => Assert.True(BigLetters.CanDraw(cue.Headline), cue.Headline));

    [Fact]
    public void No_two_letters_look_alike_and_all_are_five_by_five()
    {
        string[] letters = [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ".Select(letter =>
            string.Join('\n', BigLetters.Fill(letter.ToString(), 5, 5, true)))];
        Assert.Equal(26, letters.Distinct().Count());
        Assert.All(letters, letter => Assert.Equal([5, 5, 5, 5, 5], letter.Split('\n').Select(row => row.Length)));
    }

    [Fact]
    public void How_it_is_meant_is_told_by_frame_and_word_as_well_as_by_colour()
    {
        string[] frames = [.. Enum.GetValues<CueTone>().Select(tone => Render(
            Snapshots.Walking with { Cue = new Cue(CueKind.TargetReached, tone, "x") }, 80, 24)
            .First(line => line[0] is '╭' or '╔'))];
        Assert.Equal(frames.Length, frames.Distinct().Count());
        Assert.Equal(2, frames.Count(frame => frame[0] == '╔')); // safety, and enough
    }

    [Fact]
    public void A_day_that_is_not_for_walking_is_said_on_every_screen()
    {
        var live = Snapshots.Walking with { Warning = "STOP today: you noted pain of 8 on March 2." };
        foreach (var (width, height) in ((int, int)[])[(40, 12), (80, 24), (200, 50)])
        {
            Assert.Contains(Render(live, width, height),
                line => line.Contains("STOP today", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void In_a_quiet_block_nothing_on_the_screen_tells_how_the_foot_comes_down()
    {
        string screen = string.Join('\n', Render(Snapshots.Walking with { IsQuiet = true }, 80, 24));
        Assert.DoesNotContain("▲", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("-18", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("+4", screen, StringComparison.Ordinal);
        Assert.Contains("quiet: counted, not shown", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_shoes_are_shown_side_by_side()
    {
        var live = Snapshots.Walking with
        {
            Feet =
            [
                new FootSnapshot { Side = Gait.FootSide.Left, ToeFirstPercent = 62, SwingSeconds = 0.45 },
                new FootSnapshot { Side = Gait.FootSide.Right, ToeFirstPercent = 88 },
            ],
        };
        Assert.Contains(Render(live, 80, 24), line => line.Contains(
            "SYMMETRY       left toes 62% swing 0.45 s  right toes 88% swing --", StringComparison.Ordinal));
    }

    private static IEnumerable<Cue> IntervalCues() =>
        from mode in (WalkMode[])[WalkMode.Hill, WalkMode.Sled]
        from second in Enumerable.Range(0, 400)
        let cue = Intervals.CueFor(Intervals.Usual.At(TimeSpan.FromSeconds(second)), mode)
        where cue != null
        select cue;

    private static string[] Render(LiveSnapshot live, int width, int height)
    {
        using var console = new TestConsole().Width(width).Height(height).SupportsUnicode(true);
        console.Write(LiveView.Draw(live, Units.Metric, width, height, unicode: true));
        return console.Output.TrimEnd('\n').Split('\n');
    }
}
