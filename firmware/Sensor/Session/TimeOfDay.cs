using Backstep.Sensor.Imu;

namespace Backstep.Sensor.Session
{
    /// <summary>The time of day, once an app has told it, by the sample clock. The sensor has no clock of its own that
    /// survives a start.</summary>
    public sealed class TimeOfDay
    {
        private const int MillisecondsPerSecond = 1000;

        private readonly MotionFeed _feed;
        private uint _unixSeconds;
        private uint _atMilliseconds;

        /// <summary>Not set yet.</summary>
        public TimeOfDay(MotionFeed feed)
        {
            _feed = feed;
        }

        /// <summary>
        /// The time of day at a moment of the sample clock, in ms, within 24 days before or after it was told, in
        /// seconds since 1970-01-01 00:00 UTC; 0 when nobody has told. Ends at the ends of what the number can hold, 1
        /// and 4294967295: never wraps, and a time that was told never becomes 0.
        /// </summary>
        public uint At(uint milliseconds)
        {
            if (_unixSeconds == 0)
            {
                return 0;
            }

            long unixSeconds = (long)_unixSeconds + (int)(milliseconds - _atMilliseconds) / MillisecondsPerSecond;
            return unixSeconds < 1 ? 1 : unixSeconds > uint.MaxValue ? uint.MaxValue : (uint)unixSeconds;
        }

        /// <summary>Takes the time of day, 1 or more. Returns the sample clock at that moment, in ms.</summary>
        public uint Set(uint unixSeconds)
        {
            _unixSeconds = unixSeconds;
            _atMilliseconds = _feed.NowMilliseconds;
            return _atMilliseconds;
        }
    }
}
