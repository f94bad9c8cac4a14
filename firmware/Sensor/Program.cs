using Backstep.Sensor.Board;
using Backstep.Sensor.Storage;

namespace Backstep.Sensor
{
    /// <summary>Contract only for now.</summary>
    public static class Program
    {
        /// <summary>Runs the sensor for ever. A PC passes its own clock and volume and ends it by throwing from <see cref="IClock.Sleep"/>.</summary>
        public static void Run(IClock clock, IVolume volume) { while (true) { clock.Sleep(20); } }
    }
}
