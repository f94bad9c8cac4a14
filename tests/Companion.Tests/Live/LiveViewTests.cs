using Backstep.Companion.Live;
using Backstep.Companion.Screen;
using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Strides;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Live;

public class LiveViewTests
{
    [Fact]
    public void At_80_columns_everything_is_on_one_screen()
    {
        string[] lines = Render(Snapshots.Walking, 80, 24);
        Assert.Equal(
            [
                " BACKSTEP  simulated walker: backward                 ● connected  battery 87 %",
                "────────────────────────────────────────────────────────────────────────────────",
                " TIME                           STEPS A MINUTE        TOES FIRST",
                "   ██    █████ █████            █████ █████           █████ █████ █   █",
                "    █  █     █     █            █   █ █                   █ █        █",
                "    █    █████  ████            █████ █████              █  █████   █",
                "    █  █ █         █                █ █   █             █       █  █",
                "   ███   █████ █████            █████ █████             █   █████ █   █",
                " ████████████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ of 3:00",
                " LAST 20 STEPS  ● ■ ▲ » · ● ● ● ● ● ● ● ● ● ● ● ● ● ● ●",
                "                ● toes  ■ flat  ▲ heel  » forward  · unknown",
                " FOOT STRIKE    -18° toes down            BELT    2.5 km/h  limit 3.2 km/h",
                " TILT           +4° outer edge            RAILS   unknown   RHYTHM  settled",
                "╭─ ► TRY THIS ─────────────────────────────────────────────────────────────────╮",
                "│                                                                              │",
                "│ █████  ███  █████  ████     █████  ███  ████   ████ █████                    │",
                "│   █   █   █ █     █         █       █   █   █ █       █                      │",
                "│   █   █   █ ████   ███      ████    █   ████   ███    █                      │",
                "│   █   █   █ █         █     █       █   █  █      █   █                      │",
                "│   █    ███  █████ ████      █      ███  █   █ ████    █                      │",
                "│                                                                              │",
                "│ Reach back with the toes: big toe down first, then the heel                  │",
                "╰──────────────────────────────────────────────────────────────────────────────╯",
                " p pause  s stop  space mark  ? keys  q quit",
            ],
            lines.Select(line => line.TrimEnd()));
    }

