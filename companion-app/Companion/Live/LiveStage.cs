using Backstep.Protocol;
using Backstep.Walks.Coaching;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Spectre.Console;

namespace Backstep.Companion.Live;

/// <summary>
/// What the walker sees, hears and presses, over a model: a screen, or lines where there is no screen to draw on, or
/// nothing. Whoever drives it calls <see cref="Show"/> a few times a second.
/// </summary>
public sealed class LiveStage : IDisposable
{
    // The sensor answers within a pass of its loop; a link in trouble shall not keep anybody from leaving.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    // A figure that changes oftener is not read.
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(100);

    private readonly LiveModel _model;
    private readonly Announcer _announcer;
    private readonly Func<ConsoleKeyInfo?> _readKey;
    private readonly TimeProvider _time;
    private readonly LiveScreen? _screen;
    private readonly LinearView? _lines;
    private IntervalPhase? _phase;
    private long? _lastFrame;
    private long? _stopped;

    /// <summary>Takes the terminal, if there is one.</summary>
    /// <param name="model">What is shown.</param>
    /// <param name="announcer">What is heard. The stage disposes of it.</param>
    /// <param name="terminal">The screen; null for none.</param>
    /// <param name="lines">Where lines go when there is no screen; null for nowhere.</param>
    /// <param name="readKey">The next key, or null; never waits.</param>
    /// <param name="units">Of what is shown.</param>
    /// <param name="time">Real time.</param>
    public LiveStage(LiveModel model, Announcer announcer, IAnsiConsole? terminal, TextWriter? lines,
        Func<ConsoleKeyInfo?> readKey, Units units, TimeProvider time)
    {
        (_model, _announcer, _readKey, _time) = (model, announcer, readKey, time);
        _screen = terminal == null ? null : new LiveScreen(terminal, units);
        _lines = terminal == null && lines != null ? new LinearView(lines, units) : null;
    }

    /// <summary>The sensor is to be told: start (after a pause), pause, or stop.</summary>
    public event Action<ControlOperation>? Commanded;

    /// <summary>Shows what there is, and does what the keys ask for.</summary>
    /// <param name="now">Time since the start, for lines.</param>
    /// <returns>False when the walker wants to leave.</returns>
    public bool Show(TimeSpan now)
    {
        var live = _model.Snapshot() with { IsHeard = _announcer.HasSound ? !_announcer.IsMuted : null };
        _announcer.Update(live.Cue, live.IsPaused ? null : live.Interval);
        KeepIntervals(live.Interval?.Phase);
        _lines?.Show(now, live);
        if (_screen != null && IsFrameDue())
        {
            _screen.Draw(live);
        }

        return HandleKey()
            && !(_stopped is { } since && (_model.HasEnded || _time.GetElapsedTime(since) >= StopPatience));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _announcer.Dispose();
        _screen?.Dispose();
    }

    private bool HandleKey()
    {
        if (_screen == null || _readKey() is not { } key)
        {
            return true;
        }

        switch (LiveKeys.Of(key))
        {
            case LiveKey.Quit:
                return false;
            case LiveKey.Pause when _stopped == null:
                _model.Walk.TogglePause();
                Commanded?.Invoke(_model.Walk.IsPaused ? ControlOperation.Pause : ControlOperation.Start);
                break;
            case LiveKey.Stop when _stopped == null:
                _stopped = _time.GetTimestamp();
                _model.Walk.Stop();
                Commanded?.Invoke(ControlOperation.Stop);
                break;
            case LiveKey.Mark:
                _model.Mark();
                break;
            case LiveKey.Mute:
                _announcer.ToggleMute();
                break;
            case LiveKey.Help:
                _model.ShowsKeys = !_model.ShowsKeys;
                break;
            default:
                break;
        }

        return true;
    }

    private void KeepIntervals(IntervalPhase? phase)
    {
        if (phase == _phase)
        {
            return;
        }

        if (_phase == IntervalPhase.Work)
        {
            _model.Walk.Mark(MarkKind.IntervalEnds);
        }

        if (phase == IntervalPhase.Work)
        {
            _model.Walk.Mark(MarkKind.IntervalBegins);
        }

        _phase = phase;
    }

    private bool IsFrameDue()
    {
        if (_lastFrame is { } last && _time.GetElapsedTime(last) < FrameInterval)
        {
            return false;
        }

        _lastFrame = _time.GetTimestamp();
        return true;
    }
}
