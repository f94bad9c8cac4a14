namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// What WHO_AM_I (0x75) says. The numbers are those of the makers' register maps; boards sold as "MPU-6050" carry
    /// all of them and some that no map knows, which the program takes as well if they keep their settings.
    /// </summary>
    public static class ChipIdentity
    {
        /// <summary>MPU-6050 (RM-MPU-6000A-00, section 4.32).</summary>
        public const byte Mpu6050 = 0x68;

        /// <summary>MPU-6500 (RM-MPU-6500A-00, section 4.41).</summary>
        public const byte Mpu6500 = 0x70;

        /// <summary>MPU-9250 (RM-MPU-9250A-00, section 4.42).</summary>
        public const byte Mpu9250 = 0x71;

        /// <summary>MPU-9255 (its register map, section 4.42).</summary>
        public const byte Mpu9255 = 0x73;

        /// <summary>ICM-20689 (DS-000143, section 10.45), and most boards sold as MPU-6050.</summary>
        public const byte Icm20689 = 0x98;

        /// <summary>MPU-6886 (DS-000193, WHO_AM_I).</summary>
        public const byte Mpu6886 = 0x19;

        /// <summary>ICM-20602 (DS-000176, WHO_AM_I), of the same generation as the MPU-6886.</summary>
        public const byte Icm20602 = 0x12;

        /// <summary>Whose registers it has.</summary>
        public static ChipFamily Family(byte identity)
        {
            return identity == Mpu6050 ? ChipFamily.Mpu6050
                : identity == Mpu6886 || identity == Icm20602 ? ChipFamily.Mpu6886
                : ChipFamily.Mpu6500;
        }

        /// <summary>
        /// Whether a register map says that ACCEL_CONFIG2 is there, so that it must keep what was written.
        /// </summary>
        public static bool HasOwnFilter(byte identity)
        {
            return identity == Mpu6500
                || identity == Mpu9250
                || identity == Mpu9255
                || Family(identity) == ChipFamily.Mpu6886;
        }

        /// <summary>The chip's name, or its number where there is none.</summary>
        public static string Name(byte identity)
        {
            switch (identity)
            {
                case Mpu6050: return "MPU-6050";
                case Mpu6500: return "MPU-6500";
                case Mpu9250: return "MPU-9250";
                case Mpu9255: return "MPU-9255";
                case Icm20689: return "ICM-20689";
                case Mpu6886: return "MPU-6886";
                case Icm20602: return "ICM-20602";
                default: return "motion chip 0x" + identity.ToString("X2");
            }
        }
    }
}
