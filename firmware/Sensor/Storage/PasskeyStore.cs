using Backstep.Protocol;

namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// The owner's passkey on the flash, and how often in a row it was tried in vain: each a u32 and its CRC-16.
    /// Written as all small files are, so that a power cut leaves the old one or the new one.
    /// </summary>
    public sealed class PasskeyStore
    {
        /// <summary>There is no passkey.</summary>
        public const int None = -1;

        /// <summary>There is one, but the flash can no longer say which. Not the same as none: a fault must not open
        /// what the owner has closed.</summary>
        public const int Unreadable = -2;

        private const string FileName = "passkey";
        private const string TriesName = "tries";
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
            int stored = Load(FileName);
            return stored == None && SafeFile.MayBe(_volume, FileName) ? Unreadable : stored;
        }

        /// <summary>Stores a passkey. False when the flash refused: the old one stays.</summary>
        public bool Save(int passkey)
        {
            return Save(FileName, passkey);
        }

        /// <summary>Deletes it, and what was tried. False when the flash refused.</summary>
        public bool Forget()
        {
            return SafeFile.Delete(_volume, TriesName) && SafeFile.Delete(_volume, FileName);
        }

        /// <summary>Tries in a row that were in vain; 0 also when the flash cannot say.</summary>
        public int LoadTries()
        {
            int tries = Load(TriesName);
            return tries == None ? 0 : tries;
        }

        /// <summary>Stores how often in a row it was tried in vain. False when the flash refused.</summary>
        public bool SaveTries(int tries)
        {
            return Save(TriesName, tries);
        }

        private int Load(string name)
        {
            int stored = Decode(SafeFile.Read(_volume, name));
            return stored == None ? Decode(SafeFile.ReadReplacement(_volume, name)) : stored;
        }

        private bool Save(string name, int number)
        {
            byte[] content = new byte[Length];
            content[0] = (byte)number;
            content[1] = (byte)(number >> 8);
            content[2] = (byte)(number >> 16);
            int checksum = Crc16.Of(content, 0, ChecksumAt);
            content[ChecksumAt] = (byte)checksum;
            content[ChecksumAt + 1] = (byte)(checksum >> 8);
            return SafeFile.Write(_volume, name, content, Length);
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
