using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth.Security;

namespace Backstep.Sensor
{
    /// <summary>
    /// The owner's passkey. What holds is what the flash said at the start: the GATT table was made for it, and cannot change while the radio runs. A change is
    /// stored at once, and the program must then start again.
    /// </summary>
    public sealed class Passkey
    {
        private readonly PasskeyStore _store;
        private int _stored;

        /// <summary>Reads what is stored; or deletes it first, when the owner has lost it.</summary>
        public Passkey(PasskeyStore store, bool isLost)
        {
            _store = store;
            if (isLost)
            {
                store.Forget();
            }

            InForce = store.Load();
            _stored = InForce;
        }

        /// <summary>The passkey, 0 to 999999, or <see cref="PasskeyStore.None"/> or <see cref="PasskeyStore.Unreadable"/>.</summary>
        public int InForce { get; }

        /// <summary>Whether a link must be authenticated.</summary>
        public bool IsSet
        {
            get { return InForce != PasskeyStore.None; }
        }

        /// <summary>Whether another one is stored than holds: the program must start again.</summary>
        public bool IsOutdated
        {
            get { return _stored != InForce; }
        }

        /// <summary>Stores a passkey, or <see cref="PasskeyStore.None"/>. False when the flash refused. Who was paired by another passkey is no longer.</summary>
        public bool Change(int passkey)
        {
            if (passkey == _stored)
            {
                return true;
            }

            if (!(passkey == PasskeyStore.None ? _store.Forget() : _store.Save(passkey)))
            {
                return false;
            }

            if (passkey != PasskeyStore.None && _stored != PasskeyStore.None)
            {
                DeviceBonding.DeleteAllBonds();
            }

            _stored = passkey;
            return true;
        }
    }
}
