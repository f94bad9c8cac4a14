using Backstep.Protocol;
using Backstep.Sensor.Imu;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Backstep Wrist motion: a record every quarter of a second, from a unit that is worn on the
    /// wrist.</summary>
    public sealed class WristSender
    {
        private readonly MotionFeed _feed;
        private readonly Outlet _outlet;

        /// <summary>Adds the characteristic to the service.</summary>
        public WristSender(GattServiceProvider service, MotionFeed feed)
        {
            _feed = feed;
            _outlet = new Outlet(Gatt.Add(service, Uuids.WristMotion, GattCharacteristicProperties.Notify),
                WristMotion.Length);
        }

        /// <summary>Sends what waits; what nobody hears is dropped.</summary>
        public void Publish()
        {
            WristBuffer buffer = _feed.Wrist;
            while (buffer != null && buffer.Count > 0)
            {
                if (_outlet.IsHeard)
                {
                    buffer.CopyTo(_outlet.Bytes);
                    if (!_outlet.Send(WristMotion.Length))
                    {
                        return;
                    }
                }

                buffer.Drop();
            }
        }
    }
}
