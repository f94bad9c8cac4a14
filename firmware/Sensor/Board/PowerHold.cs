using System.Device.Gpio;

namespace Backstep.Sensor.Board
{
    /// <summary>
    /// Keeps the power on where a board goes off once its power button is let go. On other boards there is nothing to
    /// do.
    /// </summary>
    public sealed class PowerHold
    {
        private readonly GpioPin _pin;

        /// <summary>Holds it from now on.</summary>
        public PowerHold(GpioController gpio, Pins pins)
        {
            if (pins.PowerHold != Pins.None)
            {
                _pin = gpio.OpenPin(pins.PowerHold, PinMode.Output);
                _pin.Write(PinValue.High);
            }
        }

        /// <summary>Lets go: on its cell such a board is off, at once and wholly; on USB it goes on.</summary>
        public void LetGo()
        {
            if (_pin != null)
            {
                _pin.Write(PinValue.Low);
            }
        }
    }
}
