using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth.Security;
using nanoFramework.Hardware.Esp32;

namespace Backstep.Sensor.Owner
{
    /// <summary>
    /// Forgets all that the owner has left in the sensor, and then the owner. All or nothing: a mark on the flash says
    /// that it was begun, and while the mark is there it goes on at the next
    /// start, before anybody can connect. The lock is opened last.
    /// </summary>
    public sealed class Erasure
    {
        private const string MarkName = "forget";

        private readonly IVolume _volume;
        private readonly SessionReader _sessions;
        private readonly Settings _settings;
        private readonly RunCounter _runs;
        private readonly Passkey _passkey;

        /// <summary>Nothing is erased yet.</summary>
        public Erasure(IVolume volume, SessionReader sessions, Settings settings, RunCounter runs, Passkey passkey)
        {
            _volume = volume;
            _sessions = sessions;
            _settings = settings;
            _runs = runs;
            _passkey = passkey;
            IsBegun = volume.Read(MarkName) != null;
        }

        /// <summary>Whether it was begun and not brought to its end.</summary>
        public bool IsBegun { get; private set; }

        /// <summary>Whether all is done: the program must start again, as a new sensor.</summary>
        public bool IsDone { get; private set; }

        /// <summary>Sets the mark: from here on there is no way back. False when the flash refused: nothing has
        /// changed.</summary>
        public bool Begin()
        {
            IsBegun = IsBegun || _volume.Write(MarkName, new byte[] { 1 }, 1);
            return IsBegun;
        }

        /// <summary>First step: sessions, settings, calibrations, the flash's name. False when the flash refused: what
        /// is left is hidden, and erased at the next start.</summary>
        public bool Erase()
        {
            bool isErased = _sessions.Forget();
            isErased = _settings.Forget() && isErased;
            return _runs.Rename(HighResTimer.GetCurrent()) && isErased;
        }

        /// <summary>Second step, with the radio running: who was paired, the passkey, and last the mark. False when
        /// the flash refused: the rest stays for the next start.</summary>
        public bool Unlock()
        {
            DeviceBonding.DeleteAllBonds();
            IsDone = _passkey.Change(PasskeyStore.None) && _volume.Delete(MarkName);
            IsBegun = !IsDone;
            return IsDone;
        }
    }
}
