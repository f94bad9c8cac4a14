using System.Globalization;
using Backstep.Gait;
using Backstep.Terminal;
using Backstep.Walks.Coaching;
using Backstep.Walks.Events;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.Walks.Words;

namespace Backstep.Companion.Live;

/// <summary>The live view where there is no screen to draw on: a plain line every ten seconds, and one whenever the cue
/// or the link changes.</summary>
public sealed class LinearView(TextWriter writer, Units units)
{
    private const int TimeColumns = 7;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WarnAgain = TimeSpan.FromMinutes(1);

    private TimeSpan _nextLine;
    private TimeSpan _nextWarning;
    private Cue? _cue;
    private LinkState? _link;
    private bool _keepingWaits;
    private (IntervalPhase, int)? _interval;
    private bool _isSettled;

    /// <summary>Writes what is new.</summary>
    /// <param name="now">Time since the start.</param>
    /// <param name="live">What there is.</param>
    public void Show(TimeSpan now, LiveSnapshot live)
    {
        if (live.Link != _link)
        {
            _link = live.Link;
            Write(now, $"link: {Word(live.Link)}");
        }

        if (live.Warning != null && now >= _nextWarning)
        {
            _nextWarning = now + WarnAgain;
            Write(now, $"plan: {live.Warning}");
        }

        if (live.KeepingWaits != _keepingWaits)
        {
            _keepingWaits = live.KeepingWaits;
            Write(now, _keepingWaits ? "keeping: waits, nothing is lost" : "keeping: goes on");
        }

        if (live.Cue != _cue)
        {
            _cue = live.Cue;
            Write(now, $"cue: {live.Cue.Text}");
        }

        if (live.Interval is { } moment && (moment.Phase, moment.Number) != _interval)
        {
            _interval = (moment.Phase, moment.Number);
            Write(now, IntervalLine(moment));
        }

        if (live.IsRhythmSettled != _isSettled)
        {
            _isSettled = live.IsRhythmSettled;
            Write(now, _isSettled ? "rhythm: settled" : "rhythm: uneven again");
        }

        if (now >= _nextLine)
        {
            _nextLine = now + Interval;
            Write(now, Line(live));
        }
    }

    private static string IntervalLine(IntervalMoment moment) => moment.Phase switch
    {
        IntervalPhase.GetReady => $"interval: get ready, {moment.Length.TotalSeconds:0} s",
        IntervalPhase.Work => $"interval: {moment.Number} of {moment.Of}, backward, {moment.Length.TotalSeconds:0} s",
        IntervalPhase.Rest => $"interval: rest, {moment.Length.TotalSeconds:0} s",
        _ => "interval: all done",
    };

    private string Line(LiveSnapshot live)
    {
        string time = live.Target is { } target ? $"{Clock(live.Walked)} of {Clock(target)}" : Clock(live.Walked);
        string speed = live.BeltMetersPerSecond is { } metersPerSecond ? units.Speed(metersPerSecond) : "--";
        return $"walked {time}, cadence {Number(live.CadenceStepsPerMinute)}, "
            + (live.IsQuiet ? "form: quiet, "
                : $"toes first {Number(live.ToeFirstPercent)} %, "
                + $"{string.Join(", ", live.Feet.Select((foot, i) => Foot(live, foot, i)))}, ")
            + $"{(live.Mode == WalkMode.Treadmill ? $"belt {speed}, rails {StrideText.Of(live.Rails)}"
                : $"speed {speed}")}"
            + (!live.KnowsIncline ? ""
                : $", incline {(live.InclinePercent is { } incline ? InclineText.Of(incline) : "--")}")
            + $", battery {Number(live.BatteryPercent)} %";
    }

    private static string Foot(LiveSnapshot live, FootSnapshot foot, int position)
    {
        string marks = foot.Marks.Count == 0 ? "none" : string.Concat(foot.Marks.Select(StepMarks.Letter));
        string which = live.Feet.Count == 1 ? "" : foot.Side == FootSide.Unknown ? $"foot {position + 1}: "
            : $"{StrideText.Of(foot.Side)} foot: ";
        string swing = live.Feet.Count == 1 ? "" : foot.SwingSeconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $", swing {seconds:0.00} s") : ", swing --";
        return $"{which}last steps {marks}{swing}, foot strike {Number(foot.FootStrikeDegrees)} deg, tilt "
            + $"{Number(foot.TiltDegrees)} deg";
    }

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");

    private void Write(TimeSpan now, string text) => new SummaryWriter(writer, TimeColumns)
        .Line(string.Create(CultureInfo.InvariantCulture, $"{(int)now.TotalMinutes,3}:{now.Seconds:00}"), text);

    private static string Word(LinkState link) => link switch
    {
        LinkState.Connected => "connected",
        LinkState.Connecting => "connecting",
        LinkState.Reconnecting => "lost, reconnecting",
        _ => "none",
    };

    private static string Number(double? value) =>
        value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) : "--";
}
