using System.Threading;
using nanoFramework.Hardware.Esp32;

namespace Backstep.Sensor.Board
{
    /// <summary>The ESP32's own clock: a 64-bit microsecond counter that never goes back, so it needs no care for
    /// wrap-around.</summary>
    public sealed class DeviceClock : IClock
    {
        /// <inheritdoc/>
        public long NowMilliseconds
        {
            get { return (long)(HighResTimer.GetCurrent() / 1000); }
        }

        /// <inheritdoc/>
        public void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
