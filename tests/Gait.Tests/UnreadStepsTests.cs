using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Tests.Walking;

/// <summary>A clip turned on the shoe by more than the engine bears: the walker must be told, and nobody
/// else.</summary>
public class UnreadStepsTests
{
    [Theory]
    [InlineData(Direction.Backward, 60)]
    [InlineData(Direction.Backward, 90)]
    [InlineData(Direction.Backward, -70)]
    [InlineData(Direction.Forward, 60)]
    [InlineData(Direction.Forward, 90)]
    [InlineData(Direction.Forward, -90)]
    public void A_turned_clip_is_noticed_within_fifteen_seconds_and_forgotten_when_the_walker_stands(
        Direction direction, double yawDegrees)
    {
        var (noticed, end, strides,
            standing) = Play(Walk(direction, 0.7, SensorPlace.Laces with { YawDegrees = yawDegrees }, 40));
        Assert.InRange(strides, 0, 3);
        Assert.InRange(noticed ?? double.MaxValue, 6, 3 + 3 + 15);
        Assert.True(end, "still told at the end of the walk");
        Assert.False(standing, "no longer told 12 s later");
    }

    [Theory]
    [InlineData(Direction.Backward)]
    [InlineData(Direction.Forward)]
    public void However_far_it_is_turned_there_are_strides_or_the_walker_is_told(Direction direction)
    {
        for (int yaw = -120; yaw <= 120; yaw += 12)
        {
            var walker = Walk(direction, 0.7, SensorPlace.Laces with { YawDegrees = yaw }, 40);
            var (noticed, _, strides, _) = Play(walker);
            Assert.True(noticed != null || strides > 0.4 * walker.Strides.Count,
                $"{yaw} degrees: {strides} of {walker.Strides.Count} strides and no word");
        }
    }

    [Theory]
    [InlineData(Direction.Backward, 0.2)]
    [InlineData(Direction.Backward, 0.7)]
    [InlineData(Direction.Backward, 1.2)]
    [InlineData(Direction.Forward, 0.3)]
    [InlineData(Direction.Forward, 1.3)]
    public void Who_walks_with_a_clip_as_it_should_be_is_told_nothing(Direction direction, double speed)
    {
        foreach (var place in new[] { SensorPlace.Laces, SensorPlace.Heel, SensorPlace.Side with { YawDegrees = 15 },
            SensorPlace.Toes with { YawDegrees = -15 } })
        {
            Assert.Null(Play(Walk(direction, speed, place, 40)).Noticed);
        }
    }

    [Theory]
    [InlineData("standing")]
    [InlineData("shuffling")]
    [InlineData("turning")]
    [InlineData("weight-shift")]
    [InlineData("tapping")]
    [InlineData("side-step")]
    [InlineData("side-rails")]
    [InlineData("carry")]
    [InlineData("putting-on")]
    [InlineData("riding")]
    [InlineData("sitting")]
    public void Who_does_not_walk_is_told_nothing(string scenario)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            Assert.True(Scenarios.TryGet(scenario, seed, out var walker));
            Assert.Null(Play(walker).Noticed);
        }
    }

    private static Walker Walk(Direction direction, double speed, SensorPlace place, double seconds) => new(
        [
            new Stand(3),
            new Walk(direction == Direction.Backward ? WalkParameters.Backward(speed) : WalkParameters.Forward(speed),
                seconds),
            new Stand(14),
        ],
        new WalkerSettings { HeadingDegrees = direction == Direction.Backward ? 180 : 0, Place = place });

    /// <summary>When it was first noticed, whether it still was at the end of the walk and 12 s later, and how many
    /// strides there were.</summary>
    private static (double? Noticed, bool AtEnd, int Strides, bool Standing) Play(Walker walker)
    {
        var engine = new GaitEngine(Mount.Identity, walker.Settings.Side);
        var samples = Sampler.Sample(walker, walker.Seconds, new SamplerOptions { LowPass = false });
        double? noticed = null;
        var (strides, atEnd) = (0, false);
        for (int i = 0; i < samples.Length; i++)
        {
            var s = samples[i];
            if (engine.Add(s.Ax, s.Ay, s.Az, s.Gx, s.Gy, s.Gz))
            {
                strides += engine.TakeStride().Direction == Direction.Unknown ? 0 : 1;
            }

            noticed ??= engine.LacksStrides ? i / 100.0 : null;
            atEnd = i == (int)((walker.Seconds - 16) * 100) ? engine.LacksStrides : atEnd;
        }

        return (noticed, atEnd, strides, engine.LacksStrides);
    }
}
