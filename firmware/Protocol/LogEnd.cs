namespace Backstep.Protocol
{
    /// <summary>Last frame of a replayed log. Immutable. See README.md, "Log".</summary>
    public sealed class LogEnd
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 6;

        private const int ResultAt = LogFrame.KindAt + 1; // u8
        private const int NextAt = 2; // u32

        /// <summary>Makes the marker.</summary>
        public LogEnd(ControlResult result, uint nextSequence)
        {
            Result = result;
            NextSequence = nextSequence;
        }

        /// <summary>Success if all was sent; else why the replay broke off.</summary>
        public ControlResult Result { get; }

        /// <summary>The first sequence number that was not sent: where live strides go on, or where to ask
        /// again.</summary>
        public uint NextSequence { get; }

        /// <summary>Writes the marker.</summary>
        /// <returns>6, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            buffer[offset + LogFrame.KindAt] = (byte)LogFrameKind.End;
            buffer[offset + ResultAt] = (byte)Result;
            Wire.Put32(buffer, offset + NextAt, NextSequence);
            return Length;
        }

        /// <summary>The marker in a whole value, or null and the error.</summary>
        public static LogEnd Decode(byte[] data, out DecodeError error)
        {
            error = LogFrame.CheckMarker(data, LogFrameKind.End, Length);
            if (error == DecodeError.None
                && !Wire.IsIn(data[ResultAt], (int)ControlResult.Success, (int)ControlResult.StorageFailed))
            {
                error = DecodeError.ReservedValue;
            }

            return error == DecodeError.None ? new LogEnd((ControlResult)data[ResultAt], Wire.GetU32(data, NextAt))
                : null;
        }
    }
}
