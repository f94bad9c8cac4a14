using Backstep.Gait;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Tests.Walking;

public class ArmTests
{
    public static TheoryData<string> Names => [.. Scenarios.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_scenario_has_an_arm_that_moves_within_the_chips_ranges_for_as_long(string name)
    {
        Assert.True(Scenarios.TryGet(name, 3, out var walker));
        var arm = Arm.Of(walker, 3);
        Assert.Equal(walker.Seconds, arm.Seconds, 1e-6);
        for (var t = 0.0; t < arm.Seconds; t += 0.05)
        {
            var m = arm.At(t);
            Assert.InRange(Math.Sqrt((m.AxG * m.AxG) + (m.AyG * m.AyG) + (m.AzG * m.AzG)), 0.3, 3);
            Assert.InRange(Math.Max(Math.Abs(m.GxDps), Math.Max(Math.Abs(m.GyDps), Math.Abs(m.GzDps))), 0, 500);
        }
    }

    [Theory]
    [InlineData("one-hand", ArmPose.OneHandOnRail, Posture.Held)]
    [InlineData("phone", ArmPose.PhoneInHand, Posture.Free)]
    [InlineData("pockets", ArmPose.InPocket, Posture.Free)]
    [InlineData("arms-crossed", ArmPose.Crossed, Posture.Free)]
    [InlineData("controls", ArmPose.AtControls, Posture.Free)]
    [InlineData("rails", ArmPose.Swinging, Posture.Free)]
    public void Hands_do_what_the_scenario_is_called_after(string name, ArmPose hand, Posture posture)
    {
        Assert.True(Scenarios.TryGet(name, 1, out var walker));
        var activity = walker.Activities.First(one => one.Hand == hand && one.Posture != Posture.Unknown);
        Assert.Equal(posture, activity.Posture);
        Assert.Equal(hand, Arm.Of(walker, 1).PoseAt((activity.StartSeconds + activity.EndSeconds) / 2).Pose);
        Assert.Contains(walker.Activities, one => one is { Hand: ArmPose.OnRail, Posture: Posture.Held });
    }

    [Fact]
    public void Who_stands_swings_no_arm_and_who_walks_does()
    {
        Assert.True(Scenarios.TryGet("rails", 1, out var walker));
        var arm = Arm.Of(walker, 1);
        double Turn(double from) => Enumerable.Range(0, 100).Max(i => Math.Abs(arm.At(from + (i / 50.0)).GyDps));
        var free = walker.Activities.First(one => one.Hand == ArmPose.Swinging && one.Posture == Posture.Free);
        double still = Turn(1), swinging = Turn(free.StartSeconds + 3);
        Assert.InRange(still, 0, 2);
        Assert.InRange(swinging, 5 * still, 200);
    }

    [Fact]
    public void The_same_seed_is_the_same_arm_and_another_is_not()
    {
        Assert.True(Scenarios.TryGet("phone", 1, out var walker));
        Motion At(int seed) => Arm.Of(walker, seed).At(80);
        Assert.Equal(At(4), At(4));
        Assert.NotEqual(At(4), At(5));
    }
}
