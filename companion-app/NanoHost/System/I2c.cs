using Backstep.NanoHost;
using nanoFramework.Hardware.Esp32;

namespace System.Device.I2c;

/// <summary>Bus speed.</summary>
public enum I2cBusSpeed
{
    /// <summary>100 kHz.</summary>
    StandardMode = 0,

    /// <summary>400 kHz.</summary>
    FastMode = 1,

    /// <summary>1 MHz.</summary>
    FastModePlus = 2,
}

/// <summary>How a transfer ended.</summary>
public enum I2cTransferStatus
{
    /// <summary>Unknown.</summary>
    UnknownError = 0,

    /// <summary>All bytes.</summary>
    FullTransfer = 1,

    /// <summary>The bus was held low too long.</summary>
    ClockStretchTimeout = 2,

    /// <summary>Some bytes. (The ESP32's driver never says so; other targets do.)</summary>
    PartialTransfer = 3,

    /// <summary>Nobody answered at this address.</summary>
    SlaveAddressNotAcknowledged = 4,
}

/// <summary>Bus, address and speed.</summary>
public sealed class I2cConnectionSettings
{
    /// <summary>At 400 kHz.</summary>
    public I2cConnectionSettings(int busId, int deviceAddress)
        : this(busId, deviceAddress, I2cBusSpeed.FastMode)
    {
    }

    /// <summary>At a given speed.</summary>
    public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed)
    {
        BusId = busId;
        DeviceAddress = deviceAddress;
        BusSpeed = busSpeed;
    }

    /// <summary>1 or 2.</summary>
    public int BusId { get; }

    /// <summary>7 bits.</summary>
    public int DeviceAddress { get; }

    /// <summary>Speed.</summary>
    public I2cBusSpeed BusSpeed { get; }
}

/// <summary>What came of a transfer.</summary>
public struct I2cTransferResult
{
    /// <summary>Bytes written and read.</summary>
    public uint BytesTransferred { get; internal set; }

    /// <summary>How it ended.</summary>
    public I2cTransferStatus Status { get; internal set; }
}

/// <summary>A device on the bus. A bus fault is a status, never an exception: an absent device reads as zeros unless
/// the status is checked.</summary>
public class I2cDevice : IDisposable
{
    private readonly Machine _machine;
    private readonly int _dataPin;
    private readonly int _clockPin;
    private bool _disposed;

    /// <summary>Opens the device on the pins that the bus has now: set their function before.</summary>
    /// <exception cref="ArgumentException">No such bus.</exception>
    /// <exception cref="InvalidOperationException">A pin of the bus is open as GPIO.</exception>
    public I2cDevice(I2cConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.BusId is not (1 or 2))
        {
            throw new ArgumentException("An ESP32 has the I2C buses 1 and 2.", nameof(settings));
        }

        ConnectionSettings = settings;
        _machine = Machine.Current;
        _dataPin = _machine.PinMap.Get(settings.BusId == 1 ? DeviceFunction.I2C1_DATA : DeviceFunction.I2C2_DATA);
        _clockPin = _machine.PinMap.Get(settings.BusId == 1 ? DeviceFunction.I2C1_CLOCK : DeviceFunction.I2C2_CLOCK);
        if (_machine.OpenPins.ContainsKey(_dataPin) || _machine.OpenPins.ContainsKey(_clockPin))
        {
            throw new InvalidOperationException("A pin of this I2C bus is open as GPIO.");
        }
    }

    /// <summary>The settings.</summary>
    public I2cConnectionSettings ConnectionSettings { get; }

    /// <summary>Same as the constructor.</summary>
    public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

    /// <summary>Reads one byte; 0 when the transfer failed, which cannot be told apart.</summary>
    public byte ReadByte()
    {
        var one = new byte[1];
        Transfer(default, one);
        return one[0];
    }

    /// <summary>Reads.</summary>
    public I2cTransferResult Read(SpanByte buffer) => Transfer(default, buffer);

    /// <summary>Writes one byte.</summary>
    public I2cTransferResult WriteByte(byte value) => Transfer(new[] { value }, default);

    /// <summary>Writes.</summary>
    public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer, default);

    /// <summary>Writes, then reads after a repeated start.</summary>
    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) => Transfer(writeBuffer, readBuffer);

    /// <summary>Closes the device.</summary>
    public void Dispose()
    {
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    private I2cTransferResult Transfer(SpanByte write, SpanByte read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var status = _machine.I2c.Transfer(
            _dataPin, _clockPin, ConnectionSettings.DeviceAddress, ConnectionSettings.BusSpeed, write.AsSpan(),
            read.AsSpan(), out var transferred);
        return new I2cTransferResult { Status = status, BytesTransferred = (uint)transferred };
    }
}
