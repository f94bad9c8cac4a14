using Backstep.Protocol;
using Backstep.Sensor.Board;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Battery service 0x180F: one level, read, and notified when it changes.</summary>
    public sealed class BatteryService
    {
        private const int NotSent = -1;

        private readonly Battery _battery;
        private readonly Outlet _outlet;
        private readonly ReadableValue _readable;
        private readonly byte[] _value = new byte[BatteryLevel.Length];
        private int _readablePercent = NotSent;
        private int _sentPercent = NotSent;

        /// <summary>Adds the service to the table.</summary>
        public BatteryService(Battery battery)
        {
            _battery = battery;
            GattServiceProvider service = Gatt.AddService(Uuids.Battery);
            GattLocalCharacteristic level = Gatt.Add(
                service, Uuids.BatteryLevel, GattCharacteristicProperties.Read | GattCharacteristicProperties.Notify);
            _outlet = new Outlet(level, BatteryLevel.Length);
            _readable = new ReadableValue(level, BatteryLevel.Length);
        }

        /// <summary>Tells who listens of a change.</summary>
        public void Publish()
        {
            int percent = _battery.Percent;
            if (percent != _readablePercent)
            {
                _readablePercent = percent;
                _readable.Set(_value, BatteryLevel.Encode(percent, _value, 0));
            }

            if (!_outlet.IsHeard)
            {
                _sentPercent = NotSent;
            }
            else if (percent != _sentPercent && _outlet.Send(BatteryLevel.Encode(percent, _outlet.Bytes, 0)))
            {
                _sentPercent = percent;
            }
        }
    }
}
