namespace Backstep.Protocol
{
    /// <summary>
    /// UTF-8 (RFC 3629) with a bound and without surprises: malformed bytes are an error, never a replacement
    /// character, on both runtimes alike.
    /// </summary>
    public static class Utf8
    {
        private const int HighSurrogate = 0xD800;
        private const int LowSurrogate = 0xDC00;
        private const int AfterSurrogates = 0xE000;
        private const int FirstSupplementary = 0x10000;
        private const int LastCodePoint = 0x10FFFF;

        /// <summary>Writes as many whole characters as fit into <paramref name="maxBytes"/> and into the buffer. Half a
        /// surrogate pair is written as '?'.</summary>
        /// <returns>Bytes written.</returns>
        public static int Encode(string text, byte[] buffer, int offset, int maxBytes)
        {
            if (text == null || buffer == null || offset < 0)
            {
                return 0;
            }

            int end = offset + Wire.Clamp(maxBytes, 0, Wire.Clamp(buffer.Length - offset, 0, buffer.Length));
            int at = offset;
            for (int i = 0; i < text.Length; i++)
            {
                int point = CodePointAt(text, i);
                int size = SizeOf(point);
                if (at + size > end)
                {
                    break;
                }

                Put(point, size, buffer, at);
                at += size;
                if (point >= FirstSupplementary)
                {
                    i++;
                }
            }

            return at - offset;
        }

        /// <summary>How many bytes the whole text takes.</summary>
        public static int ByteCount(string text)
        {
            int count = 0;
            for (int i = 0; text != null && i < text.Length; i++)
            {
                int point = CodePointAt(text, i);
                count += SizeOf(point);
                if (point >= FirstSupplementary)
                {
                    i++;
                }
            }

            return count;
        }

        /// <summary>The text of a whole value of at most 512 bytes, or null and the error.</summary>
        public static string Decode(byte[] data, out DecodeError error)
        {
            if (data == null || data.Length > Message.MaxValueLength)
            {
                error = DecodeError.WrongLength;
                return null;
            }

            string text = Decode(data, 0, data.Length);
            error = text == null ? DecodeError.BadText : DecodeError.None;
            return text;
        }

        /// <summary>The text of part of an array, or null if the bytes are not well-formed.</summary>
        internal static string Decode(byte[] data, int offset, int length)
        {
            char[] text = new char[length];
            int count = 0;
            int end = offset + length;
            while (offset < end)
            {
                int size = SizeFromLead(data[offset]);
                int point = size == 0 || offset + size > end ? -1 : Get(data, offset, size);
                if (point < 0)
                {
                    return null;
                }

                if (point >= FirstSupplementary)
                {
                    text[count++] = (char)(HighSurrogate + ((point - FirstSupplementary) >> 10));
                    point = LowSurrogate + ((point - FirstSupplementary) & 0x3FF);
                }

                text[count++] = (char)point;
                offset += size;
            }

            return new string(text, 0, count);
        }

        /// <summary>True if the text has a C0 control character or DEL, which no name on a screen should
        /// have.</summary>
        internal static bool HasControlCharacter(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < ' ' || text[i] == (char)0x7F)
                {
                    return true;
                }
            }

            return false;
        }

        private static int CodePointAt(string text, int index)
        {
            int unit = text[index];
            if (unit < HighSurrogate || unit >= AfterSurrogates)
            {
                return unit;
            }

            int next = index + 1 < text.Length ? text[index + 1] : 0;
            return unit < LowSurrogate && next >= LowSurrogate && next < AfterSurrogates
                ? FirstSupplementary + ((unit - HighSurrogate) << 10) + (next - LowSurrogate)
                : '?';
        }

        private static int SizeOf(int point)
        {
            return point < 0x80 ? 1 : point < 0x800 ? 2 : point < FirstSupplementary ? 3 : 4;
        }

        private static int SizeFromLead(byte lead)
        {
            return lead < 0x80 ? 1 : (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : (lead & 0xF8) == 0xF0 ? 4
                : 0;
        }

        private static void Put(int point, int size, byte[] buffer, int at)
        {
            for (int i = size - 1; i > 0; i--)
            {
                buffer[at + i] = (byte)(0x80 | (point & 0x3F));
                point >>= 6;
            }

            // The lead byte starts with as many ones as the character has bytes: 0xF00 shifted by that many, cut to 8
            // bits.
            buffer[at] = (byte)(size == 1 ? point : (0xF00 >> size) | point);
        }

        // -1 for a broken continuation, an overlong form, a surrogate, or a number past the last code point.
        private static int Get(byte[] data, int at, int size)
        {
            int point = size == 1 ? data[at] : data[at] & (0x7F >> size);
            for (int i = 1; i < size; i++)
            {
                int next = data[at + i];
                if ((next & 0xC0) != 0x80)
                {
                    return -1;
                }

                point = (point << 6) | (next & 0x3F);
            }

            bool bad = SizeOf(point) != size || point > LastCodePoint
                || (point >= HighSurrogate && point < AfterSurrogates);
            return bad ? -1 : point;
        }
    }
}
