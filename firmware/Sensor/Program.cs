using Backstep.Sensor.Board;
using Backstep.Sensor.Storage;

namespace Backstep.Sensor
{
    /// <summary>The sensor: a shoe that knows how it walks.</summary>
    public static class Program
    {
        /// <summary>
        /// Between two passes; a multiple of the 10 ms tick. A light needs it so short; the chip's clock paces the sampling, not this.
        /// </summary>
        private const int PassMilliseconds = 20;

        /// <summary>Entry point on the ESP32.</summary>
        public static void Main()
        {
            Run(new DeviceClock(), new FlashVolume());
        }

        /// <summary>Runs the sensor for ever. A PC passes its own clock and volume and ends it by throwing from <see cref="IClock.Sleep"/>.</summary>
        public static void Run(IClock clock, IVolume volume)
        {
            ShoeSensor sensor = new ShoeSensor(clock, volume);
            while (true)
            {
                sensor.Pass();
                clock.Sleep(PassMilliseconds);
            }
        }
    }
}
