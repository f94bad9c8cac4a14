using Backstep.Companion.Live;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Store;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;

namespace Backstep.Companion.Tests.Live;

public sealed class LiveStageTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestConsole _console = new TestConsole().EmitAnsiSequences().Width(80).Height(24);
    private readonly Queue<char> _keys = new();
    private readonly List<ControlOperation> _commands = [];
    private readonly SessionStore _store;

    public LiveStageTests() => _store = SessionStore.InMemory(_time);

    private IEnumerable<MarkKind> Marks => _store.Find(1)!.Marks.Select(mark => mark.Kind);

    public void Dispose()
    {
        _console.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void Pause_tells_the_sensor_and_the_second_time_lets_it_go_on()
    {
        var (model, stage) = Make(new LiveSetup("somebody", false, Units.Metric));
        using (stage)
        {
            Begin(model);
            Press(stage, 'p');
            Assert.True(model.Walk.IsPaused);
            Assert.Contains("PAUSED", Screen(stage), StringComparison.Ordinal);
            Assert.Contains("Paused. Press p to go on", Screen(stage), StringComparison.Ordinal);
            Press(stage, 'P');
            Assert.False(model.Walk.IsPaused);
            Assert.Equal([ControlOperation.Pause, ControlOperation.Start], _commands);
            model.Walk.Close();
            Assert.Equal([MarkKind.Paused, MarkKind.Resumed], Marks);
        }
    }

    [Fact]
    public void Stop_tells_the_sensor_once_and_leaves_when_it_says_so()
    {
        var (model, stage) = Make(new LiveSetup("somebody", false, Units.Metric));
        using (stage)
        {
            Assert.True(Press(stage, 's'));
            Assert.True(Press(stage, 's'));
            Assert.Equal([ControlOperation.Stop], _commands);
            model.Apply(
                new SessionReceived(
                    new Session(SessionState.Ended, false, 1, 60, 60, 10, 0, 0, 90, Message.Missing, 90, 90, 1000)));
            Assert.False(stage.Show(TimeSpan.Zero));
        }
    }

    [Fact]
    public void A_sensor_that_does_not_answer_keeps_nobody_from_leaving()
    {
        var (_, stage) = Make(new LiveSetup("somebody", false, Units.Metric));
        using (stage)
        {
            Press(stage, 's');
            _time.Advance(TimeSpan.FromSeconds(2.1));
            Assert.False(stage.Show(TimeSpan.Zero));
        }
    }

    [Fact]
    public void The_space_bar_marks_a_moment_and_that_is_shown()
    {
        var (model, stage) = Make(new LiveSetup("somebody", false, Units.Metric));
        using (stage)
        {
            Begin(model);
            Press(stage, ' ');
            _time.Advance(TimeSpan.FromSeconds(1));
            Press(stage, ' ');
            model.Walk.Close();
            Assert.Equal([MarkKind.Walker, MarkKind.Walker], Marks);
            Assert.Contains("2 marks", Screen(stage), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_keys_are_explained_and_the_cue_stays_in_sight()
    {
        var (_, stage) = Make(new LiveSetup("somebody", false, Units.Metric));
        using (stage)
        {
            Press(stage, '?');
            string screen = Screen(stage);
            Assert.Contains("stop: end the session", screen, StringComparison.Ordinal);
            Assert.Contains("Hold the rails and walk backward", screen, StringComparison.Ordinal);
            Press(stage, 'h');
            Assert.DoesNotContain("stop: end the session", Screen(stage), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData('q', false)]
    [InlineData('x', true)]
    public void Only_q_leaves(char key, bool goesOn)
    {
        var (_, stage) = Make(new LiveSetup("somebody", false, Units.Metric));
        using (stage)
        {
            Assert.Equal(goesOn, Press(stage, key));
        }
    }

    [Fact]
    public void Intervals_are_counted_down_kept_as_marks_and_stand_still_in_a_pause()
    {
        var (model,
            stage) =
                Make(
                    new LiveSetup("somebody", false, Units.Metric) { Mode = WalkMode.Hill,
                        Intervals = Intervals.Usual });
        using (stage)
        {
            model.Apply(new LinkChanged(LinkState.Connected));
            Begin(model);
            Assert.Contains("GET READY", Screen(stage), StringComparison.Ordinal);
            _time.Advance(TimeSpan.FromSeconds(16));
            string work = Screen(stage);
            Assert.Contains("BACKWARD 1 OF 4", work, StringComparison.Ordinal);
            Assert.Contains("Go: backward up the hill", work, StringComparison.Ordinal);
            Press(stage, 'p');
            _time.Advance(TimeSpan.FromMinutes(10));
            Press(stage, 'p');
            Assert.InRange(model.Snapshot().Interval!.Left.TotalSeconds, 28.5, 29);
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.Contains("REST BEFORE 2 OF 4", Screen(stage), StringComparison.Ordinal);
            model.Walk.Close();
            Assert.Equal([MarkKind.IntervalBegins, MarkKind.Paused, MarkKind.Resumed, MarkKind.IntervalEnds], Marks);
        }
    }

    [Fact]
    public void Walking_forward_back_down_is_not_corrected()
    {
        var (model,
            stage) =
                Make(
                    new LiveSetup("somebody", false, Units.Metric) { Mode = WalkMode.Hill,
                        Intervals = Intervals.Usual });
        using (stage)
        {
            model.Apply(new LinkChanged(LinkState.Connected));
            _time.Advance(TimeSpan.FromSeconds(50));
            for (uint i = 1; i < 30; i++)
            {
                _time.Advance(TimeSpan.FromSeconds(1.2));
                model.Apply(new StrideReceived(Strides.Make(i, Direction.Forward, Landing.Heel, meters: 1.8), false));
                var live = model.Snapshot();
                Assert.Equal(CueKind.Interval, live.Cue.Kind);
                Assert.Equal(StepMark.Forward, live.Feet[0].Marks[^1]);
            }
        }
    }

    [Fact]
    public void Without_a_screen_there_are_lines_and_no_keys_are_read()
    {
        using var text = new StringWriter();
        using var announcer = new Announcer(null, null, _time);
        using var stage = new LiveStage(AnyWalk.Model(new LiveSetup("somebody", false, Units.Metric), _time),
            announcer, null, text, () => throw new InvalidOperationException(), Units.Metric, _time);
        Assert.True(stage.Show(TimeSpan.Zero));
        Assert.Contains("cue: Hold the rails", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_frames_a_second_are_enough()
    {
        var (_, stage) = Make(new LiveSetup("somebody", false, Units.Metric));
        using (stage)
        {
            for (int i = 0; i < 100; i++)
            {
                stage.Show(TimeSpan.Zero);
                _time.Advance(TimeSpan.FromMilliseconds(10));
            }

            Assert.Equal(10, _console.Output.Split("BACKSTEP").Length - 1);
        }
    }

    private (LiveModel Model, LiveStage Stage) Make(LiveSetup setup)
    {
        var model = AnyWalk.Model(setup, _time, _store);
        var stage = new LiveStage(
            model,
            new Announcer(null, null, _time),
            _console,
            null,
            () => _keys.TryDequeue(out char key) ? new ConsoleKeyInfo(key, ConsoleKey.None, false, false, false) : null,
            Units.Metric,
            _time);
        stage.Commanded += _commands.Add;
        return (model, stage);
    }

    private static void Begin(LiveModel model)
    {
        model.Apply(new SessionReceived(new Session(SessionState.Active, false, 1, 0, 0, 0, 0, 0, Message.Missing,
            Message.Missing, Message.Missing, Message.Missing, Message.Missing)));
        model.Apply(new StrideReceived(Strides.Make(), false));
    }

    private bool Press(LiveStage stage, char key)
    {
        _keys.Enqueue(key);
        return stage.Show(TimeSpan.Zero);
    }

    private string Screen(LiveStage stage)
    {
        _time.Advance(TimeSpan.FromMilliseconds(101));
        int before = _console.Output.Length;
        stage.Show(TimeSpan.Zero);
        return System.Text.RegularExpressions.Regex.Replace(_console.Output[before..], @"\e\[[0-9;?]*[A-Za-z]", "");
    }
}
