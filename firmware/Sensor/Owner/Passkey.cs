using Backstep.Protocol;
using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth.Security;

namespace Backstep.Sensor.Owner
{
    /// <summary>
    /// The owner's passkey. What holds is what the flash said at the start: the GATT table was made for it, and cannot
    /// change while the radio runs. A change is
    /// stored at once, and the program must then start again. Who enters a wrong one waits ever longer for the next
    /// try, also after a restart.
    /// </summary>
    public sealed class Passkey
    {
        /// <summary>What is entered while the owner has set none: 000000. No secret: it only lets the program decide
        /// about each pairing, which "just works" would not.</summary>
        public const int Factory = (int)ControlCommand.FactoryPasskey;

        private const long FirstWaitMilliseconds = 1000;

        /// <summary>The wait doubles up to 64 s: within the two minutes after a press of the button, an owner always
        /// gets a try.</summary>
        private const int MostDoublings = 6;

        private readonly PasskeyStore _store;
        private int _stored;
        private int _tries;
        private long _nextTryMilliseconds;

        /// <summary>Reads what is stored; or deletes it first, when the owner has lost it: who holds the shoe owns it,
        /// whatever the flash says.</summary>
        public Passkey(PasskeyStore store, bool isLost, long nowMilliseconds)
        {
            _store = store;
            if (isLost)
            {
                store.Forget();
            }

            InForce = isLost ? PasskeyStore.None : store.Load();
            _stored = InForce;
            _tries = IsSet ? store.LoadTries() : 0;
            Wait(nowMilliseconds);
        }

        /// <summary>The passkey, 0 to 999999, or <see cref="PasskeyStore.None"/> or
        /// <see cref="PasskeyStore.Unreadable"/>.</summary>
        public int InForce { get; }

        /// <summary>What a central must enter, 0 to 999999.</summary>
        public int Digits
        {
            get { return IsSet ? InForce : Factory; }
        }

        /// <summary>Whether the owner has set one.</summary>
        public bool IsSet
        {
            get { return InForce != PasskeyStore.None; }
        }

        /// <summary>Whether another one is stored than holds: the program must start again.</summary>
        public bool IsOutdated
        {
            get { return _stored != InForce; }
        }

        /// <summary>Whether a central may try one now. Nobody may where the flash cannot say which it is.</summary>
        public bool MayTry(long nowMilliseconds)
        {
            return InForce != PasskeyStore.Unreadable && nowMilliseconds >= _nextTryMilliseconds;
        }

        /// <summary>
        /// A central tries one. It counts as tried in vain, on the flash, before it is known whether it was: who
        /// breaks off, or takes the power away, has had his try.
        /// Everybody knows the factory's, so it is not counted.
        /// </summary>
        public void OnTry(long nowMilliseconds)
        {
            if (IsSet)
            {
                _tries++;
                _store.SaveTries(_tries);
                Wait(nowMilliseconds);
            }
        }

        /// <summary>A central has proven that it knows it.</summary>
        public void OnProven()
        {
            _nextTryMilliseconds = 0;
            if (_tries > 0 && _store.SaveTries(0))
            {
                _tries = 0;
            }
        }

        /// <summary>Stores a passkey, or <see cref="PasskeyStore.None"/>. False when the flash refused. Who was paired
        /// by another passkey is no longer.</summary>
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

            if (passkey != PasskeyStore.None)
            {
                DeviceBonding.DeleteAllBonds();
            }

            _stored = passkey;
            return true;
        }

        private void Wait(long nowMilliseconds)
        {
            int doublings = _tries > MostDoublings ? MostDoublings : _tries - 1;
            _nextTryMilliseconds = _tries <= 0 ? 0 : nowMilliseconds + (FirstWaitMilliseconds << doublings);
        }
    }
}
