using System;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// The notifying or indicating side of a characteristic: one array that is filled and sent again and again. Silent
    /// while nobody listens.
    /// </summary>
    public sealed class Outlet
    {
        private readonly GattLocalCharacteristic _characteristic;
        private readonly Buffer _buffer;
        private int _listeners;

        /// <summary>Values of at most so many bytes.</summary>
        public Outlet(GattLocalCharacteristic characteristic, int capacity)
        {
            Bytes = new byte[capacity];
            _buffer = new Buffer(Bytes);
            _characteristic = characteristic;
            _characteristic.SubscribedClientsChanged += OnSubscribedClientsChanged;
        }

        /// <summary>Where the next value is written.</summary>
        public byte[] Bytes { get; }

        /// <summary>Whether a central has switched this on.</summary>
        public bool IsHeard
        {
            get { return _listeners > 0; }
        }

        /// <summary>
        /// Sends the first bytes of <see cref="Bytes"/>. False when nobody listens, or when the radio's buffers are
        /// full or the link is going: there is no queue below, so who must not lose anything tries again.
        /// </summary>
        public bool Send(int length)
        {
            if (_listeners == 0 || length == 0)
            {
                return false;
            }

            _buffer.Length = (uint)length;
            GattClientNotificationResult[] results = _characteristic.NotifyValue(_buffer);
            return results.Length > 0 && results[0].Status == GattCommunicationStatus.Success;
        }

        // On the event thread, which an exception would end for ever. Counted here, because asking the characteristic
        // would allocate on every pass.
        private void OnSubscribedClientsChanged(GattLocalCharacteristic sender, object args)
        {
            try
            {
                _listeners = sender.SubscribedClients.Length;
            }
            catch (OutOfMemoryException)
            {
                _listeners = 1; // perhaps; to send to nobody does no harm
            }
        }
    }
}
