namespace Backstep.Protocol
{
    /// <summary>The strings of the Device Information service (DIS 1.1, 3.1 to 3.5): UTF-8, no terminator. See
    /// README.md, "Device Information".</summary>
    public static class DeviceInformation
    {
        /// <summary>Manufacturer Name String.</summary>
        public const string Manufacturer = "Backstep";

        /// <summary>Model Number String.</summary>
        public const string Model = "Backstep shoe sensor";

        /// <summary>Writes one of the strings: as many whole characters as fit into the buffer and into an attribute
        /// value.</summary>
        /// <returns>Bytes written.</returns>
        public static int Encode(string text, byte[] buffer, int offset)
        {
            return Utf8.Encode(text, buffer, offset, Message.MaxValueLength);
        }

        /// <summary>One of the strings, or null and the error.</summary>
        public static string Decode(byte[] data, out DecodeError error)
        {
            return Utf8.Decode(data, out error);
        }
    }
}
