using System;
using Backstep.Sensor.Owner;
using nanoFramework.Device.Bluetooth;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// Who may pair, and when: for two minutes after power-on or a long press of the button, whoever enters the
    /// passkey. The sensor plays a display; only a link that was paired so is
    /// authenticated, and only such a link may command. Outside of the two minutes it says that it has no display and
    /// keeps no keys: what then pairs "just works" proves nothing and leaves nothing.
    /// Why not by deleting the bonds of strangers: see README.md in this folder.
    /// </summary>
    public sealed class Pairing
    {
        /// <summary>How long the sensor lets itself be paired with.</summary>
        public const int OpenMilliseconds = 2 * 60 * 1000;

        private readonly Passkey _passkey;
        private readonly Link _link;
        private readonly DevicePairing _pairing;
        private long _closesMilliseconds;
        private bool _takes;
        private DevicePairingRequestedEventArgs _request;
        private int _losses;
        private bool _isProven;

        /// <summary>Tells the stack, before the GATT table is made. Closed.</summary>
        public Pairing(BluetoothLEServer server, Passkey passkey, Link link)
        {
            _passkey = passkey;
            _link = link;
            _pairing = server.Pairing;
            _pairing.ProtectionLevel = DevicePairingProtectionLevel.EncryptionAndAuthentication;
            _pairing.PairingRequested += OnPairingRequested;
            _pairing.PairingComplete += OnPairingComplete;
            Take(false);
        }

        /// <summary>
        /// Whether <see cref="Work"/> has something to do now: a central waits for an answer or has just proven itself,
        /// or it is time to open or to close.
        /// </summary>
        public bool IsDue(long nowMilliseconds)
        {
            return _request != null || _isProven
                || (IsOpen(nowMilliseconds) && _passkey.MayTry(nowMilliseconds)) != _takes;
        }

        /// <summary>Whether the two minutes last.</summary>
        public bool IsOpen(long nowMilliseconds)
        {
            return nowMilliseconds < _closesMilliseconds;
        }

        /// <summary>Two minutes from now.</summary>
        public void Open(long nowMilliseconds)
        {
            _closesMilliseconds = nowMilliseconds + OpenMilliseconds;
            Work(nowMilliseconds);
        }

        /// <summary>Answers who wants to pair, and opens and closes in time.</summary>
        public void Work(long nowMilliseconds)
        {
            if (_isProven)
            {
                _isProven = false;
                _passkey.OnProven();
            }

            bool takes = IsOpen(nowMilliseconds) && _passkey.MayTry(nowMilliseconds);
            DevicePairingRequestedEventArgs request = _request;
            _request = null;
            if (request != null && takes && _losses == _link.Losses)
            {
                // Counted first: then it may cost the power, or the link.
                _passkey.OnTry(nowMilliseconds);
                request.Accept(_passkey.Digits);
                takes = _passkey.MayTry(nowMilliseconds);
            }

            if (takes != _takes)
            {
                Take(takes);
            }
        }

        private void Take(bool takes)
        {
            _takes = takes;
            _pairing.AllowBonding = takes;
            _pairing.IOCapabilities = takes ? DevicePairingIOCapabilities.DisplayOnly
                : DevicePairingIOCapabilities.NoInputNoOutput;
        }

        // On the event thread: the loop counts the try on the flash, and answers. What is not answered the stack gives
        // up after 30 s.
        private void OnPairingRequested(object sender, DevicePairingRequestedEventArgs args)
        {
            try
            {
                if (args.PairingKind == DevicePairingKinds.DisplayPin)
                {
                    _losses = _link.Losses;
                    _request = args;
                }
            }
            catch (OutOfMemoryException)
            {
                // Not answered. An exception would end the event thread for ever.
            }
        }

        private void OnPairingComplete(object sender, DevicePairingEventArgs args)
        {
            bool isProven = false;
            try
            {
                isProven = _pairing.IsPaired && _pairing.IsAuthenticated;
            }
            catch (OutOfMemoryException)
            {
                // Not proven: the owner pairs once more.
            }

            _link.OnEncrypted(isProven);
            _isProven = isProven;
        }
    }
}
