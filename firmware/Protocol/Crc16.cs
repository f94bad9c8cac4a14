namespace Backstep.Protocol
{
    /// <summary>CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, no reflection, no final exclusive-or; "123456789"
    /// gives 0x29B1.</summary>
    public static class Crc16
    {
        /// <summary>What four bits at the top add: half a byte at a time costs a quarter of the ops of bit by bit, and
        /// 32 bytes.</summary>
        private static readonly ushort[] OfFourBits =
        {
            0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5, 0x60C6, 0x70E7, 0x8108, 0x9129, 0xA14A, 0xB16B, 0xC18C,
            0xD1AD, 0xE1CE, 0xF1EF,
        };

        /// <summary>The check sum of a part of an array, 0 to 65535.</summary>
        public static int Of(byte[] data, int offset, int length)
        {
            ushort[] table = OfFourBits;
            int crc = 0xFFFF;
            int end = offset + length;
            for (int i = offset; i < end; i++)
            {
                int value = data[i];
                crc = (crc << 4 & 0xFFFF) ^ table[crc >> 12 ^ value >> 4];
                crc = (crc << 4 & 0xFFFF) ^ table[crc >> 12 ^ value & 15];
            }

            return crc;
        }
    }
}
