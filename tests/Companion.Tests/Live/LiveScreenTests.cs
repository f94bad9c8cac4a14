using Backstep.Companion.Live;
using Backstep.Walks.Strides;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Live;

public class LiveScreenTests
{
    private const string EnterAlternate = "\e[?1049h", LeaveAlternate = "\e[?1049l", HideCursor = "\e[?25l",
        ShowCursor = "\e[?25h";

    [Fact]
    public void The_terminal_is_given_back_as_it_was_whatever_happens()
    {
        using var console = new TestConsole().EmitAnsiSequences();
        Action breaks = () =>
        {
            using var screen = new LiveScreen(console, Units.Metric);
            screen.Draw(Snapshots.Walking);
            throw new InvalidOperationException("something else broke");
        };
        Assert.Throws<InvalidOperationException>(breaks);
        Assert.StartsWith(EnterAlternate + HideCursor, console.Output, StringComparison.Ordinal);
        Assert.EndsWith(ShowCursor + LeaveAlternate, console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_is_drawn_over_the_last_and_the_screen_is_cleared_only_when_its_size_changes()
    {
        const string clear = "\e[2J";
        using var console = new TestConsole().EmitAnsiSequences().Width(80).Height(24);
        using var screen = new LiveScreen(console, Units.Metric);
        screen.Draw(Snapshots.Walking);
        screen.Draw(Snapshots.Walking);
        Assert.Equal(1, Count(console.Output, clear));
        console.Width(60);
        screen.Draw(Snapshots.Walking);
        Assert.Equal(2, Count(console.Output, clear));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
