using Backstep.Protocol;
using Backstep.Sensor.Session;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// Backstep Log: the strides that a central has missed, from the first one it lacks up to the newest at that moment. A few frames a pass, so that
    /// sampling and live strides go on beside it.
    /// </summary>
    public sealed class LogReplay
    {
        private const int FramesPerPass = 3;

        private readonly StrideRing _strides;
        private readonly Link _link;
        private readonly int _run;
        private readonly Outlet _outlet;
        private Stage _stage;
        private int _losses;
        private uint _next;
        private uint _last;
        private LogRange _range;

        /// <summary>Adds the characteristic to the service.</summary>
        public LogReplay(GattServiceProvider service, StrideRing strides, Link link, int run)
        {
            _strides = strides;
            _link = link;
            _run = run;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service, Uuids.Log, GattCharacteristicProperties.Notify, GattProtectionLevel.EncryptionRequired);
            _outlet = new Outlet(characteristic, Message.MaxValueLength);
        }

        private enum Stage
        {
            Off,
            Begin,
            Strides,
            End,
        }

        /// <summary>Begins a replay, in place of one that is running. Nothing is sent before the next <see cref="Publish"/>.</summary>
        public ControlReply Start(uint fromSequence)
        {
            if (!_outlet.IsHeard)
            {
                return new ControlReply((byte)ControlOperation.ReplayLog, ControlResult.NotNow);
            }

            _range = new LogRange(_run, _strides.Oldest, _strides.Newest);
            bool isHeld = fromSequence >= _strides.Oldest;
            if (isHeld)
            {
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
                    return SendMarker(new LogBegin(_range).Encode(_outlet.Bytes, 0), _next <= _last ? Stage.Strides : Stage.End);
                case Stage.Strides:
                    return SendStrides();
                default:
                    bool isComplete = _next > _last;
                    ControlResult result = isComplete ? ControlResult.Success : ControlResult.NotHeld;
                    return SendMarker(new LogEnd(result, isComplete ? _last + 1 : _next).Encode(_outlet.Bytes, 0), Stage.Off);
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
    }
}
