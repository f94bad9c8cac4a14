using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Sensor.Storage
{
    /// <summary>
    /// That a mount was found by the guided calibration, on a level floor, and how warm the chip was: what a slope is
    /// measured against. A mount that was set by an app, or is the default, is not in it. A missing or broken file is
    /// no obstacle: the incline is unknown then.
    /// </summary>
    public sealed class LevelStore
    {
        private const string FileName = "level";
        private const byte Version = 1;
        private const int MountAt = 1; // nine s16, as in the configuration
        private const int TemperatureAt = MountAt + MountCodec.Length; // s16, counts of the chip's register
        private const int ChecksumAt = TemperatureAt + 2; // u16 CRC-16/CCITT-FALSE over all bytes before it
        private const int Length = ChecksumAt + 2;

        private readonly IVolume _volume;

        /// <summary>Keeps it on a volume.</summary>
        public LevelStore(IVolume volume)
        {
            _volume = volume;
        }

        /// <summary>The chip's temperature when that very mount was found, in counts of its register, or
        /// <see cref="Stride.Missing"/> when the mount was not found on a level floor.</summary>
        public int TemperatureOf(Mount mount)
        {
            byte[] stored = Whole(SafeFile.Read(_volume, FileName));
            if (stored == null)
            {
                stored = Whole(SafeFile.ReadReplacement(_volume, FileName));
            }

            if (stored == null)
            {
                return Stride.Missing;
            }

            byte[] asked = new byte[MountCodec.Length];
            MountCodec.Encode(mount, asked, 0);
            for (int i = 0; i < MountCodec.Length; i++)
            {
                if (stored[MountAt + i] != asked[i])
                {
                    return Stride.Missing;
                }
            }

            return (short)(stored[TemperatureAt] | stored[TemperatureAt + 1] << 8);
        }

        /// <summary>Keeps that a mount was found at a temperature. False when the flash refused: the old one
        /// stays.</summary>
        public bool Save(Mount mount, int temperatureCounts)
        {
            byte[] content = new byte[Length];
            content[0] = Version;
            MountCodec.Encode(mount, content, MountAt);
            content[TemperatureAt] = (byte)temperatureCounts;
            content[TemperatureAt + 1] = (byte)(temperatureCounts >> 8);
            int crc = Crc16.Of(content, 0, ChecksumAt);
            content[ChecksumAt] = (byte)crc;
            content[ChecksumAt + 1] = (byte)(crc >> 8);
            return SafeFile.Write(_volume, FileName, content, Length);
        }

        /// <summary>Forgets it. False when the flash refused.</summary>
        public bool Forget()
        {
            return SafeFile.Delete(_volume, FileName);
        }

        private static byte[] Whole(byte[] content)
        {
            return content != null && content.Length == Length && content[0] == Version
                && Crc16.Of(content, 0, ChecksumAt) == (content[ChecksumAt] | content[ChecksumAt + 1] << 8)
                ? content : null;
        }
    }
}
