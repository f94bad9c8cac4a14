using Backstep.Sensor.Board;

namespace Wiring.Tests;

public class PinTableTests
{
    /// <summary>ESP32 data sheet: the RTC pins, which alone can wake the chip from deep sleep.</summary>
    private static readonly int[] WakePins = [0, 2, 4, 12, 13, 14, 15, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39];

    [Fact]
    public void The_pin_table_names_every_pin_of_the_program_with_its_number_and_nothing_else() => Assert.Empty(PinTable.Problems(Page.Text));

    [Fact]
    public void The_pad_table_names_pads_that_the_boards_have_and_that_are_the_right_pins() => Assert.Empty(PinTable.PadProblems(Page.Text));

    [Theory]
    [InlineData("| `MotionData` | 21 |", "| `MotionData` | 22 |", "MotionData is GPIO 21, the page says 22")]
    [InlineData("| `Button` | 27 |", "| `Button` | 0 |", "Button is GPIO 27, the page says 0")]
    [InlineData("| `StatusLed` | 2 |", "| `Buzzer` | 2 |", "StatusLed stands in 0 rows")]
    [InlineData("| `StatusLed` | 2 |", "| `Buzzer` | 2 |", "Buzzer is no pin of the program")]
    public void A_wrong_row_in_the_pin_table_is_caught(string right, string wrong, string problem) =>
        Assert.Contains(problem, PinTable.Problems(Altered(right, wrong)));

    [Theory]
    [InlineData("| `MotionInterrupt` | 33 | 33 | D33 |", "| `MotionInterrupt` | 32 | 33 | D33 |", "MotionInterrupt is GPIO 33, LOLIN D32 is said to have it on 32")]
    [InlineData("| `BatteryVoltage` | none: wired on the board | 35 | D35 |", "| `BatteryVoltage` | 35 | 35 | D35 |", "LOLIN D32 has no pad 35")]
    [InlineData("| `Button` | 27 | 27 | D27 |", "| `Button` | 27 | 27 | none |", "DevKit V1 (30 pins) has no pad none")]
    [InlineData("| 3.3 V | 3V | 3V3 | 3V3 |", "| 3.3 V | 3V3 | 3V3 | 3V3 |", "LOLIN D32 has no pad 3V3")]
    public void A_wrong_pad_name_is_caught(string right, string wrong, string problem) =>
        Assert.Contains(problem, PinTable.PadProblems(Altered(right, wrong)));

    [Fact]
    public void No_two_signals_share_a_pin() => Assert.Equal(PinConstants.Gpio.Count, PinConstants.Gpio.Values.Distinct().Count());

    /// <summary>ESP32 data sheet: GPIO 6 to 11 belong to the flash, 0 and 12 decide how the chip starts, 1 and 3 are the serial port.</summary>
    [Fact]
    public void No_signal_is_on_a_pin_that_the_chip_needs_itself() =>
        Assert.Empty(PinConstants.Gpio.Values.Intersect([0, 1, 3, 6, 7, 8, 9, 10, 11, 12]));

    /// <summary>ESP32 data sheet: GPIO 34 to 39 have neither an output driver nor a pull-up.</summary>
    [Fact]
    public void What_is_driven_or_pulled_up_is_not_on_an_input_only_pin() =>
        Assert.All([Pins.MotionData, Pins.MotionClock, Pins.StatusLed, Pins.Button], gpio => Assert.NotInRange(gpio, 34, 39));

    [Fact]
    public void The_motion_interrupt_is_on_a_pin_that_can_wake_the_chip() => Assert.Contains(Pins.MotionInterrupt, WakePins);

    /// <summary>ESP32 data sheet: GPIO of ADC1's channels 0 to 7. ADC2 is taken by the radio.</summary>
    [Fact]
    public void The_battery_is_on_the_channel_of_its_pin()
    {
        int[] adc1 = [36, 37, 38, 39, 32, 33, 34, 35];
        Assert.Equal(Pins.BatteryVoltage, adc1[Pins.BatteryAdcChannel]);
        Assert.Contains($"ADC1 channel {Pins.BatteryAdcChannel}.", Page.Text, StringComparison.Ordinal);
    }

    private static string Altered(string right, string wrong)
    {
        Assert.Contains(right, Page.Text, StringComparison.Ordinal);
        return Page.Text.Replace(right, wrong, StringComparison.Ordinal);
    }
}
