using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Sensor.Storage
{
    /// <summary>The walker's rail baselines on the flash. A missing or broken file is no obstacle: without baselines
    /// the posture is unknown, and the fault is counted.</summary>
    public sealed class RailStore
    {
        private const string FileName = "rails";

        private readonly IVolume _volume;

        /// <summary>Keeps the baselines on a volume.</summary>
        public RailStore(IVolume volume)
        {
            _volume = volume;
        }

        /// <summary>Files that were there but could not be understood.</summary>
        public uint BadFiles { get; private set; }

        /// <summary>The stored baselines, or null.</summary>
        public RailBaselines Load()
        {
            RailBaselines stored = Decode(SafeFile.Read(_volume, FileName));
            return RailBaselinesCodec.OrNull(
                stored == null ? Decode(SafeFile.ReadReplacement(_volume, FileName)) : stored);
        }

        /// <summary>Stores baselines, or that there are none (null). False when the flash refused: the old ones
        /// stay.</summary>
        public bool Save(RailBaselines baselines)
        {
            byte[] content = new byte[RailBaselinesCodec.Length];
            return SafeFile.Write(_volume, FileName, content, RailBaselinesCodec.Encode(baselines, content, 0));
        }

        /// <summary>Forgets them. False when the flash refused.</summary>
        public bool Forget()
        {
            return SafeFile.Delete(_volume, FileName);
        }

        private RailBaselines Decode(byte[] content)
        {
            if (content == null)
            {
                return null;
            }

            RailBaselines stored = RailBaselinesCodec.Decode(content, out DecodeError error);
            if (error != DecodeError.None)
            {
                BadFiles++;
            }

            return stored;
        }
    }
}
