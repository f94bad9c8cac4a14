using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Session;

namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// Writes sessions to the log while they are walked: what is new since the last write goes out in one record, at
    /// most every 5 s. While the volume fails, walking goes on; what finds no room meanwhile is counted.
    /// </summary>
    public sealed class SessionJournal : ISessionListener
    {
        /// <summary>From one write to the next at least: it spares the flash, and it is what a power cut may
        /// cost.</summary>
        public const int WriteMilliseconds = 5000;

        /// <summary>A session that has just ended, and the one begun within the same 5 s.</summary>
        private const int BufferBytes = 2 * SessionFrame.Longest;

        private readonly WalkLog _log;
        private readonly byte[] _buffer = new byte[BufferBytes];
        private readonly int _idBefore;
        private readonly int _run;

        /// <summary>Complete records in the buffer; the one that is still open begins there.</summary>
        private int _completeBytes;
        private bool _isOpen;
        private int _openStrides;
        private int _id;
        private uint _firstStride;
        private uint _startUnixSeconds;
        private uint _writtenChanges;
        private long _nextWriteMilliseconds;

        /// <summary>Continues a log, in a run of the sensor.</summary>
        public SessionJournal(WalkLog log, int run)
        {
            _run = run;
            _log = log;
            _idBefore = log.LastSession;
            LastId = _idBefore;
        }

        /// <summary>Number of the last session; 0 when there was none.</summary>
        public int LastId { get; private set; }

        /// <summary>Strides of sessions that found no way to the flash.</summary>
        public uint LostStrides { get; private set; }

        /// <summary>Writes that the volume refused.</summary>
        public uint FailedWrites
        {
            get { return _log.FailedWrites; }
        }

        /// <summary>Whether the last write failed: the owner should know, walking goes on.</summary>
        public bool IsFailing
        {
            get { return _log.IsFailing; }
        }

        /// <summary>Whether a session that has ended still waits to be written.</summary>
        public bool IsWaiting
        {
            get { return _completeBytes > 0; }
        }

        private bool HasRoom
        {
            get { return _completeBytes + SessionFrame.Longest <= BufferBytes; }
        }

        /// <summary>Whether something of a session is still to be written: the log does not have all of it
        /// yet.</summary>
        public bool IsPending(int id)
        {
            bool isPending = _isOpen && id == _id;
            for (int at = 0; at < _completeBytes; at += SessionFrame.Measure(_buffer, at))
            {
                isPending = isPending || id == SessionFrame.Id(_buffer, at);
            }

            return isPending;
        }

        /// <summary>Whether a session was walked since the sensor started, so that its strides are timed on the running
        /// sample clock.</summary>
        public bool IsOfThisRun(int id)
        {
            return (ushort)(id - _idBefore - 1) < 0x8000;
        }

        /// <inheritdoc/>
        public void OnBegun(SessionTracker session)
        {
            _isOpen = true;
            _openStrides = 0;
            _id = (int)session.Id;
            LastId = _id;
            _firstStride = 0;
            _startUnixSeconds = 0;
        }

        /// <inheritdoc/>
        public void OnCounted(Stride stride)
        {
            if (_firstStride == 0)
            {
                _firstStride = stride.Sequence;
            }

            if (_openStrides == SessionFrame.MostStrides || !HasRoom)
            {
                LostStrides++;
                return;
            }

            StrideCodec.Encode(stride, _buffer,
                _completeBytes + SessionFrame.StridesAt + _openStrides * StrideCodec.Length);
            _openStrides++;
        }

        /// <inheritdoc/>
        public void OnEnded(SessionTracker session)
        {
            if (HasRoom)
            {
                _completeBytes += Complete(session);
            }

            _isOpen = false;
            _openStrides = 0;
        }

        /// <summary>Writes what is new, if there is something and the last write is long enough ago.</summary>
        public void Work(long nowMilliseconds, SessionTracker session, TimeOfDay timeOfDay)
        {
            if (_isOpen && _startUnixSeconds == 0)
            {
                _startUnixSeconds = timeOfDay.At(session.StartMilliseconds);
            }

            bool isNew = _completeBytes > 0 || (_isOpen && (_openStrides > 0 || session.Changes != _writtenChanges));
            if (!isNew || nowMilliseconds < _nextWriteMilliseconds)
            {
                return;
            }

            _nextWriteMilliseconds = nowMilliseconds + WriteMilliseconds;
            int bytes = _completeBytes + (_isOpen && HasRoom ? Complete(session) : 0);
            if (_log.Append(_buffer, bytes))
            {
                _completeBytes = 0;
                _openStrides = 0;
                _writtenChanges = session.Changes;
            }
        }

        /// <summary>Deletes all sessions, also what waits to be written. False when the volume refused.</summary>
        public bool Forget()
        {
            _completeBytes = 0;
            _openStrides = 0;
            return _log.Forget();
        }

        private int Complete(SessionTracker session)
        {
            LogSessionStart start = new LogSessionStart(_id, _startUnixSeconds, _firstStride, session.LastStride);
            return SessionFrame.Complete(_buffer, _completeBytes, start, _run, SessionFigures.Of(session),
                _openStrides);
        }
    }
}
