using Backstep.Gait;
using Backstep.Walks.Rails;

namespace Backstep.Companion.Tests.Rails;

public sealed class SteadyPostureTests
{
    private readonly SteadyPosture _steady = new();
    private double _seconds;

    [Fact]
    public void A_hand_that_goes_to_the_rail_or_leaves_it_is_told_in_half_a_second()
    {
        Assert.Equal(Posture.Held, Say(0.98, 0.5));
        Say(0.98, 20);
        Assert.Equal(Posture.Free, Say(0.02, 0.5));
        Say(0.02, 20);
        Assert.Equal(Posture.Held, Say(0.98, 0.5));
    }

    [Fact]
    public void What_wavers_about_a_bound_changes_the_word_once_a_minute_at_most()
    {
        Say(0.98, 20);
        int changes = 0;
        var before = Posture.Held;
        var last = double.NegativeInfinity;
        for (int i = 0; i < 400; i++)
        {
            // Five seconds of "hardly", five of "quite likely".
            var now = Say(i % 2 == 0 ? 0.4 : 0.92, 5);
            if (now != before)
            {
                Assert.True(_seconds - last > 55, $"a change {_seconds - last:0.0} s after the last");
                (before, last, changes) = (now, _seconds, changes + 1);
            }
        }

        Assert.InRange(changes, 1, 33);
    }

    [Fact]
    public void A_finger_that_rests_between_two_keys_is_not_on_the_rail()
    {
        Say(0.98, 20);
        Assert.Equal(Posture.Free, Say(0.03, 2));
        Assert.Equal(Posture.Free, Say(0.98, 2)); // rests
        Assert.Equal(Posture.Free, Say(0.03, 2));
        Assert.Equal(Posture.Held, Say(0.98, 4)); // and now stays
    }

    [Fact]
    public void What_somebody_doubts_is_said_only_when_it_is_sure()
    {
        Say(0.15, 5);
        Assert.Equal(Posture.Unknown, _steady.Posture);
        Say(0.02, 70);
        Assert.Equal(Posture.Free, _steady.Posture);
        Assert.Equal(Posture.Unknown, Say(0.14, 5, isDoubted: true));
        Assert.Equal(Posture.Unknown, Say(0.02, 50, isDoubted: true));
        Assert.Equal(Posture.Free, Say(0.02, 10));
    }

    [Fact]
    public void Changes_are_counted_within_the_minute_that_ends_with_each()
    {
        var changes = new ChangesInAMinute();
        Assert.Equal([1, 2, 3, 3, 1], new double[] { 0, 30, 60, 61, 200 }.Select(changes.Note));
        changes.Clear();
        Assert.Equal(1, changes.Note(201));
    }

    private Posture Say(double held, double seconds, bool isDoubted = false)
    {
        for (int i = 0; i < seconds * 4; i++)
        {
            _seconds += 0.25;
            _steady.Add(held, isDoubted, _seconds);
        }

        return _steady.Posture;
    }
}
