using System;

namespace Backstep.Protocol
{
    /// <summary>Every service and characteristic that crosses the air. The 16-bit numbers are those of the Bluetooth
    /// SIG's assigned numbers.</summary>
    public static class Uuids
    {
        /// <summary>GAP appearance "running walking sensor, on shoe".</summary>
        public const ushort AppearanceOnShoe = 0x0442;

        /// <summary>16-bit number of the Fitness Machine service, as it stands in its service data.</summary>
        public const ushort FitnessMachineNumber = 0x1826;

        /// <summary>Running Speed and Cadence service.</summary>
        public static readonly Guid RunningSpeedAndCadence = Assigned(0x1814);

        /// <summary>RSC Measurement: notify.</summary>
        public static readonly Guid RscMeasurement = Assigned(0x2A53);

        /// <summary>RSC Feature: read.</summary>
        public static readonly Guid RscFeature = Assigned(0x2A54);

        /// <summary>SC Control Point: write, indicate.</summary>
        public static readonly Guid ScControlPoint = Assigned(0x2A55);

        /// <summary>Sensor Location: read.</summary>
        public static readonly Guid SensorLocation = Assigned(0x2A5D);

        /// <summary>Fitness Machine service.</summary>
        public static readonly Guid FitnessMachine = Assigned(FitnessMachineNumber);

        /// <summary>Fitness Machine Feature: read.</summary>
        public static readonly Guid FitnessMachineFeature = Assigned(0x2ACC);

        /// <summary>Treadmill Data: notify.</summary>
        public static readonly Guid TreadmillData = Assigned(0x2ACD);

        /// <summary>Training Status: read, notify.</summary>
        public static readonly Guid TrainingStatus = Assigned(0x2AD3);

        /// <summary>Battery service.</summary>
        public static readonly Guid Battery = Assigned(0x180F);

        /// <summary>Battery Level: read, notify.</summary>
        public static readonly Guid BatteryLevel = Assigned(0x2A19);

        /// <summary>Device Information service.</summary>
        public static readonly Guid DeviceInformation = Assigned(0x180A);

        /// <summary>Manufacturer Name String: read.</summary>
        public static readonly Guid ManufacturerName = Assigned(0x2A29);

        /// <summary>Model Number String: read.</summary>
        public static readonly Guid ModelNumber = Assigned(0x2A24);

        /// <summary>Firmware Revision String: read.</summary>
        public static readonly Guid FirmwareRevision = Assigned(0x2A26);

        /// <summary>Backstep service.</summary>
        public static readonly Guid Backstep = Own(0x0000);

        /// <summary>Backstep Stride: notify.</summary>
        public static readonly Guid Stride = Own(0x0001);

        /// <summary>Backstep Session: read, notify.</summary>
        public static readonly Guid Session = Own(0x0002);

        /// <summary>Backstep Control: write, indicate.</summary>
        public static readonly Guid Control = Own(0x0003);

        /// <summary>Backstep Configuration: read, write.</summary>
        public static readonly Guid Configuration = Own(0x0004);

        /// <summary>Backstep Raw motion: notify.</summary>
        public static readonly Guid RawMotion = Own(0x0005);

        /// <summary>Backstep Log: notify.</summary>
        public static readonly Guid Log = Own(0x0006);

        /// <summary>Backstep Rail baselines: read, write.</summary>
        public static readonly Guid RailBaselines = Own(0x0007);

        /// <summary>Backstep Rails: read, notify.</summary>
        public static readonly Guid Rails = Own(0x0008);

        /// <summary>Backstep Wrist motion: notify.</summary>
        public static readonly Guid WristMotion = Own(0x0009);

        // The Bluetooth base UUID, 00000000-0000-1000-8000-00805F9B34FB (Core specification, volume 3, part B, 2.5.1).
        private static Guid Assigned(ushort number)
        {
            return new Guid(number, 0x0000, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5F, 0x9B, 0x34, 0xFB);
        }

        // a1e4XXXX-92c6-4528-906a-b8dcdd942dd0
        private static Guid Own(ushort number)
        {
            return new Guid(0xA1E40000u | number, 0x92C6, 0x4528, 0x90, 0x6A, 0xB8, 0xDC, 0xDD, 0x94, 0x2D, 0xD0);
        }
    }
}
