using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace VirtualSensor.Tests;

/// <summary>The firmware on a thread of its own, and pass by pass on its owner's: the same sensor.</summary>
public sealed class BoardOneThread
{
    [Fact]
    public void Both_tell_the_same_strides_to_the_byte()
    {
        Assert.Equal(Strides(hasOneThread: false), Strides(hasOneThread: true));

        static string[] Strides(bool hasOneThread)
        {
            Assert.True(Scenarios.TryGet("mixed", 1, out var walker));
            using var device = Device(walker, hasOneThread);
            List<string> strides = [];
            device.Advance(TimeSpan.FromSeconds(2));
            var central = device.Radio.Connect();
            central.Encrypt(authenticated: true, (int)ControlCommand.FactoryPasskey);
            central.Subscribe(Uuids.Backstep, Uuids.Stride, value => strides.Add(Convert.ToHexString(value)));
            device.Advance(TimeSpan.FromSeconds(90));
            Assert.Null(device.Fault);
            Assert.True(strides.Count > 30);
            return [.. strides];
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_owner_sees_the_time_that_was_asked_for(bool hasOneThread)
    {
        using var device = Device(StillMotion, hasOneThread);
        for (int i = 1; i <= 400; i++)
        {
            device.Advance(TimeSpan.FromMilliseconds(7)); // through the start, with its waits within a pass
            Assert.Equal(TimeSpan.FromMilliseconds(7 * i), device.Elapsed);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_sleeps_when_nobody_needs_it_and_the_button_wakes_it(bool hasOneThread)
    {
        using var device = Device(StillMotion, hasOneThread);
        device.Advance(TimeSpan.FromMinutes(9));
        Assert.True(device.IsRunning);
        device.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((false, true, true, 1), (device.IsRunning, device.IsAsleep, device.IsPowered, device.Boots));
        device.Pins.PressButton(TimeSpan.FromMilliseconds(100));
        device.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((true, false, 2), (device.IsRunning, device.IsAsleep, device.Boots));
        Assert.NotNull(device.Radio.Advertisement);
        Assert.Null(device.Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Power_that_goes_in_the_middle_of_a_write_ends_the_program_and_it_starts_anew(bool hasOneThread)
    {
        Assert.True(Scenarios.TryGet("backward", 2, out var walker));
        using var device = Device(walker, hasOneThread);
        device.Advance(TimeSpan.FromSeconds(10));
        device.Volume.LosePowerAfter(30);
        device.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((false, false), (device.IsRunning, device.IsPowered));
        Assert.Null(device.Fault);
        device.Volume.LosePowerAfter(long.MaxValue);
        device.PowerOn();
        device.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((true, 2), (device.IsRunning, device.Boots));
        Assert.NotNull(device.Radio.Advertisement);
    }

    [Fact]
    public void A_link_that_is_asked_in_the_middle_of_a_pass_answers()
    {
        using var device = Device(StillMotion, hasOneThread: true);
        for (int i = 0; i < 100 && device.Radio.Advertisement == null; i++)
        {
            device.Advance(TimeSpan.FromMilliseconds(10));
        }

        var central = device.Radio.Connect(); // the chip is not even there yet
        central.Encrypt(authenticated: true, (int)ControlCommand.FactoryPasskey);
        Assert.NotNull(Session.Decode(central.Read(Uuids.Backstep, Uuids.Session), out _));
    }

    private static IMotionSource StillMotion => new FunctionMotion(_ => new Motion(0, 0, 1, 0, 0, 0));

    private static VirtualDevice Device(IMotionSource motion, bool hasOneThread) =>
        new(motion, new VirtualDeviceOptions { HasOneThread = hasOneThread, Seed = 5 });
}
