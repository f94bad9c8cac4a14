using Backstep.Protocol;

namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// Counts the starts of the sensor, under a name of the flash that counts them. Strides are numbered from 1 in
    /// every run, sessions on through all of them: identity, run and number together
    /// never come again. Where the count is lost (a new flash, a damaged file, 65,535 starts) it begins anew under
    /// another identity.
    /// </summary>
    public sealed class RunCounter
    {
        /// <summary>Stands for a start that could not be counted.</summary>
        public const int Uncounted = 0;

        private const string FileName = "run";
        private const int RunAt = 4; // u16, behind the u32 of the identity
        private const int ChecksumAt = 6; // u16
        private const int Length = 8;
        private const int Largest = 0xFFFF;

        // Knuth's multiplier for hashing (2^32 over the golden ratio): odd, so that no two numbers become the same.
        private const uint Scatter = 2654435769;

        private readonly IVolume _volume;

        /// <summary>Counts this start.</summary>
        /// <param name="volume">The flash.</param>
        /// <param name="microseconds">A moment, in us: what a new identity is made of. See README.md for how good it
        /// is.</param>
        public RunCounter(IVolume volume, ulong microseconds)
        {
            _volume = volume;
            byte[] last = Whole(SafeFile.Read(volume, FileName));
            if (last == null)
            {
                last = Whole(SafeFile.ReadReplacement(volume, FileName));
            }

            int run = last == null ? Largest : last[RunAt] | last[RunAt + 1] << 8;
            Identity = last == null ? 0 : (uint)(last[0] | last[1] << 8 | last[2] << 16 | last[3] << 24);
            if (run == Largest)
            {
                Identity = NewIdentity(microseconds);
                run = 0;
            }

            Run = run + 1;
            if (!Save(Run))
            {
                Run = Uncounted;
                Identity = 0;
            }
        }

        /// <summary>Number of this start, 1 to 65535, or <see cref="Uncounted"/> when the flash cannot be
        /// written.</summary>
        public int Run { get; }

        /// <summary>Name of the flash, never 0; or 0 when it cannot be written.</summary>
        public uint Identity { get; private set; }

        /// <summary>Gives the flash another name; the next start is its first. False when the flash refused: the old
        /// name stays.</summary>
        public bool Rename(ulong microseconds)
        {
            uint before = Identity;
            Identity = NewIdentity(microseconds);
            bool isSaved = Save(0);
            if (!isSaved)
            {
                Identity = before;
            }

            return isSaved;
        }

        // Another one than before, whatever the moment.
        private uint NewIdentity(ulong microseconds)
        {
            uint identity = Identity ^ (uint)(microseconds ^ microseconds >> 32) * Scatter;
            return identity == 0 || identity == Identity ? Identity + Scatter : identity;
        }

        private bool Save(int run)
        {
            byte[] content = new byte[Length];
            content[0] = (byte)Identity;
            content[1] = (byte)(Identity >> 8);
            content[2] = (byte)(Identity >> 16);
            content[3] = (byte)(Identity >> 24);
            content[RunAt] = (byte)run;
            content[RunAt + 1] = (byte)(run >> 8);
            int checksum = Crc16.Of(content, 0, ChecksumAt);
            content[ChecksumAt] = (byte)checksum;
            content[ChecksumAt + 1] = (byte)(checksum >> 8);
            return SafeFile.Write(_volume, FileName, content, Length);
        }

        private static byte[] Whole(byte[] content)
        {
            return content != null
                && content.Length == Length
                && (content[ChecksumAt] | content[ChecksumAt + 1] << 8) == Crc16.Of(content, 0, ChecksumAt)
                ? content
                : null;
        }
    }
}
