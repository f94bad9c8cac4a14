namespace Backstep.Protocol
{
    /// <summary>
    /// A logged session ends: its totals. The body is that of <see cref="Session"/> without the cadence now, the
    /// frame's kind in place of the state. See README.md, "Log".
    /// </summary>
    public static class LogSessionTotals
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = Session.TotalsLength;

        /// <summary>Writes the totals of a session.</summary>
        /// <returns>19, or 0 if the buffer has no room.</returns>
        public static int Encode(Session session, byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            session.EncodeTotals(buffer, offset);
            buffer[offset + LogFrame.KindAt] = (byte)LogFrameKind.SessionTotals;
            return Length;
        }

        /// <summary>The session in a whole value, ended, without rhythm and cadence now; or null and the
        /// error.</summary>
        public static Session Decode(byte[] data, out DecodeError error)
        {
            error = LogFrame.CheckMarker(data, LogFrameKind.SessionTotals, Length);
            if (error == DecodeError.None && !Session.AreTotalsInRange(data))
            {
                error = DecodeError.OutOfRange;
            }

            return error == DecodeError.None ? Session.ReadTotals(data) : null;
        }
    }
}
