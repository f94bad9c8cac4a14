using System;
using Backstep.Protocol;

namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// The one record of the session log: how a session stood at a write, and its strides since the write before. Whole
    /// or nothing: one check sum covers it.
    /// <code>
    /// offset  type     field
    /// 0       u8       kind: 3; 1 and 2 from earlier firmware
    /// 1       u8       bytes of the payload: 34 + 20 n
    /// 2       15 bytes LogSessionStart, as on the air: number, start, first and last stride so far. From kind 2 on its
    ///                  bytes 1 and 2 are the run: the number stands in the totals, too. In kind 3 its byte 0 is the
    ///                  incline: of what frame it is, its place tells
    /// 17      19 bytes LogSessionTotals, as on the air: the totals so far
    /// 36      20 n     n strides, 0 to 11, as on the air
    /// 36+20n  u16      CRC-16/CCITT-FALSE over all bytes before it
    /// </code>
    /// Each record tells everything about its session but the earlier strides, so the last whole one closes a session
    /// that the power cut short.
    /// </summary>
    public static class SessionFrame
    {
        /// <summary>Most strides in a record: what the length in one byte allows, and twice what a fast walker makes in
        /// 5 s.</summary>
        public const int MostStrides = 11;

        /// <summary>Where the strides begin.</summary>
        public const int StridesAt = TotalsAt + LogSessionTotals.Length;

        /// <summary>Length of a record with the most strides, in bytes.</summary>
        public const int Longest = StridesAt + MostStrides * StrideCodec.Length + CrcLength;

        /// <summary>Where the <see cref="LogSessionStart"/> stands.</summary>
        public const int StartAt = PayloadAt;

        /// <summary>Where the <see cref="LogSessionTotals"/> stand.</summary>
        public const int TotalsAt = StartAt + LogSessionStart.Length;

        /// <summary>No such record.</summary>
        public const int None = -1;

        private const byte Kind = 3;
        private const byte KindWithoutIncline = 2;
        private const byte KindWithoutRun = 1;
        private const int KindAt = 0;
        private const int LengthAt = 1;
        private const int PayloadAt = 2;
        private const int IdAt = TotalsAt + 1;
        private const int InclineAt = StartAt;
        private const int RunAt = StartAt + 1;
        private const int CrcLength = 2;

        /// <summary>Completes a record around strides that already stand in their place. The buffer has room for the
        /// longest one.</summary>
        /// <returns>Its length in bytes.</returns>
        public static int Complete(byte[] buffer, int offset, LogSessionStart start, int run, Protocol.Session totals,
            int strides)
        {
            int end = offset + StridesAt + strides * StrideCodec.Length;
            buffer[offset + KindAt] = Kind;
            buffer[offset + LengthAt] = (byte)(end - offset - PayloadAt);
            start.Encode(buffer, offset + StartAt);
            buffer[offset + InclineAt] = Incline.ToByte(totals.InclineFifthsPercent);
            buffer[offset + RunAt] = (byte)run;
            buffer[offset + RunAt + 1] = (byte)(run >> 8);
            LogSessionTotals.Encode(totals, buffer, offset + TotalsAt);
            int crc = Crc16.Of(buffer, offset, end - offset);
            buffer[end] = (byte)crc;
            buffer[end + 1] = (byte)(crc >> 8);
            return end + CrcLength - offset;
        }

        /// <summary>Length in bytes of the record that seems to begin there, or 0 when none can.</summary>
        public static int Measure(byte[] content, int offset)
        {
            if (content.Length - offset < StridesAt + CrcLength
                || content[offset + KindAt] < KindWithoutRun || content[offset + KindAt] > Kind)
            {
                return 0;
            }

            int length = PayloadAt + content[offset + LengthAt] + CrcLength;
            bool isPossible = length >= StridesAt + CrcLength
                && (length - StridesAt - CrcLength) % StrideCodec.Length == 0
                && length <= content.Length - offset;
            return isPossible ? length : 0;
        }

        /// <summary>Whether the record that seems to begin there is what was written.</summary>
        public static bool IsWhole(byte[] content, int offset)
        {
            int length = Measure(content, offset);
            return length > 0
                && Crc16.Of(content, offset, length - CrcLength) == BitConverter.ToUInt16(content,
                    offset + length - CrcLength);
        }

        /// <summary>Number of the session in a record.</summary>
        public static int Id(byte[] content, int offset)
        {
            return BitConverter.ToUInt16(content, offset + IdAt);
        }

        /// <summary>The run in which the session of a record was walked; 0 if that was not written.</summary>
        public static int Run(byte[] content, int offset)
        {
            return content[offset + KindAt] != KindWithoutRun ? BitConverter.ToUInt16(content, offset + RunAt) : 0;
        }

        /// <summary>Slope over the session so far, as <see cref="Incline"/> tells it; missing if that was not
        /// written.</summary>
        public static int InclineFifthsPercent(byte[] content, int offset)
        {
            return content[offset + KindAt] > KindWithoutIncline ? Incline.OfByte(content[offset + InclineAt])
                : Message.Missing;
        }

        /// <summary>Strides in a record.</summary>
        public static int Strides(byte[] content, int offset)
        {
            return (content[offset + LengthAt] - (StridesAt - PayloadAt)) / StrideCodec.Length;
        }

        /// <summary>
        /// Offset of the last whole record, or <see cref="None"/>. Lengths are followed from the start; only the tail,
        /// which the power may have cut, costs a check sum.
        /// </summary>
        public static int LastWhole(byte[] content)
        {
            int last = LastBefore(content, 0, content.Length);
            while (last != None && !IsWhole(content, last))
            {
                last = LastBefore(content, 0, last);
            }

            return last;
        }

        /// <summary>Offset of the last record that begins at or after <paramref name="offset"/>, where one must begin,
        /// and ends before <paramref name="limit"/>; or <see cref="None"/>.</summary>
        public static int LastBefore(byte[] content, int offset, int limit)
        {
            int last = None;
            int length = Measure(content, offset);
            while (length > 0 && offset + length <= limit)
            {
                last = offset;
                offset += length;
                length = Measure(content, offset);
            }

            return last;
        }
    }
}
