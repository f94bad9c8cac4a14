namespace Backstep.Protocol
{
    /// <summary>Which strides the sensor holds. Immutable. Part of a Control reply and of a Log begin marker. See
    /// README.md, "Log".</summary>
    public sealed class LogRange
    {
        // Offsets within the range.
        private const int RunAt = 0; // u16
        private const int FirstAt = 2; // u32
        private const int LastAt = 6; // u32
        private const int FlashAt = 10; // u32, if there is one

        /// <summary>Length in bytes without the flash's identity, as earlier firmware tells it.</summary>
        internal const int ShortLength = 10;

        /// <summary>Length in bytes with it.</summary>
        internal const int LongLength = 14;

        /// <summary>The same without the flash's identity.</summary>
        public LogRange(int run, uint firstSequence, uint lastSequence)
            : this(0, run, firstSequence, lastSequence)
        {
        }

        /// <summary>Makes a range; a first after the last, or a zero, makes it empty.</summary>
        /// <param name="flash">Identity of the flash, or 0 if it has none.</param>
        /// <param name="run">Which start of the sensor the numbers belong to, 0 to 65535.</param>
        /// <param name="firstSequence">Lowest sequence number held.</param>
        /// <param name="lastSequence">Highest sequence number held.</param>
        public LogRange(uint flash, int run, uint firstSequence, uint lastSequence)
        {
            bool isEmpty = firstSequence == 0 || firstSequence > lastSequence;
            Flash = flash;
            Run = Wire.Clamp(run, 0, 0xFFFF);
            FirstSequence = isEmpty ? 0 : firstSequence;
            LastSequence = isEmpty ? 0 : lastSequence;
        }

        /// <summary>
        /// Identity of the flash that counts the runs and sessions: with it their numbers never come again. 0 if it was
        /// not told, or the flash cannot be written.
        /// </summary>
        public uint Flash { get; }

        /// <summary>Which start of the sensor the numbers belong to: strides are numbered from 1 after every start. 0
        /// if the sensor cannot count its starts.</summary>
        public int Run { get; }

        /// <summary>Lowest sequence number held; 0 if none is.</summary>
        public uint FirstSequence { get; }

        /// <summary>Highest sequence number held; 0 if none is.</summary>
        public uint LastSequence { get; }

        /// <summary>Bytes that it takes.</summary>
        internal int Length
        {
            get { return Flash == 0 ? ShortLength : LongLength; }
        }

        /// <summary>Whether a range can be so long.</summary>
        internal static bool IsLength(int length)
        {
            return length == ShortLength || length == LongLength;
        }

        internal void Encode(byte[] buffer, int offset)
        {
            Wire.Put16(buffer, offset + RunAt, Run);
            Wire.Put32(buffer, offset + FirstAt, FirstSequence);
            Wire.Put32(buffer, offset + LastAt, LastSequence);
            if (Flash != 0)
            {
                Wire.Put32(buffer, offset + FlashAt, Flash);
            }
        }

        internal static bool IsInRange(byte[] data, int offset)
        {
            uint first = Wire.GetU32(data, offset + FirstAt);
            uint last = Wire.GetU32(data, offset + LastAt);
            return first <= last && (first != 0 || last == 0)
                && (data.Length - offset == ShortLength || ReadFlash(data, offset) != 0);
        }

        internal static LogRange Read(byte[] data, int offset)
        {
            return new LogRange(
                ReadFlash(data, offset),
                Wire.GetU16(data, offset + RunAt),
                Wire.GetU32(data, offset + FirstAt),
                Wire.GetU32(data, offset + LastAt));
        }

        // The range ends the value.
        private static uint ReadFlash(byte[] data, int offset)
        {
            return data.Length - offset == LongLength ? Wire.GetU32(data, offset + FlashAt) : 0;
        }
    }
}
