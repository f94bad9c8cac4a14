using Backstep.Walks.Coaching;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Coaching;

public class CueBoardTests
{
    private static readonly Cue Steady = new(CueKind.Steady, CueTone.Neutral, "steady");
    private static readonly Cue Tilting = new(CueKind.FootTilting, CueTone.Correction, "tilting");
    private static readonly Cue HeelFirst = new(CueKind.HeelFirst, CueTone.Correction, "heel first");
    private static readonly Cue TooFast = new(CueKind.TooFast, CueTone.Safety, "too fast");
    private static readonly Cue TimeIsUp = new(CueKind.TargetReached, CueTone.Enough, "time is up");
    private static readonly Cue Call = new(CueKind.Interval, CueTone.Call, "go");
    private static readonly Cue Waiting = new(CueKind.Waiting, CueTone.Neutral, "waiting");

    private readonly FakeTimeProvider _time = new();
    private readonly CueBoard _board;

    public CueBoardTests() => _board = new CueBoard(_time);

    [Fact]
    public void A_cue_stays_long_enough_to_be_read_even_if_a_more_urgent_correction_comes()
    {
        Assert.Equal(Tilting, _board.Offer(Tilting));
        _time.Advance(CueBoard.MinimumShown - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Tilting, _board.Offer(HeelFirst));
        Assert.Equal(Tilting, _board.Offer(Steady));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HeelFirst, _board.Offer(HeelFirst));
    }

    [Fact]
    public void Only_safety_interrupts()
    {
        _board.Offer(HeelFirst);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(TooFast, _board.Offer(TooFast));
        _time.Advance(CueBoard.MinimumShown - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TooFast, _board.Offer(HeelFirst));
    }

    [Fact]
    public void The_end_of_the_time_interrupts_a_correction_and_only_safety_interrupts_it()
    {
        _board.Offer(HeelFirst);
        Assert.Equal(TimeIsUp, _board.Offer(TimeIsUp));
        Assert.Equal(TimeIsUp, _board.Offer(HeelFirst));
        Assert.Equal(TimeIsUp, _board.Offer(Call));
        Assert.Equal(TooFast, _board.Offer(TooFast));
        Assert.Equal(TooFast, _board.Offer(TimeIsUp));
    }

    [Fact]
    public void The_first_steps_are_answered_at_once()
    {
        _board.Offer(Waiting);
        Assert.Equal(Steady, _board.Offer(Steady));
    }

    [Fact]
    public void A_cue_that_goes_on_is_not_begun_anew()
    {
        _board.Offer(HeelFirst);
        for (int i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _board.Offer(HeelFirst);
        }

        Assert.Equal(Steady, _board.Offer(Steady));
    }
}
