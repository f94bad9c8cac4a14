using System.Device.Adc;
using System.Device.Gpio;
using System.Device.I2c;
using Backstep.NanoHost;
using Backstep.VirtualSensor;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Hardware.Esp32;

namespace VirtualSensor.Tests;

public sealed class BoardPins
{
    [Fact]
    public void Hardware_used_outside_of_a_machine_says_so()
    {
        Assert.Contains("no machine", Assert.Throws<InvalidOperationException>(() => new GpioController()).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => BluetoothLEServer.Instance);
        Assert.Throws<InvalidOperationException>(() => Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA));
        Assert.Throws<InvalidOperationException>(() => HighResTimer.GetCurrent());
        Assert.Throws<InvalidOperationException>(() => new I2cDevice(new I2cConnectionSettings(1, 0x68)));
    }

    [Fact]
    public void I2C_needs_pins_that_can_drive_and_analog_channels_cannot_be_moved() => BoardBench.Run(_ =>
    {
        Assert.Throws<ArgumentException>(() => Configuration.SetPinFunction(35, DeviceFunction.I2C1_DATA));
        Assert.Throws<ArgumentException>(() => Configuration.SetPinFunction(40, DeviceFunction.I2C1_DATA));
        Assert.Throws<ArgumentException>(() => Configuration.SetPinFunction(35, DeviceFunction.ADC1_CH7));
        Assert.Equal(35, Configuration.GetFunctionPin(DeviceFunction.ADC1_CH7));
        Assert.Equal(22, Configuration.GetFunctionPin(DeviceFunction.I2C1_CLOCK));
        Assert.Throws<ArgumentException>(() => new I2cDevice(new I2cConnectionSettings(3, 0x68)));
    }).Dispose();

    [Fact]
    public void A_pin_of_the_bus_that_is_open_as_gpio_keeps_the_bus_closed() => BoardBench.Run(_ =>
    {
        using var gpio = new GpioController();
        gpio.OpenPin(21, PinMode.Input);
        Assert.Throws<InvalidOperationException>(() => new I2cDevice(new I2cConnectionSettings(1, 0x68)));
    }).Dispose();

    [Fact]
    public void Pins_34_to_39_are_inputs_without_pull_and_a_pin_opens_once() => BoardBench.Run(_ =>
    {
        using var gpio = new GpioController();
        Assert.Throws<ArgumentException>(() => gpio.OpenPin(34, PinMode.Output));
        Assert.Throws<ArgumentException>(() => gpio.OpenPin(34, PinMode.InputPullUp));
        gpio.OpenPin(34, PinMode.Input);
        Assert.Throws<InvalidOperationException>(() => gpio.OpenPin(34, PinMode.Input));
        Assert.Throws<InvalidOperationException>(() => gpio.OpenPin(24, PinMode.Input));
        Assert.Throws<InvalidOperationException>(() => gpio.Write(34, PinValue.High));
    }).Dispose();

    [Fact]
    public void The_led_is_seen_from_outside()
    {
        List<(double Milliseconds, bool Lit)> seen = [];
        using var device = BoardBench.Device((clock, _) =>
        {
            var led = new GpioController().OpenPin(2, PinMode.Output);
            clock.Sleep(100);
            led.Write(PinValue.High);
            clock.Sleep(50);
            led.Toggle();
        });
        device.Pins.LedChanged += lit => seen.Add((device.Elapsed.TotalMilliseconds, lit));
        device.Advance(TimeSpan.FromSeconds(1));
        device.RethrowFault();
        Assert.Equal([(100, true), (150, false)], seen);
    }

    [Fact]
    public void The_button_raises_edges_while_the_program_sleeps_with_the_time_of_the_press()
    {
        List<(long Milliseconds, PinEventTypes Edge)> seen = [];
        using var device = BoardBench.Device((clock, _) =>
        {
            var button = new GpioController().OpenPin(27, PinMode.InputPullUp);
            button.DebounceTimeout = TimeSpan.FromMilliseconds(30);
            button.ValueChanged += (_, edge) => seen.Add((clock.NowMilliseconds, edge.ChangeType));
            Assert.Equal(PinValue.High, button.Read());
            clock.Sleep(10_000);
        });
        device.Advance(TimeSpan.FromMilliseconds(1234));
        device.Pins.PressButton(TimeSpan.FromMilliseconds(400));
        device.Advance(TimeSpan.FromSeconds(1));
        device.Pins.SetButton(true); // a bounce of 10 ms is one edge
        device.Advance(TimeSpan.FromMilliseconds(10));
        device.Pins.SetButton(false);
        device.Advance(TimeSpan.FromSeconds(1));
        device.RethrowFault();
        Assert.Equal([(1234, PinEventTypes.Falling), (1634, PinEventTypes.Rising), (2234, PinEventTypes.Falling)],
            seen);
    }

    [Theory]
    [InlineData(4.2, 2606)]
    [InlineData(3.3, 2048)]
    [InlineData(0, 0)]
    public void The_battery_is_read_through_its_divider(double volts, int raw) => BoardBench.Run(
        _ =>
        {
            var adc = new AdcController();
            Assert.Equal(4095, adc.MaxValue);
            using var channel = adc.OpenChannel(7);
            Assert.Equal(raw, channel.ReadValue());
            Assert.Throws<ArgumentException>(() => adc.OpenChannel(20));
        },
        options: BoardBench.QuietOptions with { BatteryVolts = volts }).Dispose();

    [Fact]
    public void Threads_of_the_firmware_inherit_their_machine_but_may_not_wait_on_it() => BoardBench.Run(_ =>
    {
        Exception? fault = null;
        var pin = -1;
        var thread = new Thread(() => fault = Record.Exception(() =>
        {
            pin = Configuration.GetFunctionPin(DeviceFunction.I2C1_DATA);
            Machine.Current.Time.Sleep(TimeSpan.FromSeconds(1));
        }));
        thread.Start();
        thread.Join();
        Assert.Equal(21, pin);
        Assert.IsType<InvalidOperationException>(fault);
    }).Dispose();
}
