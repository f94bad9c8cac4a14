using Backstep.Protocol;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// Backstep Log: the strides that a central has missed, from the first one it lacks up to the newest at that
    /// moment, out of the ring; or the finished sessions, out of the flash. A few frames a pass, so that sampling and
    /// live strides go on beside it.
    /// </summary>
    public sealed class LogReplay
    {
        /// <summary>Asked for in place of a sequence number: the finished sessions.</summary>
        private const uint FinishedSessions = 0;

        private const int FramesPerPass = 9;

        private readonly StrideRing _strides;
        private readonly SessionReader _sessions;
        private readonly TimeOfDay _timeOfDay;
        private readonly Link _link;
        private readonly RunCounter _runs;
        private readonly Outlet _outlet;
        private readonly uint _flash; // as this run began: Forget renames it for the next
        private Stage _stage;
        private int _losses;
        private uint _next;
        private uint _last;
        private bool _ofSessions;
        private LogRange _range;

        /// <summary>Adds the characteristic to the service.</summary>
        public LogReplay(GattServiceProvider service, StrideRing strides, SessionReader sessions, TimeOfDay timeOfDay,
            Link link, RunCounter runs)
        {
            _strides = strides;
            _sessions = sessions;
            _timeOfDay = timeOfDay;
            _link = link;
            _runs = runs;
            _flash = runs.Identity;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service, Uuids.Log, GattCharacteristicProperties.Notify, Gatt.Owner);
            _outlet = new Outlet(characteristic, Message.MaxValueLength);
        }

        private enum Stage
        {
            Off,
            Begin,
            Strides,
            End,
            FindSession,
            SessionStart,
            SessionStrides,
            SessionTotals,
            SessionsEnd,
        }

        /// <summary>Whether a replay is under way.</summary>
        public bool IsRunning
        {
            get { return _stage != Stage.Off; }
        }

        /// <summary>Begins a replay, in place of one that is running. Nothing is sent before the next
        /// <see cref="Publish"/>.</summary>
        public ControlReply Start(uint fromSequence)
        {
            if (!_outlet.IsHeard)
            {
                return new ControlReply((byte)ControlOperation.ReplayLog, ControlResult.NotNow);
            }

            _range = new LogRange(_flash, _runs.Run, _strides.Oldest, _strides.Newest);
            _ofSessions = fromSequence == FinishedSessions;
            bool isHeld = _ofSessions || fromSequence >= _strides.Oldest;
            if (isHeld)
            {
                _sessions.Rewind();
                _next = fromSequence;
                _last = _strides.Newest;
                _losses = _link.Losses;
                _stage = Stage.Begin;
            }

            return ControlReply.Replay(isHeld, _range);
        }

        /// <summary>Ends a replay that is running, without a word.</summary>
        public void Stop()
        {
            _stage = Stage.Off;
        }

        /// <summary>Sends the next few frames.</summary>
        public void Publish()
        {
            if (_stage != Stage.Off && (!_outlet.IsHeard || _losses != _link.Losses))
            {
                _stage = Stage.Off;
            }

            for (int sent = 0; sent < FramesPerPass && _stage != Stage.Off; sent++)
            {
                if (!SendFrame())
                {
                    return;
                }
            }
        }

        private bool SendFrame()
        {
            switch (_stage)
            {
                case Stage.Begin:
                    return SendMarker(
                        new LogBegin(_range).Encode(_outlet.Bytes, 0),
                        _ofSessions ? Stage.FindSession : _next <= _last ? Stage.Strides : Stage.End);
                case Stage.Strides:
                    return SendStrides();
                case Stage.FindSession:
                    return FindSession();
                case Stage.SessionStart:
                    return SendMarker(_sessions.Start(_timeOfDay).Encode(_outlet.Bytes, 0), Stage.SessionStrides);
                case Stage.SessionStrides:
                    return SendSessionStrides();
                case Stage.SessionTotals:
                    return SendMarker(_sessions.CopyTotals(_outlet.Bytes), Stage.FindSession);
                case Stage.SessionsEnd:
                    ControlResult read = _sessions.IsFaulty ? ControlResult.StorageFailed : ControlResult.Success;
                    return SendMarker(new LogEnd(read, FinishedSessions).Encode(_outlet.Bytes, 0), Stage.Off);
                default:
                    bool isComplete = _next > _last;
                    ControlResult result = isComplete ? ControlResult.Success : ControlResult.NotHeld;
                    return SendMarker(new LogEnd(result, isComplete ? _last + 1 : _next).Encode(_outlet.Bytes, 0),
                        Stage.Off);
            }
        }

        private bool SendMarker(int length, Stage after)
        {
            if (!_outlet.Send(length))
            {
                return false;
            }

            _stage = after;
            return true;
        }

        private bool SendStrides()
        {
            if (_next < _strides.Oldest)
            {
                // Overtaken: the central is so slow that the ring has come round.
                _stage = Stage.End;
                return true;
            }

            int capacity = LogStrides.Capacity(_link.Mtu);
            int count = 0;
            while (count < capacity && _next + (uint)count <= _last)
            {
                _strides.CopyTo(_next + (uint)count, _outlet.Bytes, count * StrideCodec.Length);
                count++;
            }

            if (!_outlet.Send(count * StrideCodec.Length))
            {
                return false;
            }

            _next += (uint)count;
            if (_next > _last)
            {
                _stage = Stage.End;
            }

            return true;
        }

        // The flash is read in small steps, one a pass: false ends the pass.
        private bool FindSession()
        {
            _sessions.Find();
            _stage = _sessions.HasSession ? Stage.SessionStart : _sessions.IsAtEnd ? Stage.SessionsEnd
                : Stage.FindSession;
            return false;
        }

        private bool SendSessionStrides()
        {
            if (_sessions.Waiting == 0)
            {
                _sessions.Advance();
                if (!_sessions.HasSession)
                {
                    _stage = Stage.SessionTotals;
                }

                return false;
            }

            int count = _sessions.Copy(_outlet.Bytes, LogStrides.Capacity(_link.Mtu));
            if (!_outlet.Send(count * StrideCodec.Length))
            {
                return false;
            }

            _sessions.Take(count);
            return true;
        }
    }
}
