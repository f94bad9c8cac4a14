namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// The registers that this program touches itself, and the bits in them: those of the MPU-6050 (RM-MPU-6000A-00,
    /// revision 4.2, section 3) where nothing else is said; the other families have them at the same places.
    /// </summary>
    public static class MpuRegister
    {
        /// <summary>Sample rate divider: output rate = 1 kHz / (1 + SMPLRT_DIV) with the low-pass filter on.</summary>
        public const byte SampleRateDivider = 0x19;

        /// <summary>CONFIG: the digital low-pass filter in bits 2..0.</summary>
        public const byte Config = 0x1A;

        /// <summary>GYRO_CONFIG: the range in bits 4..3.</summary>
        public const byte GyroscopeConfig = 0x1B;

        /// <summary>
        /// ACCEL_CONFIG2, not on the MPU-6050: the accelerometer has a filter of its own, and the MPU-6500's FIFO a
        /// size to choose.
        /// </summary>
        public const byte AccelerometerConfig2 = 0x1D;

        /// <summary>FIFO_EN: what is written into the FIFO.</summary>
        public const byte FifoEnable = 0x23;

        /// <summary>ACCEL_CONFIG: the range in bits 4..3, the high-pass of the motion detection in bits 2..0.</summary>
        public const byte AccelerometerConfig = 0x1C;

        /// <summary>MPU-6500 only: LP_ACCEL_ODR, how often it looks while it cycles.</summary>
        public const byte LowPowerRate = 0x1E;

        /// <summary>MOT_THR: 32 mg a count on the MPU-6050 (RM-MPU-6000A-00 revision 3.4, section 4.11; later ones
        /// leave it out); WOM_THR: 4 mg on the MPU-6500.</summary>
        public const byte MotionThreshold = 0x1F;

        /// <summary>ACCEL_WOM_X_THR, then Y and Z: 4 mg a count. MPU-6886 only (DS-000193).</summary>
        public const byte MotionThresholdX = 0x20;

        /// <summary>MOT_DUR: how long, 1 ms a count. MPU-6050 only.</summary>
        public const byte MotionDuration = 0x20;

        /// <summary>INT_PIN_CFG.</summary>
        public const byte InterruptPin = 0x37;

        /// <summary>INT_ENABLE.</summary>
        public const byte InterruptEnable = 0x38;

        /// <summary>INT_STATUS: reading it lets go of the INT pin.</summary>
        public const byte InterruptStatus = 0x3A;

        /// <summary>TEMP_OUT_H and TEMP_OUT_L, signed.</summary>
        public const byte Temperature = 0x41;

        /// <summary>ACCEL_INTEL_CTRL, not on the MPU-6050.</summary>
        public const byte MotionControl = 0x69;

        /// <summary>PWR_MGMT_1.</summary>
        public const byte Power = 0x6B;

        /// <summary>PWR_MGMT_2.</summary>
        public const byte Standby = 0x6C;

        /// <summary>USER_CTRL.</summary>
        public const byte UserControl = 0x6A;

        /// <summary>FIFO_COUNT_H and FIFO_COUNT_L; reading the high byte latches both.</summary>
        public const byte FifoCount = 0x72;

        /// <summary>FIFO_R_W: every byte read here is the FIFO's next one.</summary>
        public const byte FifoData = 0x74;

        /// <summary>WHO_AM_I.</summary>
        public const byte WhoAmI = 0x75;

        /// <summary>CONFIG 3: accelerometer 44 Hz, gyroscope 42 Hz (section 4.3): half of the 100 Hz sample rate, less
        /// a margin.</summary>
        public const byte ConfigFilter44Hertz = 0x03;

        /// <summary>ACCEL_CONFIG2: 1 KB of FIFO as on the MPU-6050 (bit 6), filter 44.8 Hz (RM-MPU-6500A-00, section
        /// 4.8).</summary>
        public const byte AccelerometerConfig2Filter44Hertz = 0x43;

        /// <summary>
        /// ACCEL_CONFIG2 of the MPU-6886: filter 44.8 Hz (DS-000193, ACCEL_CONFIG2, bits 2..0); bits 7..6 are
        /// reserved, its FIFO has one size.
        /// </summary>
        public const byte AccelerometerConfig2Filter44HertzOnly = 0x03;

        /// <summary>ACCEL_CONFIG2 of the MPU-6886 for the wake on motion: filter 1, as the data sheet has it.</summary>
        public const byte AccelerometerConfig2Wake = 0x01;

        /// <summary>GYRO_CONFIG and ACCEL_CONFIG: +-2000 deg/s and +-16 g.</summary>
        public const byte WidestRange = 0x18;

        /// <summary>
        /// FIFO_EN: gyroscope x, y, z and the accelerometer, written in the order of their registers: acceleration
        /// first, 12 bytes a sample. On the MPU-6886 bit 4 stands for all three axes and the temperature comes with
        /// either bit: 14 bytes, acceleration, temperature, rate (DS-000193, FIFO_EN).
        /// </summary>
        public const byte FifoEnableMotion = 0x78;

        /// <summary>USER_CTRL: the FIFO runs.</summary>
        public const byte UserControlFifoRuns = 0x40;

        /// <summary>USER_CTRL: empties the FIFO; heeded only while the FIFO does not run. Clears itself.</summary>
        public const byte UserControlFifoReset = 0x04;

        /// <summary>ACCEL_CONFIG: +-16 g, and the high-pass holds the sample at which it was set: motion is what
        /// differs from that.</summary>
        public const byte AccelerometerHold = 0x1F;

        /// <summary>INT_PIN_CFG: high when active, until INT_STATUS is read.</summary>
        public const byte InterruptLatched = 0x20;

        /// <summary>INT_ENABLE: motion.</summary>
        public const byte InterruptOnMotion = 0x40;

        /// <summary>INT_ENABLE of the MPU-6886: motion on any axis (bits 7..5).</summary>
        public const byte InterruptOnMotionXyz = 0xE0;

        /// <summary>ACCEL_INTEL_CTRL: on, and each sample is compared with the one before.</summary>
        public const byte MotionControlOn = 0xC0;

        /// <summary>PWR_MGMT_1: everything to its state after power-up. Clears itself.</summary>
        public const byte PowerReset = 0x80;

        /// <summary>PWR_MGMT_1: awake, on the gyroscope's clock.</summary>
        public const byte PowerOn = 0x01;

        /// <summary>PWR_MGMT_1: CYCLE, temperature sensor off: the accelerometer wakes a few times a second, all else
        /// sleeps.</summary>
        public const byte PowerCycle = 0x28;

        /// <summary>PWR_MGMT_2: the gyroscope's three axes off.</summary>
        public const byte StandbyGyroscope = 0x07;

        /// <summary>PWR_MGMT_2: 5 times a second (bits 7..6), the gyroscope's three axes off.</summary>
        public const byte StandbyGyroscope5Hertz = 0x47;
    }
}
