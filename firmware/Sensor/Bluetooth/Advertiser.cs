using Backstep.Protocol;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// What the sensor says before anyone connects, in two packets of 31 bytes. First: flags, the services that running
    /// and fitness apps look for, the treadmill's service data, the appearance, and the name if it is short. Scan
    /// response: the project's own service, and a name that did not fit. The library fills the packets in this order.
    /// </summary>
    public static class Advertiser
    {
        /// <summary>The name of a sensor that was given none.</summary>
        public const string DefaultName = "Backstep";

        /// <summary>What is left of the scan response beside the 128-bit UUID (18 bytes) and the name's own header
        /// (2).</summary>
        private const int MostNameBytes = 11;

        private const int UuidBytes = 2;
        private const ushort RunningSpeedAndCadenceNumber = 0x1814;
        private const byte Flags =
            (byte)(BluetoothLEAdvertisementFlags.GeneralDiscoverableMode
                | BluetoothLEAdvertisementFlags.ClassicNotSupported);

        /// <summary>Begins to advertise; the stack does it again by itself after each connection.</summary>
        public static void Start(GattServiceProvider provider, string name)
        {
            GattServiceProviderAdvertisingParameters parameters = new GattServiceProviderAdvertisingParameters();
            parameters.IsConnectable = true;
            parameters.IsDiscoverable = true;
            parameters.CustomAdvertisement = true;
            BluetoothLEAdvertisement advertisement = parameters.Advertisement;

            Add(advertisement, BluetoothLEAdvertisementDataSectionType.Flags, new byte[] { Flags });
            Add(advertisement, BluetoothLEAdvertisementDataSectionType.CompleteList16uuid, ServiceNumbers());
            byte[] machine = new byte[UuidBytes + FitnessMachineServiceData.Length];
            new FitnessMachineServiceData(true, FitnessMachineServiceData.Treadmill).EncodeWithUuid(machine, 0);
            Add(advertisement, BluetoothLEAdvertisementDataSectionType.ServiceData16bitUuid, machine);
            Add(
                advertisement,
                BluetoothLEAdvertisementDataSectionType.Appearance,
                new byte[] { Uuids.AppearanceOnShoe & 0xFF, Uuids.AppearanceOnShoe >> 8 });
            DataWriter own = new DataWriter();
            own.WriteUuid(Uuids.Backstep);
            Add(advertisement, BluetoothLEAdvertisementDataSectionType.CompleteList128uuid, own);
            AddName(advertisement, name);
            provider.StartAdvertising(parameters);
        }

        private static void AddName(BluetoothLEAdvertisement advertisement, string name)
        {
            byte[] buffer = new byte[MostNameBytes];
            int length = Utf8.Encode(name, buffer, 0, MostNameBytes);
            byte[] bytes = new byte[length];
            System.Array.Copy(buffer, bytes, length);
            BluetoothLEAdvertisementDataSectionType type = length == Utf8.ByteCount(name)
                ? BluetoothLEAdvertisementDataSectionType.CompleteLocalName
                : BluetoothLEAdvertisementDataSectionType.ShortenedLocalName;
            Add(advertisement, type, bytes);
        }

        private static byte[] ServiceNumbers()
        {
            return new byte[]
            {
                RunningSpeedAndCadenceNumber & 0xFF,
                RunningSpeedAndCadenceNumber >> 8,
                Uuids.FitnessMachineNumber & 0xFF,
                Uuids.FitnessMachineNumber >> 8,
            };
        }

        private static void Add(BluetoothLEAdvertisement advertisement, BluetoothLEAdvertisementDataSectionType type,
            byte[] data)
        {
            Add(advertisement, type, new Buffer(data));
        }

        private static void Add(BluetoothLEAdvertisement advertisement, BluetoothLEAdvertisementDataSectionType type,
            Buffer data)
        {
            advertisement.DataSections.Add(new BluetoothLEAdvertisementDataSection((byte)type, data));
        }
    }
}
