using System.Device.Gpio;

namespace Backstep.Sensor.Board
{
    /// <summary>Plays the <see cref="LedSignal"/>s. Paced by the program's loop; touches the pin only when the light
    /// must change.</summary>
    public sealed class StatusLed
    {
        /// <summary>The light changes at most so often, and the program's turns keep step with it.</summary>
        public const int SlotMilliseconds = 100;

        private const int SlotsPerCycle = 20;

        private readonly GpioPin _pin;
        private readonly bool _isLitByLow;
        private bool _lit;

        /// <summary>Opens the pin and leaves it dark.</summary>
        public StatusLed(GpioController gpio, Pins pins)
        {
            _isLitByLow = pins.IsLedLitByLow;
            _pin = gpio.OpenPin(pins.StatusLed, PinMode.Output);
            _pin.Write(_isLitByLow ? PinValue.High : PinValue.Low);
        }

        /// <summary>When the light may next have to change, after a moment.</summary>
        public static long NextChange(long nowMilliseconds)
        {
            return nowMilliseconds - nowMilliseconds % SlotMilliseconds + SlotMilliseconds;
        }

        /// <summary>Shows the part of the signal's cycle that belongs to this moment.</summary>
        public void Show(LedSignal signal, long nowMilliseconds)
        {
            int slot = (int)(nowMilliseconds / SlotMilliseconds % SlotsPerCycle);
            bool lit = ((int)signal >> slot & 1) != 0;
            if (lit != _lit)
            {
                _lit = lit;
                _pin.Write(lit != _isLitByLow ? PinValue.High : PinValue.Low);
            }
        }
    }
}
