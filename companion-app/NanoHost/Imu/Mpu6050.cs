using System.Device.I2c;
using System.Numerics;

namespace Iot.Device.Imu;

/// <summary>
/// The binding for an MPU-6050, with its real behaviour and its real flaws, seen from the bus: the same registers in
/// the same order. Good for bringing the chip up and setting the ranges; its getters, FIFO and calibration are not fit
/// for use (see each member).
/// </summary>
public class Mpu6050 : IDisposable
{
    /// <summary>AD0 low.</summary>
    public const byte DefaultI2cAddress = 0x68;

    /// <summary>AD0 high.</summary>
    public const byte SecondI2cAddress = 0x69;

    private readonly ImuRegisters _registers;

    /// <summary>Resets the chip, wakes it, checks WHO_AM_I and sets 250 deg/s, 2 g and the widest filter. Takes 200
    /// ms.</summary>
    /// <exception cref="IOException">WHO_AM_I is not 0x68, or a register did not keep what was written. Also when
    /// nobody is on the bus: bus faults are not checked.</exception>
    public Mpu6050(I2cDevice i2cDevice) => _registers = new ImuRegisters(i2cDevice, 0x68, "MPU6050");

    /// <summary>Full scale. Throws IOException when the chip does not keep it.</summary>
    public AccelerometerRange AccelerometerRange
    {
        get => _registers.AccelerometerRange;
        set => _registers.SetAccelerometerRange(value);
    }

    /// <summary>Writes 0x1D, which an MPU-6050 does not use.</summary>
    public AccelerometerBandwidth AccelerometerBandwidth
    {
        get => _registers.AccelerometerBandwidth;
        set => _registers.SetAccelerometerBandwidth(value);
    }

    /// <summary>m/s² per count, divided by (1 + SampleRateDivider): wrong unless that is 0. Each call reads the
    /// bus.</summary>
    public float AccelerationScale => _registers.AccelerationScale;

    /// <summary>Full scale. Throws IOException when the chip does not keep it.</summary>
    public GyroscopeRange GyroscopeRange
    {
        get => _registers.GyroscopeRange;
        set => _registers.SetGyroscopeRange(value);
    }

    /// <summary>Writes the range bits unshifted: after any GyroscopeRange other than 250 deg/s it spoils them and
    /// throws IOException. Write 0x1A directly instead.</summary>
    public GyroscopeBandwidth GyroscopeBandwidth
    {
        get => _registers.GyroscopeBandwidth;
        set => _registers.SetGyroscopeBandwidth(value);
    }

    /// <summary>deg/s per count, divided by (1 + SampleRateDivider): wrong unless that is 0.</summary>
    public float GyroscopeScale => _registers.GyroscopeScale;

    /// <summary>Register 0x19.</summary>
    public byte SampleRateDivider
    {
        get => _registers.Read(0x19);
        set => _registers.Write(0x19, value);
    }

    /// <summary>Register 0x6C.</summary>
    public DisableModes DisableModes
    {
        get => (DisableModes)_registers.Read(0x6C);
        set => _registers.Write(0x6C, (byte)value);
    }

    /// <summary>Bytes in the FIFO.</summary>
    public uint FifoCount => _registers.FifoCount;

    /// <summary>Sets what goes to the FIFO but never enables it (it sets FIFO_RESET in 0x6A): the FIFO stays
    /// empty.</summary>
    public FifoModes FifoModes
    {
        get => (FifoModes)_registers.Read(0x23);
        set => _registers.SetFifoModes(value);
    }

    /// <summary>m/s², scaled by the wrong <see cref="AccelerationScale"/>.</summary>
    public Vector3 GetAccelerometer() => _registers.ReadVector(0x3B) * AccelerationScale;

    /// <summary>deg/s, scaled by the wrong <see cref="GyroscopeScale"/>.</summary>
    public Vector3 GetGyroscopeReading() => _registers.ReadVector(0x43) * GyroscopeScale;

    /// <summary>Reads FIFO_R_W in one burst.</summary>
    public void ReadFifo(SpanByte readData) => _registers.ReadBlock(0x74, readData);

    /// <summary>Disposes the I2C device.</summary>
    public void Dispose()
    {
        _registers.Dispose();
        GC.SuppressFinalize(this);
    }
}
