using System;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>The reading side of a characteristic: the last value that the program's loop has left here. The event
    /// thread answers with it at once.</summary>
    public sealed class ReadableValue
    {
        private readonly byte[] _bytes;
        // is what is locked, too: an object for that alone would take 24 bytes, eleven times over
        private readonly Buffer _buffer;

        /// <summary>Values of at most so many bytes; empty until the first <see cref="Set"/>.</summary>
        public ReadableValue(GattLocalCharacteristic characteristic, int capacity)
        {
            _bytes = new byte[capacity];
            _buffer = new Buffer(_bytes);
            _buffer.Length = 0;
            characteristic.ReadRequested += OnReadRequested;
        }

        /// <summary>Leaves a new value: the first bytes of an array.</summary>
        public void Set(byte[] value, int length)
        {
            lock (_buffer)
            {
                Array.Copy(value, 0, _bytes, 0, length);
                _buffer.Length = (uint)length;
            }
        }

        // On the event thread, which an exception would end for ever. Without an answer the central is told by its own
        // time-out.
        private void OnReadRequested(GattLocalCharacteristic sender, GattReadRequestedEventArgs args)
        {
            try
            {
                lock (_buffer)
                {
                    args.GetRequest().RespondWithValue(_buffer);
                }
            }
            catch (OutOfMemoryException)
            {
            }
        }
    }
}
