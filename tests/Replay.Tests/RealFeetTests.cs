using Backstep.Files.Recording;
using Backstep.Gait;

namespace Backstep.Replay.Tests;

/// <summary>Real feet, walking forward, through the companion's replay: the device's own engine.</summary>
public sealed class RealFeetTests(ITestOutputHelper output)
{
    // A detected stride belongs to a referenced contact this close to it.
    private const double MatchSeconds = 0.25;

    [Theory]
    [InlineData(Recordings.Left, 27)]
    [InlineData(Recordings.Right, 28)]
    public void Strides_that_motion_capture_saw_are_found(string name, int atLeast)
    {
        var errors = Errors(Recordings.Events(name, "initial_contact"), Recordings.Play(name, reverse: false),
            s => s.ContactSeconds);
        Assert.True(errors.Count >= atLeast, $"{errors.Count} found");
    }

    [Theory]
    [InlineData(Recordings.Slow, 58, 2)]
    [InlineData(Recordings.Extreme, 60, 3)]
    public void As_many_strides_as_the_walker_counted(string name, int counted, int within)
    {
        Assert.InRange(Recordings.Play(name, reverse: false).Count, counted - within, counted + within);
    }

    [Theory]
    [InlineData(Recordings.Left)]
    [InlineData(Recordings.Right)]
    [InlineData(Recordings.Slow)]
    [InlineData(Recordings.Extreme)]
    [InlineData(Recordings.Loop)]
    public void Nobody_who_walks_forward_is_said_to_walk_backward(string name)
    {
        var strides = Recordings.Play(name, reverse: false);
        Assert.NotEmpty(strides);
        Assert.DoesNotContain(strides, s => s.Stride.Direction == Direction.Backward);
    }

    [Theory]
    [InlineData(Recordings.Left)]
    [InlineData(Recordings.Right)]
    [InlineData(Recordings.Slow)]
    [InlineData(Recordings.Extreme)]
    [InlineData(Recordings.Loop)]
    public void Played_backwards_they_walk_backward(string name)
    {
        var strides = Recordings.Play(name, reverse: true);
        Assert.NotEmpty(strides);
        Assert.DoesNotContain(strides, s => s.Stride.Direction == Direction.Forward);
        int backward = strides.Count(s => s.Stride.Direction == Direction.Backward);
        Assert.True(backward >= 0.9 * strides.Count, $"{backward} of {strides.Count}");
    }

    [Fact]
    public void Played_backwards_nearly_every_stride_is_called_backward()
    {
        string[] all = [Recordings.Left, Recordings.Right, Recordings.Slow, Recordings.Extreme, Recordings.Loop];
        var strides = all.SelectMany(name => Recordings.Play(name, reverse: true)).ToList();
        int backward = strides.Count(s => s.Stride.Direction == Direction.Backward);
        output.WriteLine($"reversed (synthetic): {backward} of {strides.Count} backward");
        Assert.True(backward >= 0.97 * strides.Count, $"{backward} of {strides.Count}");
    }

    [Theory]
    [InlineData(Recordings.Left)]
    [InlineData(Recordings.Right)]
    public void Contact_and_foot_off_lie_where_motion_capture_saw_them(string name)
    {
        var strides = Recordings.Play(name, reverse: false);
        var contact = Errors(Recordings.Events(name, "initial_contact"), strides, s => s.ContactSeconds);
        var footOff = Errors(Recordings.Events(name, "toe_off"), strides, s => s.ClearanceSeconds);
        output.WriteLine($"{name}: contact {Median(contact) * 1000:F0} ms, foot-off {Median(footOff) * 1000:F0} ms "
            + $"(median of absolute values)");
        Assert.InRange(Median(contact), 0, 0.025);
        Assert.InRange(Median(footOff), 0, 0.025);
    }

    [Theory]
    [InlineData(Recordings.Left)]
    [InlineData(Recordings.Right)]
    public void Played_backwards_the_foot_touches_where_it_had_left(string name)
    {
        double end = Recordings.EndSeconds(name);
        var strides = Recordings.Play(name, reverse: true);
        var contact = Errors([.. Recordings.Events(name, "toe_off").Select(t => end - t)], strides,
            s => s.ContactSeconds);
        output.WriteLine($"{name} reversed (synthetic): contact {Median(contact) * 1000:F0} ms");
        Assert.InRange(Median(contact), 0, 0.025);
    }

    [Theory]
    [InlineData(Recordings.Left)]
    [InlineData(Recordings.Right)]
    [InlineData(Recordings.Slow)]
    public void A_stride_is_known_soon_after_contact(string name)
    {
        var delays = Recordings.Play(name, reverse: false).Select(s => s.DetectedSeconds - s.ContactSeconds).Order()
            .ToList();
        output.WriteLine(
            $"{name}: known {delays[delays.Count / 2] * 1000:F0} ms after contact (median), {delays[^1] * 1000:F0} "
            + $"ms at the latest");
        Assert.InRange(delays[delays.Count / 2], 0, 0.3);
    }

    [Theory]
    [InlineData(Recordings.Left)]
    [InlineData(Recordings.Right)]
    public void An_adult_who_walks_40_m_takes_strides_of_a_plausible_length(string name)
    {
        // 2 x 20 m with turns in between: most strides are steady ones.
        var lengths = Recordings.Play(name, reverse: false).Select(s => s.Stride.LengthMillimeters).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1200, 1600);
    }

    private static List<double> Errors(IReadOnlyList<double> referenced, IReadOnlyList<ReplayedStride> found,
        Func<ReplayedStride, double> time)
    {
        var left = found.ToList();
        var errors = new List<double>();
        foreach (double at in referenced)
        {
            var nearest = left.MinBy(s => Math.Abs(time(s) - at));
            if (nearest is not null && Math.Abs(time(nearest) - at) <= MatchSeconds)
            {
                left.Remove(nearest);
                errors.Add(Math.Abs(time(nearest) - at));
            }
        }

        return errors;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
