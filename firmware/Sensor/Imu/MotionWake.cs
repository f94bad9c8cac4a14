using System.Device.I2c;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// Puts a chip into its low-power accelerometer cycle (some 20 uA on an MPU-6050), to raise its INT pin at the
    /// first motion of about a tenth of g. What the three families have in common is the order: interrupts, threshold,
    /// gyroscope off, cycle.
    /// </summary>
    public static class MotionWake
    {
        /// <summary>
        /// 96 mg in counts of 32 mg: a shoe that is picked up, not one that stands on a floor with somebody passing.
        /// </summary>
        private const byte Mpu6050Threshold = 3;

        /// <summary>The same in the other families' counts of 4 mg.</summary>
        private const byte Threshold = 24;

        /// <summary>3.9 times a second (RM-MPU-6500A-00, section 4.9).</summary>
        private const byte Mpu6500Rate = 4;

        /// <summary>3.9 times a second: 1 kHz / (1 + 255) (DS-000193, wake on motion).</summary>
        private const byte Mpu6886Divider = 255;

        /// <summary>Begins. False when the chip did not obey. A bring-up ends it.</summary>
        public static bool Watch(MpuWire chip, ChipFamily family, byte[] scratch)
        {
            return chip.Write(MpuRegister.UserControl, 0)
                && chip.Write(MpuRegister.FifoEnable, 0)
                && chip.Write(MpuRegister.InterruptPin, MpuRegister.InterruptLatched)
                && SetThreshold(chip, family)
                && chip.Read(MpuRegister.InterruptStatus, scratch, 1) == I2cTransferStatus.FullTransfer
                && chip.Write(MpuRegister.Power, MpuRegister.PowerCycle);
        }

        private static bool SetThreshold(MpuWire chip, ChipFamily family)
        {
            switch (family)
            {
                case ChipFamily.Mpu6050:
                    return chip.Write(MpuRegister.MotionThreshold, Mpu6050Threshold)
                        && chip.Write(MpuRegister.MotionDuration, 1)
                        && chip.Write(MpuRegister.AccelerometerConfig, MpuRegister.AccelerometerHold)
                        && chip.Write(MpuRegister.Standby, MpuRegister.StandbyGyroscope5Hertz)
                        && chip.Write(MpuRegister.InterruptEnable, MpuRegister.InterruptOnMotion);
                case ChipFamily.Mpu6886:
                    return chip.Write(MpuRegister.MotionThresholdX, Threshold)
                        && chip.Write(MpuRegister.MotionThresholdX + 1, Threshold)
                        && chip.Write(MpuRegister.MotionThresholdX + 2, Threshold)
                        && chip.Write(MpuRegister.MotionControl, MpuRegister.MotionControlOn)
                        && chip.Write(MpuRegister.AccelerometerConfig2, MpuRegister.AccelerometerConfig2Wake)
                        && chip.Write(MpuRegister.SampleRateDivider, Mpu6886Divider)
                        && chip.Write(MpuRegister.Standby, MpuRegister.StandbyGyroscope)
                        && chip.Write(MpuRegister.InterruptEnable, MpuRegister.InterruptOnMotionXyz);
                default:
                    return chip.Write(MpuRegister.MotionThreshold, Threshold)
                        && chip.Write(MpuRegister.MotionControl, MpuRegister.MotionControlOn)
                        && chip.Write(MpuRegister.LowPowerRate, Mpu6500Rate)
                        && chip.Write(MpuRegister.Standby, MpuRegister.StandbyGyroscope5Hertz)
                        && chip.Write(MpuRegister.InterruptEnable, MpuRegister.InterruptOnMotion);
            }
        }
    }
}
