using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Owner;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// Backstep Rail baselines: read and written whole, so that an app can keep those of several walkers and give the
    /// sensor the ones of who walks today. A bad write is refused at once; should the flash refuse a good one, reading
    /// back shows the old ones.
    /// </summary>
    public sealed class RailBaselinesPoint : IWriteGuard
    {
        private readonly Settings _settings;
        private readonly ReadableValue _readable;
        private readonly Inbox _inbox;
        private RailBaselines _shown;

        /// <summary>Adds the characteristic to the service.</summary>
        public RailBaselinesPoint(GattServiceProvider service, Settings settings)
        {
            _settings = settings;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service,
                Uuids.RailBaselines,
                GattCharacteristicProperties.Read | GattCharacteristicProperties.Write,
                Gatt.Owner);
            _readable = new ReadableValue(characteristic, RailBaselinesCodec.Length);
            _inbox = new Inbox(characteristic, 2, GattProtocolError.InsufficientResources, this);
            Show();
        }

        /// <summary>Whether new baselines wait.</summary>
        public bool IsBusy
        {
            get { return !_inbox.IsEmpty; }
        }

        /// <inheritdoc/>
        public byte Check(byte[] value)
        {
            RailBaselinesCodec.Decode(value, out DecodeError error);
            return error == DecodeError.None ? (byte)0 : AttErrors.RailBaselinesRefused;
        }

        /// <summary>Stores and applies what was written, and shows what is in force.</summary>
        public void Work()
        {
            byte[] written = _inbox.Peek();
            if (written != null)
            {
                _inbox.Drop();
                RailBaselines baselines = RailBaselinesCodec.Decode(written, out DecodeError error);
                if (error == DecodeError.None)
                {
                    _settings.ChangeBaselines(RailBaselinesCodec.OrNull(baselines));
                }
            }

            if (_settings.Baselines != _shown)
            {
                Show();
            }
        }

        private void Show()
        {
            _shown = _settings.Baselines;
            byte[] value = new byte[RailBaselinesCodec.Length];
            _readable.Set(value, RailBaselinesCodec.Encode(_shown, value, 0));
        }
    }
}
