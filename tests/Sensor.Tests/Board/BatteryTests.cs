using Backstep.Sensor.Board;

namespace Backstep.Sensor.Tests.Board;

public sealed class BatteryTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3270, 0)]
    [InlineData(3690, 10)]
    [InlineData(3840, 50)]
    [InlineData(3855, 55)]
    [InlineData(4110, 90)]
    [InlineData(4200, 100)]
    [InlineData(5000, 100)]
    public void The_curve_goes_through_its_points_and_straight_between_them(int millivolts, int percent) =>
        Assert.Equal(percent, Battery.PercentAt(millivolts));

    [Fact]
    public void More_voltage_is_never_less_charge()
    {
        var last = 0;
        for (var millivolts = 3000; millivolts <= 4400; millivolts++)
        {
            var percent = Battery.PercentAt(millivolts);
            Assert.InRange(percent, last, Math.Min(100, last + 1));
            last = percent;
        }

        Assert.Equal(100, last);
    }
}
