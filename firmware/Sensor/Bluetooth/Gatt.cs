using System;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Short words for building a GATT table. A table that cannot be built is a programming mistake: it
    /// throws.</summary>
    public static class Gatt
    {
        /// <summary>What commands, settings and the log ask of a link: paired by passkey.</summary>
        public const GattProtectionLevel Owner = GattProtectionLevel.EncryptionAndAuthenticationRequired;

        /// <summary>Adds a service.</summary>
        public static GattServiceProvider AddService(Guid uuid)
        {
            GattServiceProviderResult result = GattServiceProvider.Create(uuid);
            ThrowIfFailed(result.Error, uuid);
            return result.ServiceProvider;
        }

        /// <summary>Adds a characteristic that anyone may use.</summary>
        public static GattLocalCharacteristic Add(GattServiceProvider service, Guid uuid,
            GattCharacteristicProperties properties)
        {
            return Add(service, uuid, properties, GattProtectionLevel.Plain);
        }

        /// <summary>Adds a characteristic that asks the same protection for reading and writing.</summary>
        public static GattLocalCharacteristic Add(
            GattServiceProvider service, Guid uuid, GattCharacteristicProperties properties,
            GattProtectionLevel protection)
        {
            GattLocalCharacteristicParameters parameters = new GattLocalCharacteristicParameters();
            parameters.CharacteristicProperties = properties;
            parameters.ReadProtectionLevel = protection;
            parameters.WriteProtectionLevel = protection;
            return Add(service, uuid, parameters);
        }

        /// <summary>Adds a characteristic that is only read and never changes.</summary>
        public static void AddConstant(GattServiceProvider service, Guid uuid, byte[] value, int length)
        {
            GattLocalCharacteristicParameters parameters = new GattLocalCharacteristicParameters();
            parameters.CharacteristicProperties = GattCharacteristicProperties.Read;
            parameters.StaticValue = new Buffer(value);
            parameters.StaticValue.Length = (uint)length;
            Add(service, uuid, parameters);
        }

        private static GattLocalCharacteristic Add(GattServiceProvider service, Guid uuid,
            GattLocalCharacteristicParameters parameters)
        {
            GattLocalCharacteristicResult result = service.Service.CreateCharacteristic(uuid, parameters);
            ThrowIfFailed(result.Error, uuid);
            return result.Characteristic;
        }

        private static void ThrowIfFailed(BluetoothError error, Guid uuid)
        {
            if (error != BluetoothError.Success)
            {
                throw new InvalidOperationException("GATT " + uuid.ToString() + ": error " + (int)error);
            }
        }
    }
}
