// A host that lies, in the real namespaces: each lie below is one that the check of NanoHost must find. What is right
// must pass.
namespace System.Device.I2c
{
    /// <summary>Not sealed; an invented constant; a setter and a default value too many.</summary>
    public class I2cConnectionSettings
    {
        public const int NotReal = 3;
        public I2cConnectionSettings(int busId, int deviceAddress) { BusId = busId; DeviceAddress = deviceAddress; }
        public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed = I2cBusSpeed.StandardMode) { }
        public int BusId { get; }
        public int DeviceAddress { get; set; }
        internal int Hidden { get; set; }
    }

    /// <summary>Wrong value of one member.</summary>
    public enum I2cBusSpeed
    {
        StandardMode = 0,
        FastMode = 7,
        Turbo = 2,
    }

    /// <summary>Wrong underlying type.</summary>
    public enum I2cTransferStatus : byte
    {
        UnknownError = 0,
    }

    /// <summary>Wrong signatures.</summary>
    public class I2cDevice : IDisposable
    {
        public I2cDevice(I2cConnectionSettings settings) { }
        public static I2cDevice Create(I2cConnectionSettings settings) { return null; }
        public I2cTransferResult Read(byte[] buffer) { return default; }
        public int WriteByte(byte value) { return 0; }
        public I2cTransferResult Write(SpanByte data) { return default; }
        public void Dispose() { }
        protected virtual void Dispose(bool disposing) { }
    }

    /// <summary>Wrong kind.</summary>
    public sealed class I2cTransferResult
    {
        private I2cTransferResult() { }
    }

    /// <summary>No such type at all.</summary>
    public sealed class I2cTurbo
    {
        private I2cTurbo() { }
    }
}

namespace System.Device.Gpio
{
    /// <summary>Right: values, flags and all.</summary>
    [Flags]
    public enum PinEventTypes
    {
        None = 0,
        Rising = 1,
        Falling = 2,
    }

    /// <summary>Wrong parameter.</summary>
    public delegate void PinValueChangedEventHandler(object sender, EventArgs e);

    /// <summary>Not sealed, and a method where there is a property.</summary>
    public class GpioController
    {
        public GpioController() { }
        public int PinCount() { return 0; }
    }
}

namespace System
{
    /// <summary>Stands in for the real one.</summary>
    public readonly struct SpanByte
    {
    }
}

namespace System.Device.Adc
{
    /// <summary>Without the base class that the real one has.</summary>
    public class AdcChannel
    {
        internal AdcChannel() { }
    }
}
