using System;
using Backstep.Gait;
using Backstep.Sensor.Board;
using Iot.Device.Imu;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// The settings of the motion chip: ranges, rate, filters. The library's binding sets the ranges of the two chips
    /// that it knows; where it refuses, the registers are written here.
    /// </summary>
    public static class ChipSetup
    {
        /// <summary>The first of the registers that must hold while samples are believed.</summary>
        public const byte FirstRegister = MpuRegister.SampleRateDivider;

        /// <summary>How many they are: SMPLRT_DIV, CONFIG, GYRO_CONFIG, ACCEL_CONFIG, ACCEL_CONFIG2.</summary>
        public const int Registers = 5;

        private const byte Divider = 1000 / MotionScale.SampleRateHertz - 1;
        private const int ResetMilliseconds = 100;

        /// <summary>35 ms for the gyroscope (DS-000193, section 3.1; 30 ms on an MPU-6050).</summary>
        private const int WakeMilliseconds = 50;

        /// <summary>Wakes the chip from any state and sets it. False when it does not acknowledge.</summary>
        public static bool Apply(MpuWire chip, byte identity, IClock clock)
        {
            return (SetRangesByBinding(chip, identity) || SetRanges(chip, clock)) && SetFilter(chip, identity);
        }

        /// <summary>Whether the registers, read back, hold what was written.</summary>
        public static bool IsKept(byte[] registers, byte identity)
        {
            return registers[0] == Divider
                && registers[1] == MpuRegister.ConfigFilter44Hertz
                && registers[2] == MpuRegister.WidestRange
                && registers[3] == MpuRegister.WidestRange
                && (!ChipIdentity.HasOwnFilter(identity) || registers[4] == OwnFilter(identity));
        }

        // The binding is made anew each time and never disposed: disposing it would dispose the I2C device. It throws
        // for chips that it does not know, and when a register does not read back as written.
        private static bool SetRangesByBinding(MpuWire chip, byte identity)
        {
            try
            {
                if (identity == ChipIdentity.Mpu6050)
                {
                    Mpu6050 binding = new Mpu6050(chip.Device);
                    binding.GyroscopeRange = GyroscopeRange.Range2000Dps;
                    binding.AccelerometerRange = AccelerometerRange.Range16G;
                    binding.SampleRateDivider = Divider;
                }
                else if (identity == ChipIdentity.Mpu6500)
                {
                    Mpu6500 binding = new Mpu6500(chip.Device);
                    binding.GyroscopeRange = GyroscopeRange.Range2000Dps;
                    binding.AccelerometerRange = AccelerometerRange.Range16G;
                    binding.SampleRateDivider = Divider;
                }

                return identity == ChipIdentity.Mpu6050 || identity == ChipIdentity.Mpu6500;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private static bool SetRanges(MpuWire chip, IClock clock)
        {
            if (!chip.Write(MpuRegister.Power, MpuRegister.PowerReset))
            {
                return false;
            }

            clock.Sleep(ResetMilliseconds);
            if (!chip.Write(MpuRegister.Power, MpuRegister.PowerOn))
            {
                return false;
            }

            clock.Sleep(WakeMilliseconds);
            return chip.Write(MpuRegister.SampleRateDivider, Divider)
                && chip.Write(MpuRegister.GyroscopeConfig, MpuRegister.WidestRange)
                && chip.Write(MpuRegister.AccelerometerConfig, MpuRegister.WidestRange);
        }

        private static bool SetFilter(MpuWire chip, byte identity)
        {
            return chip.Write(MpuRegister.Config, MpuRegister.ConfigFilter44Hertz)
                && (identity == ChipIdentity.Mpu6050
                    || chip.Write(MpuRegister.AccelerometerConfig2, OwnFilter(identity)));
        }

        private static byte OwnFilter(byte identity)
        {
            return ChipIdentity.Family(identity) == ChipFamily.Mpu6886
                ? MpuRegister.AccelerometerConfig2Filter44HertzOnly
                : MpuRegister.AccelerometerConfig2Filter44Hertz;
        }
    }
}
