using System;
using System.Device.I2c;
using Backstep.Gait;
using Backstep.Sensor.Board;
using Iot.Device.Imu;
using nanoFramework.Hardware.Esp32;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// The motion chip at the end of the wire. The library's binding wakes it and sets the ranges; the filter and the FIFO, which the binding does not
    /// set right, are written here through the same I2C device. No method throws: an absent chip is an ordinary answer.
    /// </summary>
    public sealed class MotionChip
    {
        /// <summary>Bytes of one sample in the FIFO: six big-endian 16-bit words, acceleration x, y, z, then angular rate x, y, z.</summary>
        public const int SampleBytes = 12;

        /// <summary>Size of the FIFO in bytes. Its count stands still here once samples have been lost.</summary>
        public const int FifoBytes = 1024;

        /// <summary>Most samples fetched in one transfer: more than come in the longest time between two. 288 bytes take 7 ms at 400 kHz, in which all other managed code waits.</summary>
        public const int SamplesPerBurst = 24;

        /// <summary>An answer that every question may get: the chip did not acknowledge. Nothing was transferred, so nothing is lost.</summary>
        public const int NoAnswer = -1;

        /// <summary>An answer that every question may get: the transfer broke off, nobody knows where.</summary>
        public const int Broken = -2;

        /// <summary>An answer of <see cref="Fetch"/>: the FIFO has run over, what it holds is no longer whole samples in a row.</summary>
        public const int Overrun = -3;

        /// <summary>WHO_AM_I of the MPU-6050.</summary>
        private const byte Mpu6050Identity = 0x68;

        /// <summary>WHO_AM_I of the MPU-6500, which many boards sold as GY-521 carry.</summary>
        private const byte Mpu6500Identity = 0x70;

        /// <summary>96 mg: a shoe that is picked up, not one that stands on a floor with somebody passing.</summary>
        private const byte Mpu6050Threshold = 3;

        /// <summary>The same in its counts of 4 mg.</summary>
        private const byte Mpu6500Threshold = 24;

        /// <summary>3.9 times a second (RM-MPU-6500A-00, section 4.9).</summary>
        private const byte Mpu6500Rate = 4;

        private const byte Divider = 1000 / MotionScale.SampleRateHertz - 1;

        /// <summary>SMPLRT_DIV, CONFIG, GYRO_CONFIG (+-2000 deg/s), ACCEL_CONFIG (+-16 g): what the four registers must hold while samples are believed.</summary>
        private static readonly byte[] Expected = { Divider, MpuRegister.ConfigFilter44Hertz, 0x18, 0x18 };

        private readonly I2cDevice _device;
        private readonly byte[] _address = new byte[1];
        private readonly byte[] _command = new byte[2];
        private readonly byte[] _count = new byte[2];
        private readonly byte[] _answer = new byte[Expected.Length];

        /// <summary>Connects the pins to the bus. Does not speak to the chip yet.</summary>
        public MotionChip()
        {
            Configuration.SetPinFunction(Pins.MotionData, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(Pins.MotionClock, DeviceFunction.I2C1_CLOCK);
            _device = I2cDevice.Create(new I2cConnectionSettings(Pins.MotionBus, Mpu6050.DefaultI2cAddress));
        }

        /// <summary>What WHO_AM_I said at the last bring-up; 0 when nothing answered.</summary>
        public byte Identity { get; private set; }

        /// <summary>Whether the chip that answered is one that this program knows.</summary>
        public bool IsKnown
        {
            get { return Identity == Mpu6050Identity || Identity == Mpu6500Identity; }
        }

        /// <summary>The chip in words, for a log line and the Device Information service.</summary>
        public string Description
        {
            get
            {
                switch (Identity)
                {
                    case 0: return "no motion chip answers";
                    case Mpu6050Identity: return "MPU-6050";
                    case Mpu6500Identity: return "MPU-6500";
                    default: return "unknown motion chip, WHO_AM_I 0x" + Identity.ToString("X2");
                }
            }
        }

        /// <summary>The samples of the last burst.</summary>
        public byte[] Samples { get; } = new byte[SamplesPerBurst * SampleBytes];

        /// <summary>Whole samples that the last <see cref="Fetch"/> left in the FIFO.</summary>
        public int Waiting { get; private set; }

        /// <summary>Brings the chip from any state to a running FIFO, and reads back whether it obeyed. Takes 0.2 s, nearly all of it in the binding.</summary>
        public bool BringUp()
        {
            Identity = 0;
            if (Read(MpuRegister.WhoAmI, _answer, 1) != I2cTransferStatus.FullTransfer)
            {
                return false;
            }

            Identity = _answer[0];
            return IsKnown && SetRanges() && SetFilter() && RestartFifo() && CheckSettings() == 1;
        }

        /// <summary>1 if the chip still holds what <see cref="BringUp"/> wrote, 0 if not, as after a brown-out; or <see cref="NoAnswer"/> or <see cref="Broken"/>.</summary>
        public int CheckSettings()
        {
            int answer = AnswerOf(Read(MpuRegister.SampleRateDivider, _answer, Expected.Length), 1);
            for (int i = 0; answer == 1 && i < Expected.Length; i++)
            {
                if (_answer[i] != Expected[i])
                {
                    answer = 0;
                }
            }

            return answer;
        }

        /// <summary>
        /// Puts the chip to its low-power accelerometer cycle (some 20 uA on an MPU-6050), to raise its INT pin at the first motion of about a tenth of g. False when it did not
        /// obey. <see cref="BringUp"/> brings it back.
        /// </summary>
        public bool WatchForMotion()
        {
            bool isPrepared = Write(MpuRegister.UserControl, 0)
                && Write(MpuRegister.FifoEnable, 0)
                && Write(MpuRegister.InterruptPin, MpuRegister.InterruptLatched)
                && Write(MpuRegister.MotionThreshold, Identity == Mpu6500Identity ? Mpu6500Threshold : Mpu6050Threshold);
            bool isSet = Identity == Mpu6500Identity
                ? isPrepared && Write(MpuRegister.MotionControl, MpuRegister.MotionControlOn) && Write(MpuRegister.LowPowerRate, Mpu6500Rate)
                : isPrepared && Write(MpuRegister.MotionDuration, 1) && Write(MpuRegister.AccelerometerConfig, MpuRegister.AccelerometerHold);
            return isSet
                && Write(MpuRegister.Standby, MpuRegister.StandbyGyroscope5Hertz)
                && Write(MpuRegister.InterruptEnable, MpuRegister.InterruptOnMotion)
                && Read(MpuRegister.InterruptStatus, _answer, 1) == I2cTransferStatus.FullTransfer
                && Write(MpuRegister.Power, MpuRegister.PowerCycle);
        }

        /// <summary>Empties the FIFO and lets it run again, aligned to a whole sample.</summary>
        public bool RestartFifo()
        {
            return Write(MpuRegister.UserControl, 0)
                && Write(MpuRegister.FifoEnable, MpuRegister.FifoEnableMotion)
                && Write(MpuRegister.UserControl, MpuRegister.UserControlFifoReset)
                && Write(MpuRegister.UserControl, MpuRegister.UserControlFifoRuns);
        }

        /// <summary>
        /// Fetches whole samples into <see cref="Samples"/>, at most <see cref="SamplesPerBurst"/>; what stays behind is <see cref="Waiting"/>. Their number, or
        /// <see cref="NoAnswer"/>, <see cref="Broken"/> or <see cref="Overrun"/>. Both transfers in one method, since each struct of a method is an object on the device's heap.
        /// </summary>
        public int Fetch()
        {
            SpanByte address = new SpanByte(_address);
            _address[0] = MpuRegister.FifoCount;
            I2cTransferResult result = _device.WriteRead(address, new SpanByte(_count));
            int answer = AnswerOf(result.Status, _count[0] << 8 | _count[1]);
            if (answer > FifoBytes - SampleBytes)
            {
                return Overrun;
            }

            if (answer < SampleBytes)
            {
                return answer < 0 ? answer : 0;
            }

            int whole = answer / SampleBytes;
            int count = whole < SamplesPerBurst ? whole : SamplesPerBurst;
            Waiting = whole - count;
            _address[0] = MpuRegister.FifoData;
            result = _device.WriteRead(address, new SpanByte(Samples, 0, count * SampleBytes));
            return AnswerOf(result.Status, count);
        }

        private static int AnswerOf(I2cTransferStatus status, int whenFull)
        {
            return status == I2cTransferStatus.FullTransfer ? whenFull
                : status == I2cTransferStatus.SlaveAddressNotAcknowledged ? NoAnswer
                : Broken;
        }

        // The binding is made anew each time and never disposed: disposing it would dispose the I2C device.
        private bool SetRanges()
        {
            try
            {
                if (Identity == Mpu6050Identity)
                {
                    Mpu6050 binding = new Mpu6050(_device);
                    binding.GyroscopeRange = GyroscopeRange.Range2000Dps;
                    binding.AccelerometerRange = AccelerometerRange.Range16G;
                    binding.SampleRateDivider = Divider;
                }
                else
                {
                    Mpu6500 binding = new Mpu6500(_device);
                    binding.GyroscopeRange = GyroscopeRange.Range2000Dps;
                    binding.AccelerometerRange = AccelerometerRange.Range16G;
                    binding.SampleRateDivider = Divider;
                }

                return true;
            }
            catch (Exception)
            {
                // The binding throws when a register does not read back as written: the wire is bad. It is tried again.
                return false;
            }
        }

        private bool SetFilter()
        {
            return Write(MpuRegister.Config, MpuRegister.ConfigFilter44Hertz)
                && (Identity != Mpu6500Identity || Write(MpuRegister.AccelerometerConfig2, MpuRegister.AccelerometerConfig2Filter44Hertz));
        }

        private bool Write(byte register, byte value)
        {
            _command[0] = register;
            _command[1] = value;
            return _device.Write(new SpanByte(_command)).Status == I2cTransferStatus.FullTransfer;
        }

        private I2cTransferStatus Read(byte register, byte[] destination, int length)
        {
            _address[0] = register;
            return _device.WriteRead(new SpanByte(_address), new SpanByte(destination, 0, length)).Status;
        }
    }
}
