using Backstep.Sensor.Board;
using Backstep.VirtualSensor.Board;

namespace Backstep.Sensor.Tests.Board;

public sealed class PinsTests
{
    public static TheoryData<string> Boards => [.. Known.Keys];

    private static Dictionary<string, (Pins Pins, Wiring Wiring)> Known { get; } = new()
    {
        ["ESP32-DevKitC-VE"] = (Pins.DevKit(), Wiring.DevKit),
        ["XIAO ESP32S3"] = (Pins.Xiao(), Wiring.Xiao),
        ["M5StickC Plus2"] = (Pins.Stick(), Wiring.Stick),
    };

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_program_and_the_wiring_agree_on_every_pin_of_every_board(string board)
    {
        var (pins, wiring) = Known[board];

        Assert.Equal(board, pins.Board);
        Assert.Equal(
            (wiring.MotionData, wiring.MotionClock, wiring.MotionInterrupt, wiring.Led, wiring.IsLedLitByLow),
            (pins.MotionData, pins.MotionClock, pins.MotionInterrupt, pins.StatusLed, pins.IsLedLitByLow));
        Assert.Equal(
            (wiring.Button, wiring.IsButtonPulledUp, wiring.Battery, wiring.PowerHold ?? Pins.None),
            (pins.Button, pins.IsButtonPulledUp, pins.BatteryVoltage, pins.PowerHold));
        Assert.Equal(wiring.AdcFullScaleVolts * 1000, pins.AdcFullScaleMillivolts);
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
