using System;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// How a central pairs. Without a passkey anyone may, without a question. With one, the sensor plays a display: the central asks its user for the six
    /// digits, and only a link that was paired so is authenticated.
    /// </summary>
    public sealed class Pairing
    {
        private readonly Passkey _passkey;

        /// <summary>Tells the stack. Before the GATT table is made.</summary>
        public Pairing(BluetoothLEServer server, Passkey passkey)
        {
            _passkey = passkey;
            DevicePairing pairing = server.Pairing;
            pairing.AllowBonding = true;
            if (passkey.IsSet)
            {
                pairing.IOCapabilities = DevicePairingIOCapabilities.DisplayOnly;
                pairing.ProtectionLevel = DevicePairingProtectionLevel.EncryptionAndAuthentication;
                pairing.PairingRequested += OnPairingRequested;
            }
            else
            {
                pairing.IOCapabilities = DevicePairingIOCapabilities.NoInputNoOutput;
                pairing.ProtectionLevel = DevicePairingProtectionLevel.Encryption;
            }
        }

        /// <summary>What Control, Configuration and Log ask of a link.</summary>
        public GattProtectionLevel Protection
        {
            get { return _passkey.IsSet ? GattProtectionLevel.EncryptionAndAuthenticationRequired : GattProtectionLevel.EncryptionRequired; }
        }

        // On the event thread. What is not accepted here the stack gives up after 30 s.
        private void OnPairingRequested(object sender, DevicePairingRequestedEventArgs args)
        {
            try
            {
                if (args.PairingKind == DevicePairingKinds.DisplayPin && _passkey.InForce >= 0)
                {
                    args.Accept(_passkey.InForce);
                }
            }
            catch (OutOfMemoryException)
            {
                // Not accepted. An exception would end the event thread for ever.
            }
        }
    }
}
