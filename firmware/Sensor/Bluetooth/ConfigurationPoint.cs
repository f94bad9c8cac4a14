using Backstep.Protocol;
using Backstep.Sensor.Owner;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// Backstep Configuration: read and written whole. A bad write is refused at once with the field to blame, and the
    /// old configuration stays. A good one is stored by the program's loop; should the flash refuse it, reading back
    /// shows the old one.
    /// </summary>
    public sealed class ConfigurationPoint : IWriteGuard
    {
        private readonly Settings _settings;
        private readonly ReadableValue _readable;
        private readonly Inbox _inbox;
        private readonly byte[] _value = new byte[Configuration.MaxLength];
        private Configuration _shown;

        /// <summary>Adds the characteristic to the service.</summary>
        public ConfigurationPoint(GattServiceProvider service, Settings settings)
        {
            _settings = settings;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service,
                Uuids.Configuration,
                GattCharacteristicProperties.Read | GattCharacteristicProperties.Write,
                Gatt.Owner);
            _readable = new ReadableValue(characteristic, Configuration.MaxLength);
            _inbox = new Inbox(characteristic, 2, GattProtocolError.InsufficientResources, this);
        }

        /// <summary>Whether a new configuration waits.</summary>
        public bool IsBusy
        {
            get { return !_inbox.IsEmpty; }
        }

        /// <inheritdoc/>
        public byte Check(byte[] value)
        {
            Configuration.Decode(value, out DecodeError error, out ConfigurationField field);
            return error == DecodeError.None ? (byte)0 : AttErrors.ForConfiguration(field);
        }

        /// <summary>Stores and applies what was written, and shows what is in force.</summary>
        public void Work()
        {
            byte[] written = _inbox.Peek();
            if (written != null)
            {
                _inbox.Drop();
                Configuration configuration = Configuration.Decode(written, out DecodeError error,
                    out ConfigurationField _);
                if (error == DecodeError.None)
                {
                    _settings.Change(configuration);
                }
            }

            if (_settings.Current != _shown)
            {
                _shown = _settings.Current;
                _readable.Set(_value, _shown.Encode(_value, 0));
            }
        }
    }
}
