using Backstep.Gait;
using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Coaching;

/// <summary>What is said of a belt whose incline is not the dose, how often, and after what.</summary>
public class InclineWatchTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_flat_belt_is_said_so_twice_and_then_left_alone()
    {
        var heard = Watch(new InclineWatch(), TimeSpan.FromMinutes(6), _ => 2);
        Assert.Equal([10, 70], heard.Select(one => (int)one.At.TotalSeconds));
        Assert.All(heard, one => Assert.Equal("The belt is at 2 %; 5 % is the dose. Set it when you stand",
            one.Cue.Text));
        Assert.Equal("INCLINE 5", heard[0].Cue.Headline);
    }

    [Theory]
    [InlineData(3.5)]
    [InlineData(6.5)]
    [InlineData(5.0)]
    [InlineData(null)]
    public void Near_the_dose_and_where_it_is_not_known_nothing_is_said(double? percent) =>
        Assert.Empty(Watch(new InclineWatch(), TimeSpan.FromMinutes(3), _ => percent));

    [Fact]
    public void A_belt_that_rises_in_time_is_not_spoken_of() =>
        Assert.Empty(Watch(new InclineWatch(), TimeSpan.FromMinutes(3), at => at.TotalSeconds < 9 ? 0 : 5));

    [Theory]
    [InlineData(3, 5.0, "The belt is at 5 %; 3 % is the dose. Set it when you stand")]
    [InlineData(0, -2.0, "The belt is at 2 % down; level is the dose. Set it when you stand")]
    [InlineData(4.5, 0.1, "The belt is level; 4.5 % is the dose. Set it when you stand")]
    public void A_professionals_dose_counts(double dose, double percent, string text)
    {
        var cue = Watch(new InclineWatch(dose), TimeSpan.FromSeconds(20), _ => percent)[0].Cue;
        Assert.Equal(text, cue.Text);
        Assert.True(Screen.BigLetters.CanDraw(cue.Headline), cue.Headline);
    }

    [Fact]
    public void What_another_cue_hides_has_not_been_said()
    {
        var watch = new InclineWatch();
        Cue? pending = null;
        for (int second = 0; second < 100; second++)
        {
            pending = watch.CueFor(At(second), 1);
            watch.Saw(new Cue(CueKind.TooFast, CueTone.Safety, "Slow down"), TimeSpan.FromSeconds(second));
        }

        Assert.NotNull(pending);
        Assert.Equal(2, Watch(watch, TimeSpan.FromMinutes(5), _ => 1, from: 100).Count);
    }

    [Theory]
    [InlineData(WalkMode.Hill)]
    [InlineData(WalkMode.Sled)]
    [InlineData(WalkMode.Free)]
    public void Only_a_belt_can_be_set(WalkMode mode)
    {
        var watch = new InclineWatch();
        for (int second = 0; second < 60; second++)
        {
            Assert.Null(watch.CueFor(At(second) with { Mode = mode }, 0));
        }
    }

    [Fact]
    public void Safety_the_time_and_the_direction_come_first_and_form_after_it()
    {
        var incline = new Cue(CueKind.Incline, CueTone.Correction, "The belt is level");
        var moment = new WalkMoment { Incline = incline, IsRhythmSettled = true };
        Assert.Equal(CueKind.TooFast, Judge(moment, _ => Strides.Make(meters: 2)).Kind);
        Assert.Equal(CueKind.TargetReached, Judge(moment with { Target = TimeSpan.Zero }, _ => Strides.Make()).Kind);
        Assert.Equal(CueKind.FacingForward, Judge(moment, _ => Strides.Make(direction: Direction.Forward)).Kind);
        Assert.Equal(CueKind.Paused, Judge(moment with { IsPaused = true }, _ => Strides.Make()).Kind);
        Assert.Same(incline, Judge(moment, _ => Strides.Make(landing: Landing.Heel)));
        Assert.Same(incline, Judge(moment with { IsQuiet = true }, _ => Strides.Make()));
        Assert.Equal(CueKind.HeelFirst,
            Judge(moment with { Incline = null }, _ => Strides.Make(landing: Landing.Heel)).Kind);
    }

    private Cue Judge(WalkMoment moment, Func<int, Stride> stride)
    {
        var recent = new RecentStrides(_time);
        var coach = new Coach(recent, Units.Metric);
        for (int i = 0; i < 8; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1.4));
            recent.Add(stride(i));
        }

        return coach.Judge(moment);
    }

    private static WalkMoment At(double seconds) => new() { Walked = TimeSpan.FromSeconds(seconds) };

    /// <summary>What was shown, each once, and when; four looks a second.</summary>
    private static List<(TimeSpan At, Cue Cue)> Watch(InclineWatch watch, TimeSpan length,
        Func<TimeSpan, double?> percent, double from = 0)
    {
        var shown = new List<(TimeSpan, Cue)>();
        Cue? before = null;
        for (double second = from; second < from + length.TotalSeconds; second += 0.25)
        {
            var cue = watch.CueFor(At(second), percent(TimeSpan.FromSeconds(second)));
            if (cue != null)
            {
                watch.Saw(cue, TimeSpan.FromSeconds(second));
                if (before == null)
                {
                    shown.Add((TimeSpan.FromSeconds(second), cue));
                }
            }

            before = cue;
        }

        return shown;
    }
}
