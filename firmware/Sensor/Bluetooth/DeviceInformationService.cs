using Backstep.Protocol;
using Backstep.Sensor.Imu;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// Device Information service 0x180A. The hardware revision names the motion chip that was found, or what is wrong
    /// with it: any Bluetooth scanner app can read there why the LED flickers. Never the first service to be added: the
    /// library makes a default one with the first, which this replaces.
    /// </summary>
    public sealed class DeviceInformationService
    {
        private const int MaxTextBytes = 48;

        private readonly MotionChip _chip;
        private readonly ReadableValue _hardware;
        private readonly byte[] _text = new byte[MaxTextBytes];
        private int _shown = -1;

        /// <summary>Adds the service to the table.</summary>
        public DeviceInformationService(MotionChip chip)
        {
            _chip = chip;
            GattServiceProvider service = Gatt.AddService(Uuids.DeviceInformation);
            AddText(service, GattCharacteristicUuids.ManufacturerNameString, DeviceInformation.Manufacturer);
            AddText(service, GattCharacteristicUuids.ModelNumberString, DeviceInformation.Model);
            AddText(service, GattCharacteristicUuids.FirmwareRevisionString, FirmwareVersion.Text);
            _hardware = new ReadableValue(
                Gatt.Add(service, GattCharacteristicUuids.HardwareRevisionString, GattCharacteristicProperties.Read),
                MaxTextBytes);
        }

        /// <summary>Follows what the chip says it is.</summary>
        public void Publish()
        {
            int now = _chip.Identity | (int)_chip.State << 8;
            if (now != _shown)
            {
                _shown = now;
                _hardware.Set(_text, DeviceInformation.Encode(_chip.Description, _text, 0));
            }
        }

        private static void AddText(GattServiceProvider service, System.Guid uuid, string text)
        {
            byte[] value = new byte[MaxTextBytes];
            Gatt.AddConstant(service, uuid, value, DeviceInformation.Encode(text, value, 0));
        }
    }
}
