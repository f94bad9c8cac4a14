namespace Backstep.Protocol
{
    /// <summary>CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, no reflection, no final exclusive-or; "123456789" gives 0x29B1.</summary>
    internal static class Crc16
    {
        private const int Polynomial = 0x1021;

        internal static int Of(byte[] data, int offset, int length)
        {
            int crc = 0xFFFF;
            for (int i = offset; i < offset + length; i++)
            {
                crc ^= data[i] << 8;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
                }
            }

            return crc & 0xFFFF;
        }
    }
}
