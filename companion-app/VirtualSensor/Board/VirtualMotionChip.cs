using Backstep.VirtualSensor.Walker;

namespace Backstep.VirtualSensor.Board;

/// <summary>
/// A motion chip as its register file: what the bus sees. Inside it samples the motion at 1 kHz, adds noise and bias,
/// filters, clips, rounds, and fills data registers and FIFO at the sample rate. Registers and their numbers:
/// RM-MPU-6000A-00 revision 4.2; what other families have otherwise is in <see cref="ChipModel"/>. The chip catches up
/// with time whenever it is asked something, on a grid of its own that does not depend on when it is asked.
/// </summary>
public sealed class VirtualMotionChip : II2cTarget
{
    /// <summary>WHO_AM_I of an MPU-6050.</summary>
    public const byte Mpu6050Identity = 0x68;

    /// <summary>WHO_AM_I of an MPU-6500.</summary>
    public const byte Mpu6500Identity = 0x70;

    /// <summary>Interrupt bits of 0x38 and 0x3A.</summary>
    private const byte DataReady = 0x01, FifoOverflow = 0x10, Motion = 0x40, MotionXyz = 0xE0;

    /// <summary>
    /// Noise density of the data sheet (PS-MPU-6000A-00 rev 3.4, sections 6.1 and 6.2): 400 ug/rtHz, 0.005 deg/s/rtHz;
    /// white up to the 500 Hz that 1 kHz can hold.
    /// </summary>
    private static readonly double AccelerometerNoiseG = 400e-6 * Math.Sqrt(500),
        GyroscopeNoiseDps = 0.005 * Math.Sqrt(500);

    /// <summary>Time from power to the first acknowledgement (section 6.3: 11 ms typical).</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(11);

    /// <summary>A pulse on an interrupt line that is not latched.</summary>
    private static readonly TimeSpan PulseLength = TimeSpan.FromMicroseconds(50);

    // At which the data sheet specifies the zero.
    private const double SpecifiedCelsius = 25;

    private readonly IMotionSource _source;
    private readonly ChipOptions _options;
    private readonly ChipModel _model;
    private readonly Func<TimeSpan> _clock;
    private readonly GaussianNoise _noise;
    private readonly double[] _bias;
    private readonly byte[] _registers = new byte[128];
    private readonly MotionFifo _fifo = new();
    private readonly MotionDetector _detector = new();
    private readonly DigitalLowPass?[] _filters = new DigitalLowPass?[6];
    private byte _pointer;
    private byte _countLow;
    private bool _powered;
    private TimeSpan _poweredAt;
    private TimeSpan _pulseAt = TimeSpan.MinValue;
    private int _dropInBurst;

    // Ticks of the chip's own clock: when it last started, and what is next on its two grids.
    private TimeSpan _gridStart;
    private long _millisecond;
    private long _output;

    internal VirtualMotionChip(
        IMotionSource source, ChipOptions options, int seed, Func<TimeSpan> clock, Wiring wiring, Action<TimeSpan> hold)
    {
        _source = source;
        _options = options;
        _model = ChipModel.Of(options.WhoAmI);
        _clock = clock;
        _noise = new GaussianNoise(seed);
        var acceleration = options.AccelerometerBiasG ?? (_noise.Next(0.015), _noise.Next(0.015), _noise.Next(0.015));
        var rate = options.GyroscopeBiasDps ?? (_noise.Next(1.5), _noise.Next(1.5), _noise.Next(1.5));
        _bias = [acceleration.X, acceleration.Y, acceleration.Z, rate.X, rate.Y, rate.Z];
        Bus = new VirtualI2cBus(wiring, options.Address, this, hold);
    }

    /// <summary>The board hangs on its wires.</summary>
    public bool IsPluggedIn { get; private set; } = true;

    /// <summary>The bus is held low, until set back: every transfer takes its time-out of 1 s.</summary>
    public bool BusStuck
    {
        get => Bus.Stuck;
        set => Bus.Stuck = value;
    }

    /// <summary>Bytes that the FIFO has lost since it was powered.</summary>
    public long FifoBytesLost => _fifo.Lost;

