using System;
using System.Device.I2c;
using Backstep.Gait;
using Backstep.Sensor.Board;
using Iot.Device.Imu;
using nanoFramework.Hardware.Esp32;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// The motion chip at the end of the wire, whichever of the many it is: it is taken if it keeps its settings and
    /// fills its FIFO with whole records. The library's binding wakes those two that it knows; other chips, the filter
    /// and the FIFO are set here through the same I2C device. No method throws: an absent chip is an ordinary answer.
    /// </summary>
    public sealed class MotionChip
    {
        /// <summary>
        /// Bytes of one sample: six big-endian 16-bit words, acceleration x, y, z, then angular rate x, y, z.
        /// </summary>
        public const int SampleBytes = 12;

        /// <summary>Most samples in one transfer. 308 bytes take 7 ms at 400 kHz, in which all managed code
        /// waits.</summary>
        public const int SamplesPerBurst = 22;

        /// <summary>An answer that every question may get: the chip did not acknowledge. Nothing was transferred, so
        /// nothing is lost.</summary>
        public const int NoAnswer = -1;

        /// <summary>An answer that every question may get: the transfer broke off, nobody knows where.</summary>
        public const int Broken = -2;

        /// <summary>An answer of <see cref="Fetch"/>: the FIFO has run over, what it holds is no longer whole samples
        /// in a row.</summary>
        public const int Overrun = -3;

        /// <summary>
        /// An answer of <see cref="Fetch"/>: bytes are missing from the FIFO, what it holds begins in the middle of a
        /// sample.
        /// </summary>
        public const int Misaligned = -4;

        /// <summary>
        /// The newest record stays in the FIFO: an emptied one would begin anew, aligned, and nothing would tell that
        /// bytes were lost on the way out.
        /// </summary>
        private const int Witness = 1;

        private const int CountLength = 2;
        private const int TemperatureBytes = 2;
        private const int ForceBytes = 6;
        private const int LongRecordBytes = SampleBytes + TemperatureBytes;

        /// <summary>
        /// A FIFO of 1 KB that has no room for one more record is taken for full: its count stands still there, and
        /// samples have been lost.
        /// </summary>
        private const int MostBytes = 1024 - SampleBytes;

        /// <summary>
        /// Chips with the long record hold 1 KB by their data sheet; their kin, the ICM-20602, 1008 bytes (DS-000176,
        /// section 4.9), whole records when full.
        /// </summary>
        private const int MostLongBytes = 1008 - LongRecordBytes;

        /// <summary>
        /// Below this many bytes their number tells which record it is: 84 is seven of one and six of the other.
        /// </summary>
        private const int AmbiguousBytes = 84;

        private const int MeasureTries = 5;

        private readonly IClock _clock;
        private readonly byte[] _register = new byte[1];
        private readonly byte[] _answer = new byte[ChipSetup.Registers];

        private MpuWire _wire;
        private MpuWire _other;
        private I2cDevice _device;
        private int _recordBytes = SampleBytes;
        private int _mostBytes = MostBytes;

        /// <summary>Connects the pins to the bus. Does not speak to the chip yet.</summary>
        public MotionChip(IClock clock, Pins pins)
        {
            _clock = clock;
            Configuration.SetPinFunction(pins.MotionData, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(pins.MotionClock, DeviceFunction.I2C1_CLOCK);
            _wire = Wire(Mpu6050.DefaultI2cAddress);
            _device = _wire.Device;
        }

        /// <summary>What WHO_AM_I said at the last bring-up.</summary>
        public byte Identity { get; private set; }

        /// <summary>How it stands with it. Whoever reads the samples finds out whether they can be believed.</summary>
        public ChipState State { get; set; }

        /// <summary>The chip in words, for a log line and the Device Information service.</summary>
        public string Description
        {
            get
            {
                switch (State)
                {
                    case ChipState.Absent: return "no motion chip answers";
                    case ChipState.Unfit: return ChipIdentity.Name(Identity) + " does not keep its settings";
                    case ChipState.Frozen: return ChipIdentity.Name(Identity) + " always says the same";
                    case ChipState.Weightless: return ChipIdentity.Name(Identity) + " feels no weight";
                    default: return ChipIdentity.Name(Identity);
                }
            }
        }

        /// <summary>The samples of the last burst, from the beginning; what lies behind them is of no use.</summary>
        public byte[] Samples { get; } = new byte[SamplesPerBurst * LongRecordBytes];

        /// <summary>Whole samples that the last <see cref="Fetch"/> left in the FIFO.</summary>
        public int Waiting { get; private set; }

        /// <summary>
        /// Brings the chip from any state to a running FIFO, and reads back whether it obeyed. Takes 0.2 s, nearly all
        /// of it waiting for the chip.
        /// </summary>
        public bool BringUp()
        {
            State = ChipState.Absent;
            Identity = 0;
            if (!Find())
            {
                return false;
            }

            Identity = _answer[0];
            State = ChipState.Unfit;
            if (ChipSetup.Apply(_wire, Identity, _clock)
                && RestartFifo()
                && MeasureRecord()
                && CheckSettings() == 1
                && RestartFifo())
            {
                State = ChipState.Sound;
            }

            return State == ChipState.Sound;
        }

        /// <summary>1 if the chip still holds what <see cref="BringUp"/> wrote, 0 if not, as after a brown-out; or
        /// <see cref="NoAnswer"/> or <see cref="Broken"/>.</summary>
        public int CheckSettings()
        {
            int answer = AnswerOf(_wire.Read(ChipSetup.FirstRegister, _answer, ChipSetup.Registers), 1);
            return answer == 1 && !ChipSetup.IsKept(_answer, Identity) ? 0 : answer;
        }

        /// <summary>The temperature register, -32768 to 32767, or <see cref="Stride.Missing"/> when the chip did not
        /// answer. What a kelvin is in it: <see cref="ZeroDrift.CountsPerKelvin"/>.</summary>
        public int ReadTemperature()
        {
            return _wire.Read(MpuRegister.Temperature, _answer, TemperatureBytes) == I2cTransferStatus.FullTransfer
                ? (short)(_answer[0] << 8 | _answer[1]) : Stride.Missing;
        }

        /// <summary>
        /// Puts the chip to sleep so that it raises its INT pin at the first motion. False when it did not obey. <see
        /// cref="BringUp"/> brings it back.
        /// </summary>
        public bool WatchForMotion()
        {
            return MotionWake.Watch(_wire, ChipIdentity.Family(Identity), _answer);
        }

        /// <summary>Empties the FIFO and lets it run again, aligned to a whole sample.</summary>
        public bool RestartFifo()
        {
            return _wire.Write(MpuRegister.UserControl, 0)
                && _wire.Write(MpuRegister.FifoEnable, MpuRegister.FifoEnableMotion)
                && _wire.Write(MpuRegister.UserControl, MpuRegister.UserControlFifoReset)
                && _wire.Write(MpuRegister.UserControl, MpuRegister.UserControlFifoRuns);
        }

        /// <summary>
        /// Fetches whole samples into <see cref="Samples"/>, all but the newest and at most <see
        /// cref="SamplesPerBurst"/>; what stays behind is <see cref="Waiting"/>. Their number, or one of the answers
        /// above. Both transfers in one method, since each struct of a method is an object on the device's heap.
        /// <para>The chip writes whole records, so the bytes that wait are a multiple of them until one is lost, and
        /// never again after that. Asked twice, since a record may be just on its way in; and asked again after a
        /// burst that looks torn, before anybody sees it.</para>
        /// </summary>
        public int Fetch()
        {
            SpanByte register = new SpanByte(_register);
            _register[0] = MpuRegister.FifoCount;
            I2cTransferResult result = _device.WriteRead(register, new SpanByte(_answer, 0, CountLength));
            int waiting = AnswerOf(result.Status, _answer[0] << 8 | _answer[1]);
            if (waiting <= 0 || waiting > _mostBytes)
            {
                return waiting > 0 ? Overrun : waiting;
            }

            int count = waiting / _recordBytes;
            if (waiting != count * _recordBytes && IsMisaligned())
            {
                return Misaligned;
            }

            count -= Witness;
            Waiting = Witness + (count > SamplesPerBurst ? count - SamplesPerBurst : 0);
            count -= Waiting - Witness;
            if (count <= 0)
            {
                return 0;
            }

            byte[] samples = Samples;
            _register[0] = MpuRegister.FifoData;
            result = _device.WriteRead(register, new SpanByte(samples, 0, count * _recordBytes));
            if (result.Status != I2cTransferStatus.FullTransfer)
            {
                return AnswerOf(result.Status, count);
            }

            if (_recordBytes != SampleBytes)
            {
                DropTemperature(samples, count);
            }

            return SampleCheck.IsImplausible(samples, count) && IsMisaligned() ? Misaligned : count;
        }

        private static int AnswerOf(I2cTransferStatus status, int whenFull)
        {
            return status == I2cTransferStatus.FullTransfer ? whenFull
                : status == I2cTransferStatus.SlaveAddressNotAcknowledged ? NoAnswer
                : Broken;
        }

        // Each record moves to where the one before ends.
        private static void DropTemperature(byte[] samples, int count)
        {
            int to = ForceBytes;
            int from = ForceBytes + TemperatureBytes;
            for (int i = 1; i < count; i++)
            {
                Array.Copy(samples, from, samples, to, SampleBytes);
                to += SampleBytes;
                from += LongRecordBytes;
            }

            Array.Copy(samples, from, samples, to, SampleBytes - ForceBytes);
        }

        private static MpuWire Wire(int address)
        {
            return new MpuWire(I2cDevice.Create(new I2cConnectionSettings(Pins.MotionBus, address)));
        }

        // At the address where it was last, or at the other one: AD0 may be tied high.
        private bool Find()
        {
            if (IsAnswering())
            {
                return true;
            }

            MpuWire silent = _wire;
            _wire = _other ?? Wire(Mpu6050.SecondI2cAddress);
            _other = silent;
            _device = _wire.Device;
            return IsAnswering();
        }

        private bool IsAnswering()
        {
            return _wire.Read(MpuRegister.WhoAmI, _answer, 1) == I2cTransferStatus.FullTransfer;
        }

        private bool IsMisaligned()
        {
            int waiting = CountBytes();
            return waiting > 0 && waiting % _recordBytes != 0;
        }

        private int CountBytes()
        {
            return AnswerOf(_wire.Read(MpuRegister.FifoCount, _answer, CountLength), _answer[0] << 8 | _answer[1]);
        }

        // The first records tell how long one is: data sheets and clones differ in whether the temperature is among
        // them.
        private bool MeasureRecord()
        {
            for (int i = 0; i < MeasureTries; i++)
            {
                _clock.Sleep(MotionScale.SampleMilliseconds);
                int count = CountBytes();
                bool isLong = count % LongRecordBytes == 0;
                if (count > 0 && count < AmbiguousBytes && (isLong || count % SampleBytes == 0))
                {
                    _recordBytes = isLong ? LongRecordBytes : SampleBytes;
                    _mostBytes = isLong ? MostLongBytes : MostBytes;
                    return true;
                }
            }

            return false;
        }
    }
}
