using Backstep.Protocol;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.WebEngine.Looks;

/// <summary>What a page shows, says and rings of a walk, over the live view's own model.</summary>
internal sealed class WalkLook : IDisposable
{
    private readonly LiveSetup _setup;
    private readonly TimeProvider _time;
    private readonly SessionRecorder _walk;
    private readonly HeardCues _heard = new();
    private readonly Announcer _announcer;
    private LiveSnapshot? _live;
    private LinkChanged? _link;
    private long _linkChanged;

    /// <summary>Of a walk of which nothing came yet.</summary>
    /// <param name="setup">What is known of it.</param>
    /// <param name="walk">What counts.</param>
    /// <param name="time">The clock of the walk.</param>
    /// <param name="isHeard">Whether cues are to be heard.</param>
    public WalkLook(LiveSetup setup, SessionRecorder walk, TimeProvider time, bool isHeard)
    {
        (_setup, _walk, _time) = (setup, walk, time);
        Model = new LiveModel(setup, walk, time);
        _announcer = new Announcer(isHeard ? _heard.Ring : null, isHeard ? _heard : null, time);
    }

    /// <summary>The model.</summary>
    public LiveModel Model { get; }

    /// <summary>Takes an event.</summary>
    public void Apply(SensorEvent received, int sensor, Placement placement, bool isLeader)
    {
        Model.Apply(received, sensor, placement, isLeader);
        if (received is LinkChanged link)
        {
            (_link, _linkChanged) = (link, _time.GetTimestamp());
        }
    }

    /// <summary>Moves the cue on. To be called several times a second.</summary>
    public void Watch()
    {
        var live = Model.Snapshot();
        _announcer.Update(live.Cue, live.IsPaused ? null : live.Interval);
        _live = live;
    }

    /// <summary>What there is now. What is to be heard is told once.</summary>
    /// <param name="state">Of the walk, when it is neither walked nor paused; null otherwise.</param>
    /// <param name="notice">What is worth knowing.</param>
    public LookJson Take(string? state, string? notice = null)
    {
        Watch();
        var live = _live!;
        var (say, bell) = _heard.Take();
        return new LookJson
        {
            State = state ?? (live.IsPaused ? "paused" : "walking"),
            Source = live.Source,
            Simulated = live.Simulated,
            LinkState = LookWords.Of(live.Link),
            LinkReason = live.Link == LinkState.Connected ? null : _link?.Reason,
            NextTryInSeconds = live.Link == LinkState.Connected ? null : NextTry(),
            WalkedSeconds = Math.Round(live.Walked.TotalSeconds, 1),
            TargetSeconds = live.Target?.TotalSeconds,
            RemainingSeconds = live.Target is { } target
                ? Math.Round(Math.Max(0, (target - live.Walked).TotalSeconds), 1) : null,
            CadenceStepsPerMinute = Statistics.Round(live.CadenceStepsPerMinute, 0),
            ToeFirstPercent = live.IsQuiet ? null : Statistics.Round(live.ToeFirstPercent, 0),
            Strides = live.Strides,
            BeltSpeed = LookWords.Speed(live, _setup.Units),
            Incline = live.InclinePercent is { } percent ? InclineText.Of(percent) : null,
            Rails = StrideText.Of(live.Rails),
            IsRhythmSettled = live.IsRhythmSettled,
            BatteryPercent = live.BatteryPercent,
            IsBatteryLow = BatteryCharge.IsLow(live.BatteryPercent),
            IsQuiet = live.IsQuiet,
            Cue = LookWords.Of(live.Cue),
            Say = say,
            Bell = bell,
            Feet = [.. live.Feet.Select(foot => LookWords.Of(foot, live.IsQuiet))],
            Figures = [.. LookWords.Figures(live)],
            KeepingTrouble = _walk.Trouble,
            Notice = notice,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _announcer.Dispose();

    private double? NextTry() => _link?.NextAttemptIn is { } wait
        ? Math.Round(Math.Max(0, (wait - _time.GetElapsedTime(_linkChanged)).TotalSeconds), 1) : null;
}
