using Backstep.Protocol;
using Backstep.Sensor.Session;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Backstep Stride: each stride as it is decided. While the radio is full, strides wait in the ring; who
    /// was not listening asks the log.</summary>
    public sealed class StrideSender
    {
        private const int MostPerPass = 4;

        private readonly StrideRing _strides;
        private readonly Outlet _outlet;
        private uint _next = 1;

        /// <summary>Adds the characteristic to the service.</summary>
        public StrideSender(GattServiceProvider service, StrideRing strides)
        {
            _strides = strides;
            _outlet = new Outlet(Gatt.Add(service, Uuids.Stride, GattCharacteristicProperties.Notify),
                StrideCodec.Length);
        }

        /// <summary>Whether strides wait that a central wants.</summary>
        public bool IsBehind
        {
            get { return _outlet.IsHeard && _next <= _strides.Newest; }
        }

        /// <summary>Sends the strides that have not been sent.</summary>
        public void Publish()
        {
            if (!_outlet.IsHeard)
            {
                _next = _strides.Newest + 1;
                return;
            }

            if (_next < _strides.Oldest)
            {
                _next = _strides.Oldest;
            }

            for (int sent = 0; sent < MostPerPass && _next <= _strides.Newest; sent++)
            {
                _strides.CopyTo(_next, _outlet.Bytes, 0);
                if (!_outlet.Send(StrideCodec.Length))
                {
                    return;
                }

                _next++;
            }
        }
    }
}
