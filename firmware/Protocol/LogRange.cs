namespace Backstep.Protocol
{
    /// <summary>Which strides the sensor holds. Immutable. Part of a Control reply and of a Log begin marker. See README.md, "Log".</summary>
    public sealed class LogRange
    {
        // Offsets within the range.
        private const int RunAt = 0; // u16
        private const int FirstAt = 2; // u32
        private const int LastAt = 6; // u32

        /// <summary>Length in bytes.</summary>
        internal const int Length = 10;

        /// <summary>Makes a range; a first after the last, or a zero, makes it empty.</summary>
        /// <param name="run">Which start of the sensor the numbers belong to, 0 to 65535.</param>
        /// <param name="firstSequence">Lowest sequence number held.</param>
        /// <param name="lastSequence">Highest sequence number held.</param>
        public LogRange(int run, uint firstSequence, uint lastSequence)
        {
            bool isEmpty = firstSequence == 0 || firstSequence > lastSequence;
            Run = Wire.Clamp(run, 0, 0xFFFF);
            FirstSequence = isEmpty ? 0 : firstSequence;
            LastSequence = isEmpty ? 0 : lastSequence;
        }

        /// <summary>Which start of the sensor the numbers belong to: strides are numbered from 1 after every start. 0 if the sensor cannot count its starts.</summary>
        public int Run { get; }

        /// <summary>Lowest sequence number held; 0 if none is.</summary>
        public uint FirstSequence { get; }

        /// <summary>Highest sequence number held; 0 if none is.</summary>
        public uint LastSequence { get; }

        internal void Encode(byte[] buffer, int offset)
        {
            Wire.Put16(buffer, offset + RunAt, Run);
            Wire.Put32(buffer, offset + FirstAt, FirstSequence);
            Wire.Put32(buffer, offset + LastAt, LastSequence);
        }

        internal static bool IsInRange(byte[] data, int offset)
        {
            uint first = Wire.GetU32(data, offset + FirstAt);
            uint last = Wire.GetU32(data, offset + LastAt);
            return first <= last && (first != 0 || last == 0);
        }

        internal static LogRange Read(byte[] data, int offset)
        {
            return new LogRange(Wire.GetU16(data, offset + RunAt), Wire.GetU32(data, offset + FirstAt), Wire.GetU32(data, offset + LastAt));
        }
    }
}
