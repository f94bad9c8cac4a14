using Backstep.Protocol;
using Backstep.Sensor.Imu;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Backstep Wrist motion: a record every quarter of a second, from a unit that is worn on the wrist.</summary>
    public sealed class WristSender
    {
        private readonly WristBuffer _buffer;
        private readonly Outlet _outlet;

        /// <summary>Adds the characteristic to the service.</summary>
        public WristSender(GattServiceProvider service, WristBuffer buffer)
        {
            _buffer = buffer;
            _outlet = new Outlet(Gatt.Add(service, Uuids.WristMotion, GattCharacteristicProperties.Notify), WristMotion.Length);
        }

        /// <summary>Sends what waits; what nobody hears is dropped.</summary>
        public void Publish()
        {
            while (_buffer.Count > 0)
            {
                if (_outlet.IsHeard)
                {
                    _buffer.CopyTo(_outlet.Bytes);
                    if (!_outlet.Send(WristMotion.Length))
                    {
                        return;
                    }
                }

                _buffer.Drop();
            }
        }
    }
}
