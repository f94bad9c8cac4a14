namespace Backstep.Protocol
{
    /// <summary>First frame of a replayed log: what the sensor holds. Immutable. See README.md, "Log".</summary>
    public sealed class LogBegin
    {
        /// <summary>Most bytes that it takes.</summary>
        public const int MaxLength = RangeAt + LogRange.LongLength;

        private const int RangeAt = LogFrame.KindAt + 1;

        /// <summary>Makes the marker.</summary>
        public LogBegin(LogRange range)
        {
            Range = range ?? new LogRange(0, 0, 0);
        }

        /// <summary>What the sensor holds.</summary>
        public LogRange Range { get; }

        /// <summary>Writes the marker.</summary>
        /// <returns>11 or 15, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int length = RangeAt + Range.Length;
            if (!Wire.Fits(buffer, offset, length))
            {
                return 0;
            }

            buffer[offset + LogFrame.KindAt] = (byte)LogFrameKind.Begin;
            Range.Encode(buffer, offset + RangeAt);
            return length;
        }

        /// <summary>The marker in a whole value, or null and the error.</summary>
        public static LogBegin Decode(byte[] data, out DecodeError error)
        {
            int length = RangeAt
                + (data != null && data.Length == MaxLength ? LogRange.LongLength : LogRange.ShortLength);
            error = LogFrame.CheckMarker(data, LogFrameKind.Begin, length);
            if (error == DecodeError.None && !LogRange.IsInRange(data, RangeAt))
            {
                error = DecodeError.OutOfRange;
            }

            return error == DecodeError.None ? new LogBegin(LogRange.Read(data, RangeAt)) : null;
        }
    }
}
