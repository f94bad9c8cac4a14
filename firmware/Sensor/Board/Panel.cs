using System.Device.Gpio;

namespace Backstep.Sensor.Board
{
    /// <summary>
    /// What must be there before all else, so that whatever fails afterwards can be seen: which board it is, its power
    /// held on, and the light.
    /// </summary>
    public sealed class Panel
    {
        /// <summary>Finds the board and opens its pins.</summary>
        public Panel()
        {
            Gpio = new GpioController();
            Pins = BoardFinder.Find();
            Hold = new PowerHold(Gpio, Pins);
            Led = new StatusLed(Gpio, Pins);
        }

        /// <summary>The controller of the pins.</summary>
        public GpioController Gpio { get; }

        /// <summary>The board's pins.</summary>
        public Pins Pins { get; }

        /// <summary>The power.</summary>
        public PowerHold Hold { get; }

        /// <summary>The light.</summary>
        public StatusLed Led { get; }
    }
}
