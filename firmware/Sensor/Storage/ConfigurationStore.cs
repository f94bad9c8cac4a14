using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Sensor.Storage
{
    /// <summary>The configuration on the flash. A missing or broken file is no obstacle: the defaults hold then, and
    /// the fault is counted.</summary>
    public sealed class ConfigurationStore
    {
        private const string FileName = "configuration";

        private readonly IVolume _volume;

        /// <summary>Keeps the configuration on a volume.</summary>
        public ConfigurationStore(IVolume volume)
        {
            _volume = volume;
        }

        /// <summary>What a new sensor is set to: worn somewhere on a shoe with the chip's axes along the
        /// foot's.</summary>
        public static Configuration Default
        {
            get
            {
                return new Configuration(
                    Placement.Unknown,
                    CadenceConvention.BothFeet,
                    GaitEngine.DefaultToeLandingHalfDegrees,
                    GaitEngine.DefaultHeelLandingHalfDegrees,
                    Mount.Identity,
                    string.Empty);
            }
        }

        /// <summary>Files that were there but could not be understood.</summary>
        public uint BadFiles { get; private set; }

        /// <summary>Saves that the flash refused.</summary>
        public uint FailedWrites { get; private set; }

        /// <summary>The stored configuration, or the default one.</summary>
        public Configuration Load()
        {
            Configuration stored = Decode(SafeFile.Read(_volume, FileName));
            if (stored == null)
            {
                stored = Decode(SafeFile.ReadReplacement(_volume, FileName));
            }

            return stored == null ? Default : stored;
        }

        /// <summary>Stores a configuration. False when the flash refused: the old one stays.</summary>
        public bool Save(Configuration configuration)
        {
            byte[] content = new byte[Configuration.MaxLength];
            bool saved = SafeFile.Write(_volume, FileName, content, configuration.Encode(content, 0));
            if (!saved)
            {
                FailedWrites++;
            }

            return saved;
        }

        /// <summary>Goes back to the defaults. False when the flash refused.</summary>
        public bool Forget()
        {
            return SafeFile.Delete(_volume, FileName);
        }

        private Configuration Decode(byte[] content)
        {
            if (content == null)
            {
                return null;
            }

            Configuration stored = Configuration.Decode(content, out DecodeError error, out ConfigurationField _);
            if (error != DecodeError.None)
            {
                BadFiles++;
            }

            return stored;
        }
    }
}
