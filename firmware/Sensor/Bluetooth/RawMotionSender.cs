using Backstep.Protocol;
using Backstep.Sensor.Imu;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Backstep Raw motion: the numbered samples of the FIFO while they are asked for, packed as full as the
    /// MTU allows.</summary>
    public sealed class RawMotionSender
    {
        /// <summary>At the default MTU, where a packet takes one sample, ten new ones come each time; the rest is for
        /// catching up.</summary>
        private const int MostPerPass = 20;

        private readonly RawMotionBuffer _buffer;
        private readonly Link _link;
        private readonly Outlet _outlet;
        private int _losses;

        /// <summary>Adds the characteristic to the service.</summary>
        public RawMotionSender(GattServiceProvider service, RawMotionBuffer buffer, Link link)
        {
            _buffer = buffer;
            _link = link;
            _outlet = new Outlet(Gatt.Add(service, Uuids.RawMotion, GattCharacteristicProperties.Notify),
                RawMotion.LengthFor(RawMotion.MaxCount));
        }

        /// <summary>Starts or stops the stream; what was sampled before the stop is still sent.</summary>
        public void Switch(bool on)
        {
            _losses = _link.Losses;
            _buffer.Switch(on);
        }

        /// <summary>Sends the packets that are full, or that nothing will fill.</summary>
        public void Publish()
        {
            if (!_buffer.IsOn && _buffer.Count == 0)
            {
                return;
            }

            bool isLost = _losses != _link.Losses;
            if (isLost)
            {
                _losses = _link.Losses;
                _buffer.Switch(false);
            }

            if (isLost || !_outlet.IsHeard)
            {
                _buffer.Drop(_buffer.Count);
            }

            int capacity = RawMotion.Capacity(_link.Mtu);
            for (int sent = 0; sent < MostPerPass && _buffer.Count > 0; sent++)
            {
                int run = _buffer.Run(capacity);
                bool mayGrow = run < capacity && run == _buffer.Count && _buffer.IsOn;
                if (mayGrow || !Send(run))
                {
                    return;
                }

                _buffer.Drop(run);
            }
        }

        private bool Send(int count)
        {
            byte[] packet = _outlet.Bytes;
            RawMotion.Begin(packet, _buffer.NumberAt(0));
            for (int i = 0; i < count; i++)
            {
                RawMotion.Put(
                    packet,
                    i,
                    _buffer.ValueAt(i, 0),
                    _buffer.ValueAt(i, 1),
                    _buffer.ValueAt(i, 2),
                    _buffer.ValueAt(i, 3),
                    _buffer.ValueAt(i, 4),
                    _buffer.ValueAt(i, 5));
            }

            return _outlet.Send(RawMotion.LengthFor(count));
        }
    }
}
