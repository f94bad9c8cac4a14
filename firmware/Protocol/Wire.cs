namespace Backstep.Protocol
{
    /// <summary>Little-endian reads and writes at an offset, and the clamp that keeps a value from wrapping. Callers
    /// have checked the length.</summary>
    internal static class Wire
    {
        internal static bool Fits(byte[] buffer, int offset, int length)
        {
            return buffer != null && offset >= 0 && length <= buffer.Length - offset;
        }

        /// <summary>The whole array is a message of that many bytes.</summary>
        internal static bool IsExactly(byte[] data, int length)
        {
            return data != null && data.Length == length;
        }

        internal static int Clamp(int value, int lowest, int highest)
        {
            return value < lowest ? lowest : value > highest ? highest : value;
        }

        /// <summary>Clamps a measured value; a missing one becomes the sentinel.</summary>
        internal static int ClampOr(int value, int lowest, int highest, int sentinel)
        {
            return value == Message.Missing ? sentinel : Clamp(value, lowest, highest);
        }

        /// <summary>A field as read: the sentinel becomes missing.</summary>
        internal static int OrMissing(int value, int sentinel)
        {
            return value == sentinel ? Message.Missing : value;
        }

        /// <summary>A code that the format knows, or 0, which means "unknown" or "other" in every enumeration
        /// here.</summary>
        internal static int CodeOrZero(int code, int highest)
        {
            return IsIn(code, 0, highest) ? code : 0;
        }

        internal static bool IsIn(int value, int lowest, int highest)
        {
            return value >= lowest && value <= highest;
        }

        internal static void Put16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
        }

        internal static void Put24(byte[] buffer, int offset, int value)
        {
            Put16(buffer, offset, value);
            buffer[offset + 2] = (byte)(value >> 16);
        }

        internal static void Put32(byte[] buffer, int offset, uint value)
        {
            Put16(buffer, offset, (int)value);
            Put16(buffer, offset + 2, (int)(value >> 16));
        }

        internal static int GetS8(byte[] data, int offset)
        {
            return (sbyte)data[offset];
        }

        internal static int GetU16(byte[] data, int offset)
        {
            return data[offset] | (data[offset + 1] << 8);
        }

        internal static int GetS16(byte[] data, int offset)
        {
            return (short)GetU16(data, offset);
        }

        internal static int GetU24(byte[] data, int offset)
        {
            return GetU16(data, offset) | (data[offset + 2] << 16);
        }

        internal static uint GetU32(byte[] data, int offset)
        {
            return (uint)GetU16(data, offset) | ((uint)GetU16(data, offset + 2) << 16);
        }
    }
}
