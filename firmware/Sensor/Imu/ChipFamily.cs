namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// Motion chips with the same registers as far as this program needs them. What differs is the accelerometer's own
    /// filter, the wake on motion, and the record in the FIFO, which is measured and not taken from here.
    /// </summary>
    public enum ChipFamily
    {
        /// <summary>MPU-6050: one filter for all axes (RM-MPU-6000A-00, section 4.3).</summary>
        Mpu6050 = 0,

        /// <summary>
        /// MPU-6500, MPU-9250 and their kin: ACCEL_CONFIG2 with the FIFO's size in it (RM-MPU-6500A-00, section 4.8).
        /// Unknown chips are taken for these.
        /// </summary>
        Mpu6500 = 1,

        /// <summary>
        /// MPU-6886 and its kin: the temperature is always in the FIFO, a motion threshold for each axis (DS-000193,
        /// register map).
        /// </summary>
        Mpu6886 = 2,
    }
}
