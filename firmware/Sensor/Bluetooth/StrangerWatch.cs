using Backstep.Sensor.Storage;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// There is one link, and the library cannot cut it. A stranger who holds it while nobody walks keeps the owner
    /// out; after five minutes the program starts again to be rid of him.
    /// At most three times until somebody is there again, so nobody drives it round and round; after that the sensor
    /// falls asleep under him (IdleSleep).
    /// </summary>
    public sealed class StrangerWatch
    {
        private const int PatienceMilliseconds = 5 * 60 * 1000;
        private const int MostRestarts = 3;

        private readonly RestartMark _mark;
        private readonly Link _link;
        private long _sinceMilliseconds;
        private uint _strides;

        /// <summary>Begins to watch.</summary>
        public StrangerWatch(RestartMark mark, Link link)
        {
            _mark = mark;
            _link = link;
        }

        /// <summary>The owner is there, or at least a hand on the button.</summary>
        public void OnOwnerPresent(long nowMilliseconds)
        {
            _sinceMilliseconds = nowMilliseconds;
            _mark.Clear();
        }

        /// <summary>Whether the program shall start again now.</summary>
        /// <param name="newestStride">Number of the newest stride.</param>
        /// <param name="isInSession">Whether a session runs: that is never broken off.</param>
        /// <param name="nowMilliseconds">The clock.</param>
        public bool IsDue(uint newestStride, bool isInSession, long nowMilliseconds)
        {
            if (newestStride != _strides || _link.IsOwners)
            {
                _strides = newestStride;
                OnOwnerPresent(nowMilliseconds);
            }

            if (!_link.IsConnected || isInSession)
            {
                _sinceMilliseconds = nowMilliseconds;
            }

            return nowMilliseconds - _sinceMilliseconds >= PatienceMilliseconds && _mark.Count < MostRestarts
                && _mark.Set();
        }
    }
}
