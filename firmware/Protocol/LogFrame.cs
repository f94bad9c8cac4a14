namespace Backstep.Protocol
{
    /// <summary>Tells the frames of Backstep Log apart. See README.md, "Log".</summary>
    public static class LogFrame
    {
        // All markers begin with their kind.
        internal const int KindAt = 0; // u8

        /// <summary>Which decoder a notification is for.</summary>
        public static LogFrameKind KindOf(byte[] data)
        {
            if (data == null || data.Length == 0)
            {
                return LogFrameKind.Unknown;
            }

            if (data.Length >= StrideCodec.Length)
            {
                return data.Length % StrideCodec.Length == 0 ? LogFrameKind.Strides : LogFrameKind.Unknown;
            }

            int kind = data[KindAt];
            return Wire.IsIn(kind, (int)LogFrameKind.Begin, (int)LogFrameKind.SessionTotals) ? (LogFrameKind)kind
                : LogFrameKind.Unknown;
        }

        internal static DecodeError CheckMarker(byte[] data, LogFrameKind kind, int length)
        {
            return data == null || data.Length == 0 ? DecodeError.WrongLength
                : data[KindAt] != (byte)kind ? DecodeError.UnknownOpCode
                : data.Length != length ? DecodeError.WrongLength
                : DecodeError.None;
        }
    }
}
