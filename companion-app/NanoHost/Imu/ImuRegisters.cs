using System.Buffers.Binary;
using System.Device.I2c;
using System.Numerics;
using Backstep.NanoHost;

namespace Iot.Device.Imu;

/// <summary>What the two bindings share. Like them it never looks at the status of a transfer.</summary>
internal sealed class ImuRegisters : IDisposable
{
    private const float StandardGravity = 9.807f;
    private const float Counts = 0x8000;
    private static readonly float[] AccelerometerFullScaleG = [2, 4, 8, 16];
    private static readonly float[] GyroscopeFullScaleDps = [250, 500, 1000, 2000];
    private readonly I2cDevice _device;

    public ImuRegisters(I2cDevice device, byte whoAmI, string name)
    {
        ArgumentNullException.ThrowIfNull(device);
        _device = device;
        Write(0x6B, 0x80);
        Machine.Current.Time.Sleep(TimeSpan.FromMilliseconds(100));
        Write(0x6B, 0x01);
        Machine.Current.Time.Sleep(TimeSpan.FromMilliseconds(100));
        if (Read(0x75) != whoAmI)
        {
            throw new IOException($"This device does not contain the correct signature 0x{whoAmI:X2} for a {name}");
        }

        SetGyroscopeBandwidth(GyroscopeBandwidth.Bandwidth0250Hz);
        SetGyroscopeRange(GyroscopeRange.Range0250Dps);
        SetAccelerometerBandwidth(AccelerometerBandwidth.Bandwidth1130Hz);
        SetAccelerometerRange(AccelerometerRange.Range02G);
    }

    public AccelerometerRange AccelerometerRange { get; private set; }

    public AccelerometerBandwidth AccelerometerBandwidth { get; private set; }

    public GyroscopeRange GyroscopeRange { get; private set; }

    public GyroscopeBandwidth GyroscopeBandwidth { get; private set; }

    public float AccelerationScale =>
        FullScale(AccelerometerFullScaleG, (int)AccelerometerRange) * StandardGravity / Counts / (1 + Read(0x19));

    public float GyroscopeScale => FullScale(GyroscopeFullScaleDps, (int)GyroscopeRange) / Counts
        / (GyroscopeBandwidth is GyroscopeBandwidth.Bandwidth3600HzFS32 or GyroscopeBandwidth.Bandwidth8800HzFS32 ? 1
            : 1 + Read(0x19));

    public uint FifoCount
    {
        get
        {
            var bytes = new byte[2];
            ReadBlock(0x72, bytes);
            return BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }
    }

    public void SetAccelerometerRange(AccelerometerRange value)
    {
        Write(0x1C, (byte)((int)value << 3));
        AccelerometerRange = (AccelerometerRange)(Read(0x1C) >> 3);
        Check(AccelerometerRange == value, nameof(AccelerometerRange));
    }

    public void SetAccelerometerBandwidth(AccelerometerBandwidth value)
    {
        Write(0x1D, (byte)value);
        AccelerometerBandwidth = (AccelerometerBandwidth)Read(0x1D);
        Check(AccelerometerBandwidth == value, nameof(AccelerometerBandwidth));
    }

    public void SetGyroscopeRange(GyroscopeRange value)
    {
        Write(0x1B, (byte)((int)value << 3));
        GyroscopeRange = (GyroscopeRange)(Read(0x1B) >> 3);
        Check(GyroscopeRange == value, nameof(GyroscopeRange));
    }

    // The range is written without its shift by 3: the flaw of the real binding, kept on purpose.
    public void SetGyroscopeBandwidth(GyroscopeBandwidth value)
    {
        switch (value)
        {
            case GyroscopeBandwidth.Bandwidth8800HzFS32: Write(0x1B, (byte)((int)GyroscopeRange | 1)); break;
            case GyroscopeBandwidth.Bandwidth3600HzFS32: Write(0x1B, (byte)((int)GyroscopeRange | 2)); break;
            default:
                Write(0x1B, (byte)GyroscopeRange);
                Write(0x1A, (byte)value);
                break;
        }

        GyroscopeBandwidth = (Read(0x1B) & 3) switch
        {
            0 => (GyroscopeBandwidth)Read(0x1A),
            2 => GyroscopeBandwidth.Bandwidth3600HzFS32,
            _ => GyroscopeBandwidth.Bandwidth8800HzFS32,
        };
        Check(GyroscopeBandwidth == value, nameof(GyroscopeBandwidth));
    }

    // FIFO_RESET (0x04) where FIFO_EN (0x40) was meant: the flaw of the real binding, kept on purpose.
    public void SetFifoModes(FifoModes value)
    {
        var control = Read(0x6A);
        Write(0x6A, (byte)(value == FifoModes.None ? control & ~0x04 : control | 0x04));
        Write(0x23, (byte)value);
    }

    public Vector3 ReadVector(byte register)
    {
        var bytes = new byte[6];
        ReadBlock(register, bytes);
        return new Vector3(
            BinaryPrimitives.ReadInt16BigEndian(bytes), BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(2)),
            BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(4)));
    }

    public void Write(byte register, byte value) => _device.Write(new[] { register, value });

    public byte Read(byte register)
    {
        _device.WriteByte(register);
        return _device.ReadByte();
    }

    public void ReadBlock(byte register, SpanByte bytes)
    {
        _device.WriteByte(register);
        _device.Read(bytes);
    }

    public void Dispose() => _device.Dispose();

    private static float FullScale(float[] values, int index) => index < values.Length ? values[index] : 0;

    private static void Check(bool kept, string name)
    {
        if (!kept)
        {
            throw new IOException($"Can set {name}: the chip stored another value");
        }
    }
}
