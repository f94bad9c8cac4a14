using System.Threading;
using nanoFramework.Hardware.Esp32;

namespace Backstep.Sensor.Board
{
    /// <summary>
    /// Deep sleep when nobody has needed the sensor for ten minutes. The motion chip wakes it when the shoe is picked
    /// up (INT, ext1), the button at any time (ext0); the program then starts from its beginning.
    /// </summary>
    public sealed class IdleSleep
    {
        private const int IdleMilliseconds = 10 * 60 * 1000;

        private readonly int _button;
        private readonly int _motionInterrupt;
        private long _neededMilliseconds;
        private uint _strides;

        /// <summary>Awake from now on.</summary>
        public IdleSleep(Pins pins, long nowMilliseconds)
        {
            _button = pins.Button;
            _motionInterrupt = pins.MotionInterrupt;
            _neededMilliseconds = nowMilliseconds;
        }

        /// <summary>Whether the button has ended the sleep before this start: then it was pressed for that, and for
        /// nothing else.</summary>
        public static bool WokenByButton
        {
            get { return Sleep.GetWakeupCause() == Sleep.WakeupCause.Ext0; }
        }

        /// <summary>Whether the power has just come, or the program was restarted: it did not sleep before.</summary>
        public static bool IsPowerOn
        {
            get { return Sleep.GetWakeupCause() == Sleep.WakeupCause.Undefined; }
        }

        /// <summary>Somebody is there.</summary>
        public void Stay(long nowMilliseconds)
        {
            _neededMilliseconds = nowMilliseconds;
        }

        /// <summary>Whether it is time to sleep: no stride, no owner's link and no button for so long. A stranger's
        /// link does not count: it would keep the sensor awake until the cell is empty.</summary>
        /// <param name="newestStride">Number of the newest stride.</param>
        /// <param name="isOwnerThere">Whether the owner's central is connected.</param>
        /// <param name="nowMilliseconds">The clock.</param>
        public bool IsDue(uint newestStride, bool isOwnerThere, long nowMilliseconds)
        {
            if (isOwnerThere || newestStride != _strides)
            {
                _strides = newestStride;
                _neededMilliseconds = nowMilliseconds;
            }

            return nowMilliseconds - _neededMilliseconds >= IdleMilliseconds;
        }

        /// <summary>Sleeps. The button ends it.</summary>
        /// <param name="motionWakes">Whether the motion chip watches, and ends it as well.</param>
        public void Begin(bool motionWakes)
        {
            Sleep.EnableWakeupByPin(WakePin(_button), 0);
            if (motionWakes && _motionInterrupt != Pins.None)
            {
                Sleep.EnableWakeupByMultiPins(WakePin(_motionInterrupt), Sleep.WakeupMode.AnyHigh);
            }

            Sleep.StartDeepSleep();

            // The call may return for a moment.
            Thread.Sleep(Timeout.Infinite);
        }

        // The library numbers them by bits: Pin0 is bit 0, Pin39 is bit 39.
        private static Sleep.WakeupGpioPin WakePin(int gpio)
        {
            return (Sleep.WakeupGpioPin)(1UL << gpio);
        }
    }
}
