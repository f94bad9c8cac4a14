namespace Backstep.Protocol
{
    /// <summary>A logged session begins: the strides that follow, up to its totals, are its own. Immutable. See
    /// README.md, "Log".</summary>
    public sealed class LogSessionStart
    {
        /// <summary>Length in bytes without the run, as earlier firmware tells it; and in the flash.</summary>
        public const int Length = 15;

        /// <summary>Length in bytes with the run, without the incline.</summary>
        public const int LengthWithRun = 17;

        /// <summary>Length in bytes with run and incline.</summary>
        public const int MaxLength = 18;

        private const int IdAt = LogFrame.KindAt + 1; // u16
        private const int StartAt = 3; // u32
        private const int FirstAt = 7; // u32
        private const int LastAt = 11; // u32
        private const int RunAt = 15; // u16, if there is one
        private const int InclineAt = 17; // s8, if there is one

        /// <summary>The same without run and incline.</summary>
        public LogSessionStart(int id, uint startUnixSeconds, uint firstSequence, uint lastSequence)
            : this(id, startUnixSeconds, firstSequence, lastSequence, 0, Message.Missing)
        {
        }

        /// <summary>The same without the incline.</summary>
        public LogSessionStart(int id, uint startUnixSeconds, uint firstSequence, uint lastSequence, int run)
            : this(id, startUnixSeconds, firstSequence, lastSequence, run, Message.Missing)
        {
        }

        /// <summary>Makes the marker; a first sequence after the last makes it a session without strides.</summary>
        /// <param name="id">Number of the session, 0 to 65535.</param>
        /// <param name="startUnixSeconds">When it began, in seconds since 1970-01-01 00:00 UTC; 0 if the clock had not
        /// been set.</param>
        /// <param name="firstSequence">Its first stride.</param>
        /// <param name="lastSequence">Its last stride.</param>
        /// <param name="run">The run of the sensor in which it was walked, or 0 if that is not known.</param>
        /// <param name="inclineFifthsPercent">The slope over the session, see <see cref="Incline"/>, or
        /// <see cref="Message.Missing"/>.</param>
        public LogSessionStart(int id, uint startUnixSeconds, uint firstSequence, uint lastSequence, int run,
            int inclineFifthsPercent)
        {
            bool isEmpty = firstSequence == 0 || firstSequence > lastSequence;
            Id = Wire.Clamp(id, 0, Session.MaxU16);
            StartUnixSeconds = startUnixSeconds;
            FirstSequence = isEmpty ? 0 : firstSequence;
            LastSequence = isEmpty ? 0 : lastSequence;
            Run = Wire.Clamp(run, 0, Session.MaxU16);
            InclineFifthsPercent = Incline.OfByte(Incline.ToByte(inclineFifthsPercent));
        }

        /// <summary>Number of the session.</summary>
        public int Id { get; }

        /// <summary>When it began, in seconds since 1970-01-01 00:00 UTC; 0 if the clock had not been set.</summary>
        public uint StartUnixSeconds { get; }

        /// <summary>Its first stride; 0 if none is held.</summary>
        public uint FirstSequence { get; }

        /// <summary>Its last stride; 0 if none is held.</summary>
        public uint LastSequence { get; }

        /// <summary>The run of the sensor in which it was walked: its strides are numbered in it. 0 if that is not
        /// known.</summary>
        public int Run { get; }

        /// <summary>Slope over the session in fifths of a percent, -127 to 127, positive where it was uphill in the
        /// direction of walking, or <see cref="Message.Missing"/>. It stands here because the totals have no byte to
        /// spare: with one more they would be taken for a stride.</summary>
        public int InclineFifthsPercent { get; }

        /// <summary>Writes the marker.</summary>
        /// <returns>15, 17 with the run, 18 with the incline, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int length = InclineFifthsPercent != Message.Missing ? MaxLength : Run != 0 ? LengthWithRun : Length;
            if (!Wire.Fits(buffer, offset, length))
            {
                return 0;
            }

            buffer[offset + LogFrame.KindAt] = (byte)LogFrameKind.SessionStart;
            Wire.Put16(buffer, offset + IdAt, Id);
            Wire.Put32(buffer, offset + StartAt, StartUnixSeconds);
            Wire.Put32(buffer, offset + FirstAt, FirstSequence);
            Wire.Put32(buffer, offset + LastAt, LastSequence);
            if (length > Length)
            {
                Wire.Put16(buffer, offset + RunAt, Run);
            }

            if (length == MaxLength)
            {
                buffer[offset + InclineAt] = Incline.ToByte(InclineFifthsPercent);
            }

            return length;
        }

        /// <summary>The marker in a whole value, or null and the error.</summary>
        public static LogSessionStart Decode(byte[] data, out DecodeError error)
        {
            error = LogFrame.CheckMarker(data, LogFrameKind.SessionStart,
                data != null && (data.Length == MaxLength || data.Length == LengthWithRun) ? data.Length : Length);
            if (error != DecodeError.None)
            {
                return null;
            }

            uint first = Wire.GetU32(data, FirstAt);
            uint last = Wire.GetU32(data, LastAt);
            int run = data.Length > Length ? Wire.GetU16(data, RunAt) : 0;
            int incline = data.Length == MaxLength ? Incline.OfByte(data[InclineAt]) : Message.Missing;
            if (first > last || (first == 0 && last != 0) || (data.Length == LengthWithRun && run == 0)
                || (data.Length == MaxLength && incline == Message.Missing))
            {
                error = DecodeError.OutOfRange;
                return null;
            }

            return new LogSessionStart(Wire.GetU16(data, IdAt), Wire.GetU32(data, StartAt), first, last, run, incline);
        }
    }
}
