using System;
using Backstep.Protocol;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>The link to the one central: whether it is there, whose it is, and how long its packets may
    /// be.</summary>
    public sealed class Link
    {
        private readonly GattSession _session;
        private bool _isConnected;
        private bool _isOwners;
        private int _mtu = Message.DefaultMtu;
        private int _losses;

        /// <summary>Listens to the server's session.</summary>
        public Link(BluetoothLEServer server)
        {
            _session = server.Session;
            _session.SessionStatusChanged += OnStatusChanged;
            _session.MaxPduSizeChanged += OnMaxPduSizeChanged;
        }

        /// <summary>Whether a central is connected.</summary>
        public bool IsConnected
        {
            get { return _isConnected; }
        }

        /// <summary>Whether the central has proven that it is the owner's: it has paired by passkey, now or
        /// earlier.</summary>
        public bool IsOwners
        {
            get { return _isOwners; }
        }

        /// <summary>Counts lost links: what one central has begun must not go on with the next.</summary>
        public int Losses
        {
            get { return _losses; }
        }

        /// <summary>The link's ATT MTU in bytes: 23 until the central asks for more.</summary>
        public int Mtu
        {
            get { return _mtu; }
        }

        /// <summary>The link is encrypted, or failed to be.</summary>
        public void OnEncrypted(bool isOwners)
        {
            _isOwners = isOwners;
        }

        // On the event thread, which an exception would end for ever.
        private void OnStatusChanged(object sender, GattSessionStatusChangedEventArgs args)
        {
            _mtu = Message.DefaultMtu;
            _isOwners = false;
            try
            {
                _isConnected = args.Status == GattSessionStatus.Active;
            }
            catch (OutOfMemoryException)
            {
                _isConnected = !_isConnected; // there is no event without a change
            }

            if (!_isConnected)
            {
                _losses++;
            }
        }

        // Session.MaxMtuSize keeps the last link's value: it is only asked when it has just changed.
        private void OnMaxPduSizeChanged(object sender, EventArgs args)
        {
            try
            {
                _mtu = _session.MaxMtuSize;
            }
            catch (OutOfMemoryException)
            {
                // The default holds on every link.
            }
        }
    }
}