    /// <summary>Transfers so far.</summary>
    public long Transfers => Bus.Transfers;

    /// <summary>Level of the INT pin.</summary>
    public bool InterruptPin
    {
        get
        {
            CatchUp();
            var pending = (_registers[0x3A] & _registers[0x38]) != 0;
            var latched = (_registers[0x37] & 0x20) != 0;
            var active = _powered && pending && (latched || _clock() - _pulseAt < PulseLength);
            var activeLow = (_registers[0x37] & 0x80) != 0;
            return _powered && active != activeLow;
        }
    }

    bool II2cTarget.Answers => _powered && _clock() - _poweredAt >= StartUp;

    internal VirtualI2cBus Bus { get; }

    private bool Awake => _powered && (_registers[0x6B] & 0x40) == 0;

    /// <summary>Only the accelerometer, a few times a second (CYCLE without SLEEP).</summary>
    private bool Cycling => (_registers[0x6B] & 0x60) == 0x20;

    private int FilterNumber => _registers[0x1A] & 7;

    /// <summary>
    /// Units of 125 us from output to output: the gyro's rate is 8 kHz without the filter, 1 kHz with it, divided by 1
    /// + SMPLRT_DIV; or the cycle's.
    /// </summary>
    private long OutputUnits => Cycling
        ? (_registers[0x6C] >> 6) switch { 0 => 6400, 1 => 1600, 2 => 400, _ => 200 }
        : (FilterNumber is 0 or 7 ? 1 : 8) * (1 + _registers[0x19]);

    /// <summary>The next transfers are not acknowledged.</summary>
    public void NakNext(int transfers) => Bus.Refuse(transfers);

    /// <summary>The next transfers break off in the middle.</summary>
    public void BreakNext(int transfers) => Bus.Break(transfers);

    /// <summary>The chip goes on filling its FIFO, but its values stand still.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The chip goes on filling its FIFO, with zeros.</summary>
    public bool IsZeroed { get; set; }

    /// <summary>
    /// Bytes leave the FIFO that nobody has asked for: a glitch on the clock line between two transfers.
    /// </summary>
    public void LoseFifoBytes(int bytes)
    {
        CatchUp();
        _fifo.Drop(bytes);
    }

    /// <summary>
    /// The same, but in the middle of the next burst: its second half is what comes later in the FIFO.
    /// </summary>
    public void LoseFifoBytesInBurst(int bytes) => _dropInBurst = bytes;

    /// <summary>The board comes off its wires.</summary>
    public void Unplug()
    {
        IsPluggedIn = false;
        PowerOff();
    }

    /// <summary>The board is back, with its registers as after power-up.</summary>
    public void Replug()
    {
        IsPluggedIn = true;
        PowerOn();
    }

    /// <summary>The supply dips so far that the chip resets, but the processor does not.</summary>
    public void BrownOut() => PowerOn();

    /// <summary>A register as it is, without a transfer: for tests.</summary>
    public byte Peek(byte register)
    {
        CatchUp();
        return register switch
        {
            0x72 => (byte)(_fifo.Count >> 8),
            0x73 => (byte)_fifo.Count,
            _ => _registers[register & 0x7F],
        };
    }

    /// <summary>A register becomes something that nobody has written: for tests.</summary>
    public void Poke(byte register, byte value)
    {
        CatchUp();
        _registers[register & 0x7F] = value;
    }

    internal void PowerOn()
    {
        if (IsPluggedIn)
        {
            _powered = true;
            _poweredAt = _clock();
            Reset();
        }
    }

    internal void PowerOff()
    {
        CatchUp();
        _powered = false;
    }

    void II2cTarget.Write(ReadOnlySpan<byte> bytes)
    {
        CatchUp();
        _pointer = (byte)(bytes[0] & 0x7F);
        foreach (var value in bytes[1..])
        {
            WriteRegister(_pointer, value);
            Advance();
        }
    }

    void II2cTarget.Read(Span<byte> bytes)
    {
        CatchUp();
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_dropInBurst > 0 && _pointer == 0x74 && i == bytes.Length / 2)
            {
                _fifo.Drop(_dropInBurst);
                _dropInBurst = 0;
            }

