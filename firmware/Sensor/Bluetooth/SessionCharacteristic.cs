using Backstep.Protocol;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Session;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Backstep Session: the session's figures, read at any time, notified once a second and whenever its
    /// state changes.</summary>
    public sealed class SessionCharacteristic
    {
        private readonly SessionTracker _session;
        private readonly MotionFeed _feed;
        private readonly Outlet _outlet;
        private readonly ReadableValue _readable;
        private readonly byte[] _value = new byte[Protocol.Session.MaxLength];
        private bool _isShown;
        private uint _shownChanges;
        private bool _shownLack;

        /// <summary>Adds the characteristic to the service.</summary>
        public SessionCharacteristic(GattServiceProvider service, SessionTracker session, MotionFeed feed)
        {
            _session = session;
            _feed = feed;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service, Uuids.Session, GattCharacteristicProperties.Read | GattCharacteristicProperties.Notify);
            _outlet = new Outlet(characteristic, Protocol.Session.MaxLength);
            _readable = new ReadableValue(characteristic, Protocol.Session.MaxLength);
        }

        /// <summary>Renews the value on the second's beat and on a change, and sends it.</summary>
        public void Publish(bool isBeat)
        {
            bool lacks = _feed.LacksStrides;
            if (_isShown && !isBeat && _session.Changes == _shownChanges && lacks == _shownLack)
            {
                return;
            }

            _isShown = true;
            _shownChanges = _session.Changes;
            _shownLack = lacks;
            int length = SessionFigures.Of(_session, lacks).Encode(_value, 0);
            _readable.Set(_value, length);
            if (_outlet.IsHeard)
            {
                System.Array.Copy(_value, _outlet.Bytes, length);
                _outlet.Send(length);
            }
        }
    }
}