    [Fact]
    public void An_incline_that_is_known_has_a_place_and_takes_nothing_away_at_80_columns()
    {
        string[] lines = Render(Snapshots.Walking with { InclinePercent = 5.2, KnowsIncline = true }, 80, 24);
        Assert.Equal(
            [
                " FOOT STRIKE    -18° toes down            BELT    2.5 km/h  limit 3.2 km/h",
                " TILT           +4° outer edge            INCLINE 5.2 % up",
                " RAILS          unknown                   RHYTHM  settled",
            ],
            lines.Where(line => line.Contains("STRIKE", StringComparison.Ordinal)
                || line.Contains("TILT", StringComparison.Ordinal) || line.Contains("RHYTHM", StringComparison.Ordinal))
                .Select(line => line.TrimEnd()));
        Assert.Equal(Letters(Render(Snapshots.Walking, 80, 24)), Letters(lines));

        static string[] Letters(string[] lines) => [.. lines.Where(line => line.StartsWith('│')
            && line.Contains('█', StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData(80)]
    [InlineData(50)]
    public void An_incline_is_shown_only_once_it_is_known_and_then_keeps_its_place(int width)
    {
        Assert.DoesNotContain(Render(Snapshots.Walking, width, 40),
            line => line.Contains("INCLINE", StringComparison.Ordinal));
        Assert.Contains(Render(Snapshots.Walking with { KnowsIncline = true }, width, 40),
            line => line.Contains("INCLINE", StringComparison.Ordinal)
                && line.Contains("--", StringComparison.Ordinal));
        Assert.Contains(Render(Snapshots.Walking with { KnowsIncline = true, InclinePercent = -2 }, width, 40),
            line => line.Contains("2.0 % down", StringComparison.Ordinal));
    }

    [Fact]
    public void At_50_columns_without_unicode_it_is_narrower_and_plainer_but_complete()
    {
        string[] lines = Render(Snapshots.Walking, 50, 24, unicode: false);
        Assert.All(lines, line => Assert.DoesNotContain(line, c => c > 127 && c != '°'));
        Assert.Equal(
            [
                " BACKSTEP  simulated walker: backward",
                " * connected  battery 87 %",
                "--------------------------------------------------",
                "   ##    ##### #####",
                "    #  #     #     #",
                "    #    #####  ####",
                "    #  # #         #",
                "   ###   ##### #####",
                " STEPS A MINUTE 96",
                " TOES FIRST     75%",
                " ##################...................... of 3:00",
                " LAST 20 STEPS",
                " T F H > ? T T T T T T T T T T T T T T T",
                " Ttoes Fflat Hheel >forward ?unknown",
                " FOOT STRIKE    -18° toes down",
                " BELT           2.5 km/h  limit 3.2 km/h",
                " TILT           +4° outer edge",
                " RAILS          unknown",
                " RHYTHM         settled",
                "+- > TRY THIS -----------------------------------+",
                "| Reach back with the toes: big toe down first,  |",
                "| then the heel                                  |",
                "+------------------------------------------------+",
                " ? keys  q quit",
            ],
            lines.Select(line => line.TrimEnd()));
    }

    [Fact]
    public void No_size_breaks_it_and_no_line_is_too_wide_or_too_many()
    {
        foreach (var live in (LiveSnapshot[])[Snapshots.Walking, Snapshots.Nothing])
        {
            for (int width = 20; width <= 130; width += 7)
            {
                for (int height = 6; height <= 40; height += 3)
                {
                    string[] lines = Render(live, width, height);
                    Assert.InRange(lines.Length, 1, height);
                    Assert.All(lines, line => Assert.Equal(width, line.Length));
                }
            }
        }
    }

    [Fact]
    public void Even_a_tiny_terminal_shows_time_cadence_steps_and_the_cue()
    {
        string screen = string.Join('\n', Render(Snapshots.Walking, 40, 9));
        Assert.Contains("1:23", screen, StringComparison.Ordinal);
        Assert.Contains("96", screen, StringComparison.Ordinal);
        Assert.Contains("75%", screen, StringComparison.Ordinal);
        Assert.Contains("Reach back", screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, 15)]
    [InlineData(34, 15)]
    [InlineData(24, 18)]
    [InlineData(72, 24)]
    public void A_small_terminal_keeps_the_way_out_and_says_that_it_is_paused(int width, int height)
    {
        var live = Snapshots.Walking with { IsPaused = true, IsHeard = false, WalkersMarks = 112, KeepingWaits = true,
            Feet = [.. Snapshots.Walking.Feet, .. Snapshots.Walking.Feet] };
        foreach (var shown in (LiveSnapshot[])[Snapshots.Walking with { IsPaused = true }, live])
        {
            string screen = string.Join('\n', Render(shown, width, height));
            Assert.Contains("q quit", screen, StringComparison.Ordinal);
            Assert.Contains("PAUSED", screen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_known_is_said_to_be_so_and_never_zero()
    {
        string screen = string.Join('\n', Render(Snapshots.Nothing, 80, 24));
        Assert.Contains("none yet", screen, StringComparison.Ordinal);
        Assert.Contains("RAILS   unknown", screen, StringComparison.Ordinal);
        Assert.Contains("FOOT STRIKE    --", screen, StringComparison.Ordinal);
        Assert.Contains("BELT    --  limit 3.2 km/h", screen, StringComparison.Ordinal);
        Assert.Contains("TILT           --", screen, StringComparison.Ordinal);
        Assert.Contains("battery --", screen, StringComparison.Ordinal);
        Assert.Contains("no link", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mark_has_a_shape_and_a_colour_of_its_own()
    {
        var marks = Enum.GetValues<StepMark>();
        foreach (bool unicode in (bool[])[true, false])
        {
            Assert.Equal(marks.Length, marks.Select(mark => Styles.Of(mark, unicode).Shape).Distinct().Count());
        }

        Assert.Equal(marks.Length, marks.Select(mark => Styles.Of(mark, true).Style).Distinct().Count());
        Assert.Equal(marks.Length, marks.Select(StepMarks.Letter).Distinct().Count());
    }

    [Fact]
    public void Colour_is_there_where_the_terminal_has_it_and_says_nothing_that_shape_and_word_do_not()
    {
        string plain = Ansi(ColorSystem.NoColors);
        string coloured = Ansi(ColorSystem.Standard);
        Assert.DoesNotContain("\e[1;32m", plain, StringComparison.Ordinal);
        Assert.Contains("\e[1;32m●", coloured, StringComparison.Ordinal);
        Assert.Contains("\e[1;31m▲", coloured, StringComparison.Ordinal);
        Assert.Equal(WithoutEscapes(plain), WithoutEscapes(coloured));
    }

    [Fact]
    public void A_belt_that_is_too_fast_is_marked_by_shape_and_word()
    {
        var live = Snapshots.Walking with { BeltMetersPerSecond = 1.2,
            Cue = new Cue(CueKind.TooFast, CueTone.Safety, "Slow the belt down to 3.2 km/h or less") };
        Assert.Contains("4.3 km/h ▲ over limit 3.2 km/h", string.Join('\n', Render(live, 80, 24)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Units_are_those_that_were_asked_for()
    {
        Assert.Contains("1.6 mph  limit 2.0 mph",
            string.Join('\n', Render(Snapshots.Walking, 80, 24, units: Units.Us)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LinkState.Connected, "● connected")]
    [InlineData(LinkState.Connecting, "○ connecting")]
    [InlineData(LinkState.Reconnecting, "○ reconnecting")]
    [InlineData(LinkState.Disconnected, "○ no link")]
    public void The_link_is_told_in_a_word(LinkState link, string expected)
    {
        Assert.Contains(expected, Render(Snapshots.Walking with { Link = link }, 80, 24)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Posture.Held, "RAILS   held")]
    [InlineData(Posture.Free, "RAILS   free")]
    [InlineData(Posture.Unknown, "RAILS   unknown")]
    public void The_rails_are_told_in_a_word(Posture posture, string expected)
    {
        Assert.Contains(expected, string.Join('\n', Render(Snapshots.Walking with { Rails = posture }, 80, 24)),
            StringComparison.Ordinal);
    }

    private static string[] Render(LiveSnapshot live, int width, int height, bool unicode = true, Units? units = null)
    {
        using var console = new TestConsole().Width(width).Height(height).SupportsUnicode(unicode);
        console.Write(LiveView.Draw(live, units ?? Units.Metric, width, height, unicode));
        return console.Output.TrimEnd('\n').Split('\n');
    }

    private static string Ansi(ColorSystem colours)
    {
        using var console = new TestConsole().Width(80).Height(24).Colors(colours).EmitAnsiSequences();
        console.Write(LiveView.Draw(Snapshots.Walking, Units.Metric, 80, 24, unicode: true));
        return console.Output;
    }

    private static string WithoutEscapes(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"\e\[[0-9;]*m", "");
}
