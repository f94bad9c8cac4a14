using Backstep.Sensor.Imu;

namespace Backstep.Sensor.Session
{
    /// <summary>The time of day, once an app has told it, by the sample clock. The sensor has no clock of its own that survives a start.</summary>
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

        /// <summary>Seconds since 1970-01-01 00:00 UTC; 0 when nobody has told.</summary>
        public uint UnixSeconds
        {
            get { return _unixSeconds == 0 ? 0 : _unixSeconds + (_feed.NowMilliseconds - _atMilliseconds) / MillisecondsPerSecond; }
        }

        /// <summary>The time of day at a moment of the sample clock, in ms, within 24 days before or after it was told; 0 when nobody has told.</summary>
        public uint At(uint milliseconds)
        {
            return _unixSeconds == 0 ? 0 : (uint)(_unixSeconds + (int)(milliseconds - _atMilliseconds) / MillisecondsPerSecond);
        }

        /// <summary>Takes the time of day. Returns the sample clock at that moment, in ms.</summary>
        public uint Set(uint unixSeconds)
        {
            _unixSeconds = unixSeconds;
            _atMilliseconds = _feed.NowMilliseconds;
            return _atMilliseconds;
        }

        /// <summary>Forgets the time of day.</summary>
        public void Forget()
        {
            _unixSeconds = 0;
        }
    }
}
