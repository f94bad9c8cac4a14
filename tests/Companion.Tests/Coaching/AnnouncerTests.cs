using Backstep.Walks.Coaching;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Coaching;

public sealed class AnnouncerTests : IDisposable
{
    private static readonly Cue Heel = new(CueKind.HeelFirst, CueTone.Correction, "toes");
    private static readonly Cue Tilt = new(CueKind.FootTilting, CueTone.Correction, "big toe");
    private static readonly Cue Fast = new(CueKind.TooFast, CueTone.Safety, "slower");
    private static readonly Cue Steady = new(CueKind.Steady, CueTone.Neutral, "go on");

    private readonly FakeTimeProvider _time = new();
    private readonly Voice _voice = new();
    private readonly Announcer _announcer;
    private int _rings;

    public AnnouncerTests() => _announcer = new Announcer(() => _rings++, _voice, _time);

    public void Dispose() => _announcer.Dispose();

    [Fact]
    public void A_cue_is_heard_once()
    {
        for (int i = 0; i < 50; i++)
        {
            _announcer.Update(Heel, null);
        }

        Assert.Equal((1, "toes"), (_rings, string.Join('|', _voice.Said)));
    }

    [Fact]
    public void What_asks_for_nothing_is_seen_and_not_heard()
    {
        _announcer.Update(Steady, null);
        Assert.Equal((0, 0), (_rings, _voice.Said.Count));
    }

    [Fact]
    public void Between_two_corrections_there_is_a_breath_and_the_second_is_dropped_and_not_queued()
    {
        _announcer.Update(Heel, null);
        _time.Advance(TimeSpan.FromSeconds(4));
        _announcer.Update(Tilt, null);
        _time.Advance(TimeSpan.FromSeconds(60));
        _announcer.Update(Tilt, null);
        Assert.Equal(["toes"], _voice.Said);
    }

    [Fact]
    public void Safety_does_not_wait()
    {
        _announcer.Update(Heel, null);
        _announcer.Update(Fast, null);
        Assert.Equal(["toes", "slower"], _voice.Said);
    }

    [Fact]
    public void What_must_not_be_missed_is_heard_again_while_it_stands()
    {
        var over = new Cue(CueKind.TargetReached, CueTone.Enough, "time") { Again = TimeSpan.FromSeconds(20) };
        _announcer.Update(Heel, null);
        for (int second = 0; second <= 60; second++)
        {
            _announcer.Update(over, null);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["toes", "time", "time", "time", "time"], _voice.Said);
        Assert.Equal(5, _rings);
    }

    [Fact]
    public void Muted_is_muted_at_once()
    {
        _announcer.Update(Heel, null);
        _announcer.ToggleMute();
        _announcer.Update(Fast, null);
        Assert.Equal((1, 1, 1), (_rings, _voice.Said.Count, _voice.Hushed));
        _announcer.ToggleMute();
        _announcer.Update(Heel, null);
        Assert.Equal(2, _rings);
    }

    [Fact]
    public void The_last_three_seconds_of_a_phase_are_rung()
    {
        for (int tenths = 0; tenths < 160; tenths++)
        {
            _announcer.Update(Steady, Intervals.Usual.At(TimeSpan.FromSeconds(tenths / 10.0)));
        }

        Assert.Equal(3, _rings);
    }

    [Fact]
    public void Without_bell_and_voice_nothing_happens()
    {
        using var silent = new Announcer(null, null, _time);
        silent.Update(Fast, null);
        silent.ToggleMute();
        Assert.False(silent.HasSound);
    }

    private sealed class Voice : ISpeech
    {
        public List<string> Said { get; } = [];

        public int Hushed { get; private set; }

        public void Say(string text) => Said.Add(text);

        public void Hush() => Hushed++;

        public void Dispose()
        {
        }
    }
}
