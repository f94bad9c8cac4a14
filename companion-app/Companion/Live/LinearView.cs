using System.Globalization;
using Backstep.Companion.Bluetooth;
using Backstep.Companion.Coaching;
using Backstep.Companion.Output;

namespace Backstep.Companion.Live;

/// <summary>The live view where there is no screen to draw on: a plain line every ten seconds, and one whenever the cue or the link changes.</summary>
public sealed class LinearView(TextWriter writer, Units units)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private TimeSpan _nextLine;
    private Cue? _cue;
    private LinkState? _link;

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

        if (live.Cue != _cue)
        {
            _cue = live.Cue;
            Write(now, $"cue: {live.Cue.Text}");
        }

        if (now >= _nextLine)
        {
            _nextLine = now + Interval;
            Write(now, Line(live));
        }
    }

    private string Line(LiveSnapshot live)
    {
        string marks = live.Marks.Count == 0 ? "none" : string.Concat(live.Marks.Select(StepMarks.Letter));
        return $"cadence {Number(live.CadenceStepsPerMinute)}, toes first {Number(live.ToeFirstPercent)} %, last steps {marks}, "
            + $"belt {(live.BeltMetersPerSecond is { } speed ? units.Speed(speed) : "--")}, foot strike {Number(live.FootStrikeDegrees)} deg, rails {StrideWords.Of(live.Rails)}";
    }

    private void Write(TimeSpan now, string text) =>
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(int)now.TotalMinutes,3}:{now.Seconds:00}  {text}"));

    private static string Word(LinkState link) => link switch
    {
        LinkState.Connected => "connected",
        LinkState.Connecting => "connecting",
        LinkState.Reconnecting => "lost, reconnecting",
        _ => "none",
    };

    private static string Number(double? value) => value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) : "--";
}
