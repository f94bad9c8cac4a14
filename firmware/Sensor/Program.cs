using System;
using System.Threading;
using Backstep.Sensor.Board;
using Backstep.Sensor.Storage;
using nanoFramework.Runtime.Native;

namespace Backstep.Sensor
{
    /// <summary>The sensor: a shoe that knows how it walks.</summary>
    public static class Program
    {
        /// <summary>After a fault that nobody has foreseen, so that the device does not do nothing but start.</summary>
        private const int RestartMilliseconds = 10000;

        /// <summary>Entry point on the ESP32.</summary>
        public static void Main()
        {
            try
            {
                Run(new DeviceClock(), new FlashVolume());
            }
            catch (Exception)
            {
                // An exception that leaves Main ends the program without a word, and the device idles for ever.
                Thread.Sleep(RestartMilliseconds);
                Reboot(new FlashVolume());
            }
        }

        /// <summary>
        /// Runs the sensor for ever. Where the managed heap is too small, at the start or later, it says so by its
        /// light and its log, and starts the device again: that alone frees everything, what the libraries keep in
        /// their statics too. A PC passes its own clock and volume and ends it by throwing from <see
        /// cref="IClock.Sleep"/>.
        /// </summary>
        public static void Run(IClock clock, IVolume volume)
        {
            StatusLed led = null;
            try
            {
                // The light before all else: whatever fails after it can be seen.
                Panel panel = new Panel();
                led = panel.Led;
                Walk(new ShoeSensor(clock, volume, panel), clock);
            }
            catch (OutOfMemoryException)
            {
                // What was built so far is out of reach now, and what the message takes can be had.
            }

            Restart(clock, volume, led);
        }

        private static void Restart(IClock clock, IVolume volume, StatusLed led)
        {
            while (true)
            {
                try
                {
                    MemoryFault.Show(clock, led);
                    Reboot(volume);
                }
                catch (OutOfMemoryException)
                {
                    // Not even for that: again, and the light goes on.
                }
            }
        }

        // Nobody switched it on, so the two minutes for pairing must not begin anew: a stranger might bring a fault
        // about.
        private static void Reboot(IVolume volume)
        {
            try
            {
                RestartMark.Leave(volume);
            }
            catch (OutOfMemoryException)
            {
                // To start again comes first; the next fault finds more room, or none will pair anyway.
            }

            Power.RebootDevice();
        }

        private static void Walk(ShoeSensor sensor, IClock clock)
        {
            while (true)
            {
                clock.Sleep(sensor.Pass());
            }
        }
    }
}
