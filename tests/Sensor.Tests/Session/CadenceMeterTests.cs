using Backstep.Gait;
using Backstep.Sensor.Session;

namespace Backstep.Sensor.Tests.Session;

public sealed class CadenceMeterTests
{
    private readonly CadenceMeter _meter = new();

    [Fact]
    public void It_stands_still_before_the_first_stride()
    {
        Assert.Equal(0, _meter.StepsPerMinuteTenths);
        Assert.Equal(0, _meter.BeltMillimetersPerSecond);
        Assert.Equal(Stride.Missing, _meter.StrideMillimeters);
    }

    [Fact]
    public void It_counts_the_steps_of_both_feet_over_the_last_four_strides()
    {
        for (uint i = 1; i <= 10; i++)
        {
            _meter.Add(A.Stride(i, i * 1.5, strideMilliseconds: i <= 6 ? 1500 : 1000, lengthMillimeters: 700));
        }

        Assert.Equal(1200, _meter.StepsPerMinuteTenths);
        Assert.Equal(700, _meter.BeltMillimetersPerSecond);
        Assert.Equal(700, _meter.StrideMillimeters);
    }

    [Fact]
    public void The_first_stride_of_a_bout_says_nothing_yet()
    {
        _meter.Add(A.Stride(1, 1));
        _meter.Add(A.Stride(2, 2, strideMilliseconds: Stride.Missing));

        Assert.Equal(0, _meter.StepsPerMinuteTenths);
    }

    [Fact]
    public void Speed_is_missing_and_not_zero_when_walking_strides_cannot_be_measured()
    {
        _meter.Add(A.Stride(1, 1, lengthMillimeters: Stride.Missing));

        Assert.Equal(1000, _meter.StepsPerMinuteTenths);
        Assert.Equal(Stride.Missing, _meter.BeltMillimetersPerSecond);
        Assert.Equal(Stride.Missing, _meter.StrideMillimeters);
    }

    [Fact]
    public void Unmeasured_strides_do_not_slow_the_belt()
    {
        _meter.Add(A.Stride(1, 1.2));
        _meter.Add(A.Stride(2, 2.4, lengthMillimeters: Stride.Missing));

        Assert.Equal(800 * 1000 / 1200, _meter.BeltMillimetersPerSecond);
    }

    [Fact]
    public void Four_seconds_after_the_last_contact_everything_is_zero()
    {
        _meter.Add(A.Stride(1, 10));
        _meter.Tick(14_000);
        Assert.NotEqual(0, _meter.StepsPerMinuteTenths);

        _meter.Tick(14_020);

        Assert.Equal(0, _meter.StepsPerMinuteTenths);
        Assert.Equal(0, _meter.BeltMillimetersPerSecond);
        Assert.Equal(Stride.Missing, _meter.StrideMillimeters);
    }
}
