using Backstep.Protocol;

namespace Backstep.Sensor.Storage
{
    /// <summary>The owner's passkey on the flash: a u32 and its CRC-16. Written as all small files are, so that a power cut leaves the old one or the new one.</summary>
    public sealed class PasskeyStore
    {
        /// <summary>There is no passkey.</summary>
        public const int None = -1;

        /// <summary>There is one, but the flash can no longer say which. Not the same as none: a fault must not open what the owner has closed.</summary>
        public const int Unreadable = -2;

        private const string FileName = "passkey";
        private const int ChecksumAt = 4;
        private const int Length = ChecksumAt + 2;

        private readonly IVolume _volume;

        /// <summary>Keeps the passkey on a volume.</summary>
        public PasskeyStore(IVolume volume)
        {
            _volume = volume;
        }

        /// <summary>The passkey, 0 to 999999, or <see cref="None"/>, or <see cref="Unreadable"/>.</summary>
        public int Load()
        {
            byte[] content = SafeFile.Read(_volume, FileName);
            int stored = Decode(content);
            if (stored == None)
            {
                stored = Decode(SafeFile.ReadReplacement(_volume, FileName));
            }

            return stored == None && content != null ? Unreadable : stored;
        }

        /// <summary>Stores a passkey. False when the flash refused: the old one stays.</summary>
        public bool Save(int passkey)
        {
            byte[] content = new byte[Length];
            content[0] = (byte)passkey;
            content[1] = (byte)(passkey >> 8);
            content[2] = (byte)(passkey >> 16);
            int checksum = Crc16.Of(content, 0, ChecksumAt);
            content[ChecksumAt] = (byte)checksum;
            content[ChecksumAt + 1] = (byte)(checksum >> 8);
            return SafeFile.Write(_volume, FileName, content, Length);
        }

        /// <summary>Deletes it. False when the flash refused.</summary>
        public bool Forget()
        {
            return SafeFile.Delete(_volume, FileName);
        }

        // None also for what is not whole.
        private static int Decode(byte[] content)
        {
            if (content == null
                || content.Length != Length
                || (content[ChecksumAt] | content[ChecksumAt + 1] << 8) != Crc16.Of(content, 0, ChecksumAt))
            {
                return None;
            }

            int passkey = content[0] | content[1] << 8 | content[2] << 16 | content[3] << 24;
            return passkey >= 0 && passkey <= (int)ControlCommand.LargestPasskey ? passkey : None;
        }
    }
}
