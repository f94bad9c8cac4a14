using Backstep.Sensor.Board;

namespace Wiring.Tests;

public class PinTableTests
{
    [Fact]
    public void The_pin_table_names_every_pin_of_the_program_on_every_board_and_nothing_else() =>
        Assert.Empty(PinTable.Problems(Page.Text));

    [Theory]
    [InlineData("| `MotionData` | 21 |", "| `MotionData` | 22 |",
        "MotionData of ESP32-DevKitC-VE is 21, the page says 22")]
    [InlineData("| 2, pad D1 |", "| 0, pad D1 |", "Button of XIAO ESP32S3 is 2, the page says 0")]
    [InlineData("| 2, pad D1 |", "| 2, pad D2 |", "XIAO ESP32S3 has no pad D2 for Button")]
    [InlineData("| `StatusLed` | 2 |", "| `Buzzer` | 2 |", "StatusLed stands in 0 rows")]
    [InlineData("| `StatusLed` | 2 |", "| `Buzzer` | 2 |", "Buzzer is no pin of the program")]
    [InlineData("| `PowerHold` | none |", "| `PowerHold` | 4 |",
        "PowerHold of ESP32-DevKitC-VE is none, the page says 4")]
    public void A_wrong_row_in_the_pin_table_is_caught(string right, string wrong, string problem)
    {
        Assert.Contains(right, Page.Text, StringComparison.Ordinal);
        Assert.Contains(problem, PinTable.Problems(Page.Text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Boards.Names), MemberType = typeof(Boards))]
    public void No_two_signals_share_a_pin(string board) =>
        Assert.Equal(Boards.Named(board).Gpio.Count, Boards.Named(board).Gpio.Values.Distinct().Count());

    [Theory]
    [MemberData(nameof(Boards.Names), MemberType = typeof(Boards))]
    public void No_signal_is_on_a_pin_that_the_module_needs_itself(string board) =>
        Assert.Empty(Boards.Named(board).Gpio.Values.Intersect(Boards.Named(board).TakenPins));

    [Theory]
    [MemberData(nameof(Boards.Names), MemberType = typeof(Boards))]
    public void What_is_driven_or_pulled_up_is_not_on_an_input_only_pin(string board)
    {
        var pins = Boards.Named(board).Pins;
        int button = pins.IsButtonPulledUp ? Pins.None : pins.Button;
        int[] driven = [pins.MotionData, pins.MotionClock, pins.StatusLed, pins.PowerHold, button];
        Assert.Empty(driven.Intersect(Boards.Named(board).InputOnlyPins));
    }

    [Theory]
    [MemberData(nameof(Boards.Names), MemberType = typeof(Boards))]
    public void The_button_and_the_motion_interrupt_are_on_pins_that_can_wake_the_chip(string board)
    {
        var wake = Boards.Named(board).WakePins;
        var pins = Boards.Named(board).Pins;
        Assert.Contains(pins.Button, wake);
        Assert.True(pins.MotionInterrupt is Pins.None || wake.Contains(pins.MotionInterrupt));
    }

    [Theory]
    [MemberData(nameof(Boards.Names), MemberType = typeof(Boards))]
    public void The_battery_is_on_the_channel_of_its_pin(string board)
    {
        var pins = Boards.Named(board).Pins;
        Assert.Equal(pins.BatteryVoltage, Boards.Named(board).AdcPins[pins.BatteryAdcChannel]);
    }
}
