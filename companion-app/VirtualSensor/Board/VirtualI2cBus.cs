using System.Device.I2c;
using Backstep.NanoHost;

namespace Backstep.VirtualSensor.Board;

/// <summary>
/// Two wires with the motion chip, on some boards a clock chip beside it, and what can go wrong on them. A transfer
/// takes 9 bits a byte and holds the processor that long.
/// </summary>
internal sealed class VirtualI2cBus(Wiring wiring, int chipAddress, II2cTarget target, Action<TimeSpan> hold) : II2cBus
{
    /// <summary>The driver's time-out for a bus that is held low.</summary>
    private static readonly TimeSpan StuckTimeout = TimeSpan.FromSeconds(1);

    private int _refusals;
    private int _breaks;

    /// <summary>Somebody holds the data line low.</summary>
    public bool Stuck { get; set; }

    /// <summary>Transfers so far, good and bad.</summary>
    public long Transfers { get; private set; }

    /// <summary>The next transfers find nobody.</summary>
    public void Refuse(int transfers) => _refusals = transfers;

    /// <summary>The next transfers break off in the middle.</summary>
    public void Break(int transfers) => _breaks = transfers;

    /// <inheritdoc/>
    public I2cTransferStatus Transfer(int dataPin, int clockPin, int address, I2cBusSpeed speed,
        ReadOnlySpan<byte> write, Span<byte> read, out int transferred)
    {
        Transfers++;
        transferred = 0;
        var wired = dataPin == wiring.MotionData && clockPin == wiring.MotionClock;
        if (wired && Stuck)
        {
            hold(StuckTimeout);
            return I2cTransferStatus.ClockStretchTimeout;
        }

        if (wired && address == wiring.ClockAddress)
        {
            // Only whether it answers matters here.
            read.Clear();
            transferred = write.Length + read.Length;
            hold(Duration(1 + transferred, speed));
            return I2cTransferStatus.FullTransfer;
        }

        if (!wired || address != chipAddress || !target.Answers || Take(ref _refusals))
        {
            hold(Duration(1, speed));
            return I2cTransferStatus.SlaveAddressNotAcknowledged;
        }

        var breaks = Take(ref _breaks);
        if (write.Length > 0)
        {
            // What was acknowledged before the break has been written.
            var part = breaks && read.Length == 0 ? write[..(write.Length / 2)] : write;
            hold(Duration(1 + part.Length, speed));
            target.Write(part);
            transferred += part.Length;
        }

        if (read.Length > 0)
        {
            var part = breaks ? read[..(read.Length / 2)] : read;
            target.Read(part);
            hold(Duration(1 + part.Length, speed));
            transferred += part.Length;
        }

        return breaks ? I2cTransferStatus.PartialTransfer : I2cTransferStatus.FullTransfer;
    }

    /// <summary>8 bits and the acknowledgement for each byte.</summary>
    internal static TimeSpan Duration(int bytes, I2cBusSpeed speed) => TimeSpan.FromTicks(bytes * 9 * speed switch
    {
        I2cBusSpeed.StandardMode => TimeSpan.TicksPerMicrosecond * 10,
        I2cBusSpeed.FastModePlus => TimeSpan.TicksPerMicrosecond,
        _ => TimeSpan.TicksPerMicrosecond * 5 / 2,
    });

    private static bool Take(ref int count)
    {
        if (count == 0)
        {
            return false;
        }

        count--;
        return true;
    }
}