            bytes[i] = ReadRegister(_pointer);
            Advance();
        }
    }

    // A burst walks through the registers, but stays at the FIFO.
    private void Advance()
    {
        if (_pointer != 0x74)
        {
            _pointer = (byte)((_pointer + 1) & 0x7F);
        }
    }

    private byte ReadRegister(byte register)
    {
        if ((_registers[0x37] & 0x10) != 0 && register != 0x3A)
        {
            _registers[0x3A] = 0; // INT_RD_CLEAR: any read clears
        }

        switch (register)
        {
            case 0x3A:
                var status = _registers[0x3A];
                _registers[0x3A] = 0;
                return status;
            case 0x72:
                _countLow = (byte)_fifo.Count; // reading the high byte latches both
                return (byte)(_fifo.Count >> 8);
            case 0x73: return _countLow;
            case 0x74: return _fifo.Take();
            default: return _registers[register];
        }
    }

    private void WriteRegister(byte register, byte value)
    {
        if (register == _options.ForgetfulRegister)
        {
            return;
        }

        switch (register)
        {
            case 0x6B when (value & 0x80) != 0:
                Reset();
                return;
            case 0x6B:
                var slept = !Awake;
                _registers[0x6B] = value;
                if (slept && Awake)
                {
                    StartGrid();
                }

                return;
            case 0x6A:
                _registers[0x6A] = (byte)(value & 0xF8); // the three reset bits clear themselves
                if ((value & 0x44) == 0x04)
                {
                    _fifo.Clear(); // heeded only while the FIFO is disabled
                }

                return;
            case 0x74:
                _fifo.Put(value);
                return;
            case 0x1A:
                _registers[0x1A] = value;
                ChooseFilters();
                return;
            case 0x1D when _model.HasOwnFilter:
                _registers[0x1D] = value;
                _fifo.Resize(_model.FifoBytes(value));
                ChooseFilters();
                return;
            case 0x1C:
                _registers[0x1C] = value;
                _detector.Reset();
                return;
            case 0x3A or 0x72 or 0x73 or 0x75 or (>= 0x3B and <= 0x60):
                return; // read only
            default:
                _registers[register] = value;
                return;
        }
    }

    // Registers are 0 out of reset except these.
    private void Reset()
    {
        Array.Clear(_registers);
        _registers[0x1A] = _model.ResetConfig;
        _registers[0x6B] = _model.ResetPower;
        _registers[0x75] = _options.WhoAmI;
        _fifo.Resize(_model.FifoBytes(0));
        _detector.Reset();
        Array.Clear(_filters);
        _pulseAt = TimeSpan.MinValue;
        StartGrid();
    }

    private void StartGrid()
    {
        _gridStart = _clock();
        _millisecond = 1;
        _output = OutputUnits;
        ChooseFilters();
    }

    private void ChooseFilters()
    {
        for (var axis = 0; axis < 6; axis++)
        {
            _filters[axis] = _filters[axis] is { } old ? Filter(axis, old.Output) : null;
        }

        // The output grid follows at the next sample of the new rate.
        _output = Math.Min(_output, (_millisecond * 8) + OutputUnits);
    }

    /// <summary>Time of a unit of 125 us on the chip's clock.</summary>
    private TimeSpan GridTime(long units) =>
        _gridStart + TimeSpan.FromTicks((long)Math.Round(units * 1250 / (1 + _options.ClockError)));

    private void CatchUp()
    {
        var now = _clock();
        while (Awake)
        {
            var sampleIsNext = _millisecond * 8 <= _output;
            var time = GridTime(sampleIsNext ? _millisecond * 8 : _output);
            if (time > now)
            {
                return;
            }

            if (sampleIsNext)
            {
                Sample(time);
                _millisecond++;
            }
            else
            {
                Output(time);
                _output += OutputUnits;
            }
        }
    }

    private void Sample(TimeSpan time)
    {
        var motion = _source.At(time.TotalSeconds);
        double kelvin = CelsiusAt(time) - SpecifiedCelsius;
        var (x, y, z) = _options.ZeroGPerKelvin;
        ReadOnlySpan<double> values = [motion.AxG + (x * kelvin), motion.AyG + (y * kelvin), motion.AzG + (z * kelvin),
            motion.GxDps, motion.GyDps, motion.GzDps];
        for (var i = 0; i < 6; i++)
        {
            var noise = _options.NoiseFactor > 0
                ? _noise.Next((i < 3 ? AccelerometerNoiseG : GyroscopeNoiseDps) * _options.NoiseFactor) : 0;
            var value = values[i] + _bias[i] + noise;
            (_filters[i] ??= Filter(i, value)).Next(value);
        }

        // The later families have their own motion logic (0x69), 4 mg a count, which compares each sample with the one
        // before, some four times a second while they cycle: taken here for the slowest high-pass. An MPU-6886 has a
        // threshold and an interrupt bit for each axis; this program sets them alike.
        var (highPass, threshold, duration) = _model.Kind switch
        {
            ChipKind.Mpu6050 => (_registers[0x1C] & 7, _registers[0x1F], _registers[0x20]),
            ChipKind.Mpu6500 => (4, (byte)(_registers[0x69] >= 0xC0 ? _registers[0x1F] / 8 : 0), (byte)0),
            _ => (4, (byte)(_registers[0x69] >= 0xC0 ? _registers[0x20] / 8 : 0), (byte)0),
        };
        (x, y, z) = (_filters[0]!.Output, _filters[1]!.Output, _filters[2]!.Output);
        if (_detector.Next(x, y, z, highPass, threshold, duration))
        {
            Raise(_model.Kind == ChipKind.Mpu6886 ? MotionXyz : Motion, time);
        }
    }

    private DigitalLowPass Filter(int axis, double start)
    {
        var table = axis < 3 ? _model.Accelerometer : _model.Gyroscope;
        var (hertz, milliseconds) = table[_model.HasOwnFilter && axis < 3 ? _registers[0x1D] & 7 : FilterNumber];
        return new DigitalLowPass(hertz, milliseconds, start);
    }

    private double CelsiusAt(TimeSpan time) => _options.TemperatureCelsius
        + (_options.WarmingKelvinPerMinute * time.TotalMinutes);

    private void Output(TimeSpan time)
    {
        for (var i = 0; i < 6; i++)
        {
            // An axis in standby (PWR_MGMT_2) gives 0, and so does the gyro in cycle mode.
            var standby = (_registers[0x6C] & (0x20 >> i)) != 0 || (Cycling && i >= 3);
            var countsPerUnit = i < 3 ? 16384 >> (_registers[0x1C] >> 3 & 3)
                : 32768.0 / (250 << (_registers[0x1B] >> 3 & 3));
            if (!IsFrozen)
            {
                var value = standby || IsZeroed ? 0 : _filters[i]?.Output ?? 0;
                Store(i < 3 ? 0x3B + (2 * i) : 0x43 + (2 * (i - 3)), value * countsPerUnit);
            }
        }

        Store(0x41, (CelsiusAt(time) - _model.ZeroCelsius) * _model.CountsPerKelvin);
        Raise(DataReady, time);
        if ((_registers[0x6A] & 0x40) != 0 && !Cycling)
        {
            FillFifo(time);
        }
    }

    // In the order of the registers, whatever the order of the bits in FIFO_EN.
    private void FillFifo(TimeSpan time)
    {
        var enabled = _registers[0x23];
        var lost = false;
        for (var register = 0x3B; register <= 0x48; register++)
        {
            if ((enabled & _model.FifoBits(register)) != 0)
            {
                lost |= _fifo.Put(_registers[register]);
            }
        }

        if (lost)
        {
            Raise(FifoOverflow, time);
        }
    }

    private void Store(int register, double counts)
    {
        var value = (short)Math.Clamp(Math.Round(counts), short.MinValue, short.MaxValue);
        _registers[register] = (byte)(value >> 8);
        _registers[register + 1] = (byte)value;
    }

    private void Raise(byte bit, TimeSpan time)
    {
        _registers[0x3A] |= bit;
        if ((_registers[0x38] & bit) != 0)
        {
            _pulseAt = time;
        }
    }
}
