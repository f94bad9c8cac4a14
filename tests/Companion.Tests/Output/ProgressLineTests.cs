using Backstep.Terminal;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Output;

public sealed class ProgressLineTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _text = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public void What_takes_less_than_a_second_says_nothing()
    {
        using (var progress = new ProgressLine(_text, "walkers", 10, _time))
        {
            _time.Advance(TimeSpan.FromSeconds(0.9));
            progress.Step();
        }

        Assert.Equal("", _text.ToString());
    }

    [Fact]
    public void Then_it_says_how_far_it_has_come_four_times_a_second_and_leaves_nothing_behind()
    {
        using (var progress = new ProgressLine(_text, "walkers", 200, _time))
        {
            for (int i = 0; i < 200; i++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(10));
                progress.Step();
            }

            Assert.Equal(
                ["", "100 of 200 walkers (50 %)", "125 of 200 walkers (63 %)", "150 of 200 walkers (75 %)",
                    "175 of 200 walkers (88 %)", "200 of 200 walkers (100 %)"], _text.ToString().Split('\r'));
        }

        Assert.EndsWith("\r" + new string(' ', 26) + "\r", _text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_there_is_nothing()
    {
        using var progress = new ProgressLine(null, "walkers", 10, _time);
        _time.Advance(TimeSpan.FromSeconds(5));
        progress.Step();
    }
}
