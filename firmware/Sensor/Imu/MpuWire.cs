using System;
using System.Device.I2c;

namespace Backstep.Sensor.Imu
{
    /// <summary>Registers of one chip on the bus. Never throws: an absent chip is a status.</summary>
    public sealed class MpuWire
    {
        private readonly byte[] _command = new byte[2];

        /// <summary>A chip at an address.</summary>
        public MpuWire(I2cDevice device)
        {
            Device = device;
        }

        /// <summary>The library's device.</summary>
        public I2cDevice Device { get; }

        /// <summary>Writes a register. True when it was acknowledged.</summary>
        public bool Write(byte register, byte value)
        {
            _command[0] = register;
            _command[1] = value;
            return Device.Write(new SpanByte(_command)).Status == I2cTransferStatus.FullTransfer;
        }

        /// <summary>Reads registers from one on.</summary>
        public I2cTransferStatus Read(byte register, byte[] destination, int length)
        {
            _command[0] = register;
            return Device.WriteRead(new SpanByte(_command, 0, 1), new SpanByte(destination, 0, length)).Status;
        }
    }
}
