using System;
using Backstep.Protocol;
using Backstep.Sensor.Session;

namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// Reads the finished sessions from the log, oldest first, in steps that each read at most one file and check few
    /// records. For each session it first looks ahead for its last record, which has the totals, then goes back for the
    /// strides. Only whole records are used.
    /// </summary>
    public sealed class SessionReader
    {
        private const int StateBytes = SessionFrame.StridesAt - SessionFrame.StartAt;
        private const int TotalsInState = SessionFrame.TotalsAt - SessionFrame.StartAt;

        // Within a LogSessionStart.
        private const int UnixSecondsAt = 3;
        private const int FirstAt = 7;
        private const int LastAt = 11;

        // Within a stride.
        private const int ContactAt = 4;

        private readonly WalkLog _log;
        private readonly SessionJournal _journal;
        private readonly byte[] _state = new byte[StateBytes];

        private byte[] _content;
        private int _loaded;
        private int _segment;
        private int _offset;

        private int _id;
        private int _run;
        private int _inclineFifthsPercent;
        private int _servedId;
        private bool _hasState;
        private int _startSegment;
        private int _startOffset;
        private uint _firstStride;
        private uint _firstContactMilliseconds;

        private int _at;
        private int _strides;
        private int _taken;
        private uint _lastTaken;

        /// <summary>Reads what a journal has written to a log.</summary>
        public SessionReader(WalkLog log, SessionJournal journal)
        {
            _log = log;
            _journal = journal;
        }

        /// <summary>Whether there is a session, found by <see cref="Find"/> and not yet gone through by
        /// <see cref="Advance"/>.</summary>
        public bool HasSession { get; private set; }

        /// <summary>Whether <see cref="Find"/> has come to the end of the log.</summary>
        public bool IsAtEnd { get; private set; }

        /// <summary>Whether something could not be read, or was not what had been written.</summary>
        public bool IsFaulty { get; private set; }

        /// <summary>Strides of the session that can be copied now.</summary>
        public int Waiting
        {
            get { return _strides - _taken; }
        }

        /// <summary>Goes back to the oldest session.</summary>
        public void Rewind()
        {
            Move(_log.First, 0);
            _content = null;
            _id = 0;
            _servedId = 0;
            _strides = 0;
            _taken = 0;
            HasSession = false;
            IsAtEnd = false;
            IsFaulty = false;
        }

        /// <summary>Deletes all sessions. False when the volume refused.</summary>
        public bool Forget()
        {
            Rewind();
            return _journal.Forget();
        }

        /// <summary>One step towards the next session: at most one file. To be repeated until <see cref="HasSession"/>
        /// or <see cref="IsAtEnd"/>.</summary>
        public void Find()
        {
            if (_segment > _log.Last)
            {
                Conclude();
                return;
            }

            Load();
            int from = _offset;
            for (int length = Measure(); length > 0; length = Measure())
            {
                int id = SessionFrame.Id(_content, _offset);
                if (_id == 0 && id != _servedId && !_journal.IsPending(id))
                {
                    Begin(id);
                    from = _offset;
                }
                else if (_id != 0 && id != _id)
                {
                    KeepLast(from);
                    Conclude();
                    return;
                }

                if (_id != 0 && _firstStride == 0)
                {
                    KeepFirst();
                }

                _offset += length;
            }

            KeepLast(from);
            Move(_segment + 1, 0);
        }

        /// <summary>The session that was found. Where its start was not known when it was walked, but the time has been
        /// told since, its first contact is its start.</summary>
        public LogSessionStart Start(TimeOfDay timeOfDay)
        {
            uint unixSeconds = BitConverter.ToUInt32(_state, UnixSecondsAt);
            if (unixSeconds == 0 && _firstStride != 0 && _firstStride == BitConverter.ToUInt32(_state, FirstAt)
                && _journal.IsOfThisRun(_id))
            {
                unixSeconds = timeOfDay.At(_firstContactMilliseconds);
            }

            return new LogSessionStart(_id, unixSeconds, _firstStride, BitConverter.ToUInt32(_state, LastAt), _run,
                _inclineFifthsPercent);
        }

        /// <summary>Copies the totals of the session that was found. Returns their length.</summary>
        public int CopyTotals(byte[] destination)
        {
            Array.Copy(_state, TotalsInState, destination, 0, LogSessionTotals.Length);
            return LogSessionTotals.Length;
        }

        /// <summary>One step on through the session: the strides of at most one record then wait. After its last record
        /// <see cref="HasSession"/> is false.</summary>
        public void Advance()
        {
            _strides = 0;
            _taken = 0;
            if (_segment > _log.Last)
            {
                Finish();
                return;
            }

            Load();
            int length = Measure();
            if (length == 0)
            {
                Move(_segment + 1, 0);
            }
            else if (SessionFrame.Id(_content, _offset) != _id)
            {
                Finish();
            }
            else
            {
                if (SessionFrame.IsWhole(_content, _offset))
                {
                    _at = _offset;
                    _strides = SessionFrame.Strides(_content, _offset);
                    SkipDoubles();
                }
                else
                {
                    IsFaulty = true;
                }

                _offset += length;
            }
        }

        /// <summary>Copies up to so many strides that wait; they go on waiting until they are taken. Returns how
        /// many.</summary>
        public int Copy(byte[] destination, int most)
        {
            int count = Waiting < most ? Waiting : most;
            Array.Copy(_content, StrideAt(_taken), destination, 0, count * StrideCodec.Length);
            return count;
        }

        /// <summary>Lets go of so many strides that waited.</summary>
        public void Take(int count)
        {
            _taken += count;
            _lastTaken = BitConverter.ToUInt32(_content, StrideAt(_taken - 1));
        }

        private int StrideAt(int index)
        {
            return _at + SessionFrame.StridesAt + index * StrideCodec.Length;
        }

        // A write that seemed to fail and was repeated may stand there twice.
        private void SkipDoubles()
        {
            while (_taken < _strides && BitConverter.ToUInt32(_content, StrideAt(_taken)) <= _lastTaken)
            {
                _taken++;
            }
        }

        private void Begin(int id)
        {
            _id = id;
            _hasState = false;
            _startSegment = _segment;
            _startOffset = _offset;
            _firstStride = 0;
        }

        private void KeepFirst()
        {
            if (SessionFrame.Strides(_content, _offset) > 0 && SessionFrame.IsWhole(_content, _offset))
            {
                int first = _offset + SessionFrame.StridesAt;
                _firstStride = BitConverter.ToUInt32(_content, first);
                _firstContactMilliseconds = BitConverter.ToUInt32(_content, first + ContactAt);
            }
        }

        // The last whole record of the session in this file, up to where the walk through it has come.
        private void KeepLast(int from)
        {
            if (_id == 0 || _content == null)
            {
                return;
            }

            int last = SessionFrame.LastBefore(_content, from, _offset);
            while (last != SessionFrame.None && !SessionFrame.IsWhole(_content, last))
            {
                IsFaulty = true;
                last = SessionFrame.LastBefore(_content, from, last);
            }

            if (last != SessionFrame.None)
            {
                Array.Copy(_content, last + SessionFrame.StartAt, _state, 0, StateBytes);
                _run = SessionFrame.Run(_content, last);
                _inclineFifthsPercent = SessionFrame.InclineFifthsPercent(_content, last);
                _hasState = true;
            }
        }

        private void Conclude()
        {
            if (_id == 0)
            {
                IsAtEnd = true;
                _content = null;
            }
            else if (_hasState)
            {
                HasSession = true;
                _lastTaken = 0;
                Move(_startSegment, _startOffset);
            }
            else
            {
                Finish();
            }
        }

        private void Finish()
        {
            HasSession = false;
            _servedId = _id;
            _id = 0;
        }

        private void Move(int segment, int offset)
        {
            _segment = segment;
            _offset = offset;
        }

        private int Measure()
        {
            return _content == null ? 0 : SessionFrame.Measure(_content, _offset);
        }

        private void Load()
        {
            // The newest file still grows: it is read again when the end of what was read is reached.
            bool isLoaded = _content != null && _loaded == _segment
                && (_offset < _content.Length || _segment < _log.Last);
            if (isLoaded)
            {
                return;
            }

            _content = _log.Read(_segment);
            _loaded = _segment;
            if (_content == null && _segment < _log.Last && (_segment >= _log.First || HasSession))
            {
                IsFaulty = true;
            }
        }
    }
}
