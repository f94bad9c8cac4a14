using System;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// The written side of a characteristic. The event thread checks a write, puts it here and answers at once; the
    /// program's loop takes it out and does the work.
    /// </summary>
    public sealed class Inbox
    {
        private readonly object _lock = new object();
        private readonly IWriteGuard _guard;
        private readonly byte[][] _values;
        private readonly byte _errorWhenFull;
        private int _first;
        private int _count;

        /// <summary>Room for so many writes; one too many is refused with an ATT error.</summary>
        public Inbox(GattLocalCharacteristic characteristic, int capacity, byte errorWhenFull, IWriteGuard guard)
        {
            _values = new byte[capacity][];
            _errorWhenFull = errorWhenFull;
            _guard = guard;
            characteristic.WriteRequested += OnWriteRequested;
        }

        /// <summary>Whether nothing waits.</summary>
        public bool IsEmpty
        {
            get { return _count == 0; }
        }

        /// <summary>The oldest write that waits, left in place until <see cref="Drop"/>; null when there is
        /// none.</summary>
        public byte[] Peek()
        {
            // Asked ten times a second, nearly always in vain: without the lock. What comes at this very moment is
            // found the next time.
            if (_count == 0)
            {
                return null;
            }

            lock (_lock)
            {
                return _count == 0 ? null : _values[_first];
            }
        }

        /// <summary>Lets go of the oldest write: it has been dealt with.</summary>
        public void Drop()
        {
            lock (_lock)
            {
                if (_count > 0)
                {
                    _values[_first] = null;
                    _first = _first + 1 == _values.Length ? 0 : _first + 1;
                    _count--;
                }
            }
        }

        /// <summary>Forgets all writes: who asked is gone.</summary>
        public void Clear()
        {
            while (Peek() != null)
            {
                Drop();
            }
        }

        // On the event thread, which an exception would end for ever. A write that there is no memory for is refused.
        private void OnWriteRequested(GattLocalCharacteristic sender, GattWriteRequestedEventArgs args)
        {
            GattWriteRequest request = null;
            try
            {
                request = args.GetRequest();
                byte error = Take(request);
                if (error == 0)
                {
                    request.Respond();
                }
                else
                {
                    request.RespondWithProtocolError(error);
                }
            }
            catch (OutOfMemoryException)
            {
                Refuse(request);
            }
        }

        private static void Refuse(GattWriteRequest request)
        {
            try
            {
                if (request != null)
                {
                    request.RespondWithProtocolError(GattProtocolError.InsufficientResources);
                }
            }
            catch (OutOfMemoryException)
            {
                // The central is told by its own time-out.
            }
        }

        private byte Take(GattWriteRequest request)
        {
            byte[] value = new byte[request.Value.Length];
            if (value.Length > 0)
            {
                DataReader.FromBuffer(request.Value).ReadBytes(value);
            }

            byte error = _guard.Check(value);
            return error == 0 && !TryAdd(value) ? _errorWhenFull : error;
        }

        private bool TryAdd(byte[] value)
        {
            lock (_lock)
            {
                if (_count == _values.Length)
                {
                    return false;
                }

                int at = _first + _count;
                _values[at < _values.Length ? at : at - _values.Length] = value;
                _count++;
                return true;
            }
        }
    }
}
