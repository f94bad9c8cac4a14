using Backstep.Sensor.Board;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Board;

public sealed class PinsTests
{
    [Fact]
    public void The_program_and_the_wiring_agree_on_every_pin()
    {
        var wiring = new Wiring();

        Assert.Equal(
            (wiring.MotionData, wiring.MotionClock, wiring.MotionInterrupt, wiring.Led, wiring.Button, wiring.Battery),
            (Pins.MotionData, Pins.MotionClock, Pins.MotionInterrupt, Pins.StatusLed, Pins.Button, Pins.BatteryVoltage));
    }

    [Fact]
    public void Every_word_of_the_LED_looks_different_from_every_other_at_any_shift()
    {
        var words = Enum.GetValues<LedSignal>().Select(word => (int)word).ToArray();
        foreach (var word in words)
        {
            Assert.InRange(word, 0, 0xFFFFF);
            foreach (var other in words.Where(other => other != word))
            {
                for (var shift = 0; shift < 20; shift++)
                {
                    Assert.NotEqual(word, (other << shift | other >> (20 - shift)) & 0xFFFFF);
                }
            }
        }
    }
}
