using System.Device.I2c;
using Backstep.NanoHost;
using Backstep.Sensor.Board;
using Backstep.Sensor.Storage;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;
using nanoFramework.Hardware.Esp32;

namespace VirtualSensor.Tests;

/// <summary>A motion given by a function of time.</summary>
internal sealed class FunctionMotion(Func<double, Motion> at) : IMotionSource
{
    public static FunctionMotion AtRest { get; } = new(_ => new Motion(0, 0, 1, 0, 0, 0));

    public Motion At(double seconds) => at(seconds);
}

/// <summary>A board whose program is a test: it runs as firmware does, and the test waits until it is
/// through.</summary>
internal static class BoardBench
{
    public static readonly ChipOptions Quiet = new() { NoiseFactor = 0, AccelerometerBiasG = (0, 0, 0),
        GyroscopeBiasDps = (0, 0, 0) };

    public static VirtualDeviceOptions QuietOptions => new() { Chip = Quiet, BootTime = TimeSpan.Zero };

    /// <summary>Runs a program on a new board until it returns, and rethrows what it threw.</summary>
    public static VirtualDevice Run(Action<Wire> program, IMotionSource? motion = null,
        VirtualDeviceOptions? options = null)
    {
        var done = false;
        var device = Device(
            (clock, _) =>
            {
                program(new Wire(clock));
                done = true;
            },
            motion,
            options);
        for (var i = 0; i < 3000 && !done && device.Fault == null; i++)
        {
            device.Advance(TimeSpan.FromMilliseconds(100));
        }

        device.RethrowFault();
        Assert.True(done, "The program on the board did not end within 5 minutes.");
        return device;
    }

    /// <summary>A board with a program that is idle after its first part.</summary>
    public static VirtualDevice Device(Action<IClock, IVolume> start, IMotionSource? motion = null,
        VirtualDeviceOptions? options = null) =>
        new(motion ?? FunctionMotion.AtRest, options ?? QuietOptions, (clock, volume) =>
        {
            start(clock, volume);
            while (true)
            {
                clock.Sleep(10);
            }
        });

    public static void RethrowFault(this VirtualDevice device)
    {
        if (device.Fault is { } fault)
        {
            throw new InvalidOperationException("The program on the board failed: " + fault.Message, fault);
        }
    }
}

/// <summary>The chip at the end of the wire, as a program on the board talks to it.</summary>
internal sealed class Wire
{
    private readonly IClock _clock;

    public Wire(IClock clock)
    {
        _clock = clock;
        Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(22, DeviceFunction.I2C1_CLOCK);
        Device = new I2cDevice(new I2cConnectionSettings(1, 0x68));
        clock.Sleep(20);
    }

    public I2cDevice Device { get; }

    public void Sleep(int milliseconds) => _clock.Sleep(milliseconds);

    public I2cTransferStatus Write(byte register, params byte[] values) =>
        Device.Write(new SpanByte([register, .. values])).Status;

    public byte Read(byte register) => ReadBlock(register, 1)[0];

    public byte[] ReadBlock(byte register, int length)
    {
        var bytes = new byte[length];
        var result = Device.WriteRead(new SpanByte([register]), new SpanByte(bytes));
        return result.Status == I2cTransferStatus.FullTransfer ? bytes
            : throw new InvalidOperationException("transfer: " + result.Status);
    }

    /// <summary>Accelerometer and gyroscope, raw.</summary>
    public short[] ReadMotion()
    {
        var b = ReadBlock(0x3B, 14);
        return [Word(b, 0), Word(b, 2), Word(b, 4), Word(b, 8), Word(b, 10), Word(b, 12)];
    }

    public int FifoCount()
    {
        var b = ReadBlock(0x72, 2);
        return (b[0] << 8) | b[1];
    }

    public static short Word(byte[] bytes, int at) => (short)((bytes[at] << 8) | bytes[at + 1]);

    /// <summary>Awake, 1 kHz, filter 44 Hz, 16 g, 2000 deg/s, 100 Hz, FIFO with acceleration and rate.</summary>
    public void StartFifo(byte divider = 9)
    {
        Write(0x6B, 0x01);
        Write(0x19, divider, 0x03, 0x18, 0x18);
        Write(0x23, 0x78);
        Write(0x6A, 0x04);
        Write(0x6A, 0x40);
    }
}
