namespace Backstep.Protocol
{
    /// <summary>
    /// Fitness Machine Feature, 0x2ACC, read: what the machine measures and what it lets itself be told (FTMS 1.0,
    /// 4.3). Immutable. See README.md, "Fitness Machine Feature".
    /// </summary>
    public sealed class FitnessMachineFeature
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 8;

        /// <summary>Feature bit (FTMS 1.0, table 4.3): average speed.</summary>
        public const uint AverageSpeed = 1u << 0;

        /// <summary>Feature bit: total distance.</summary>
        public const uint TotalDistance = 1u << 2;

        /// <summary>Feature bit: inclination and ramp angle.</summary>
        public const uint Inclination = 1u << 3;

        /// <summary>Feature bit: elevation gain.</summary>
        public const uint ElevationGain = 1u << 4;

        /// <summary>Feature bit: pace.</summary>
        public const uint Pace = 1u << 5;

        /// <summary>Feature bit: expended energy.</summary>
        public const uint ExpendedEnergy = 1u << 9;

        /// <summary>Feature bit: heart rate.</summary>
        public const uint HeartRate = 1u << 10;

        /// <summary>Feature bit: metabolic equivalent.</summary>
        public const uint MetabolicEquivalent = 1u << 11;

        /// <summary>Feature bit: elapsed time.</summary>
        public const uint ElapsedTime = 1u << 12;

        /// <summary>Feature bit: remaining time.</summary>
        public const uint RemainingTime = 1u << 13;

        /// <summary>Feature bit: force on belt and power output.</summary>
        public const uint ForceAndPower = 1u << 15;

        private const int FeaturesAt = 0; // u32
        private const int TargetsAt = 4; // u32

        // Bits 17 to 31 of both fields are reserved (FTMS 1.0, tables 4.3 and 4.4).
        private const uint KnownBits = 0x1FFFF;

        /// <summary>Makes a feature value; reserved bits are dropped, and a bit may be set only if it is true of the
        /// sensor.</summary>
        public FitnessMachineFeature(uint features, uint targetSettings)
        {
            Features = features & KnownBits;
            TargetSettings = targetSettings & KnownBits;
        }

        /// <summary>What is measured, bit by bit.</summary>
        public uint Features { get; }

        /// <summary>Which targets can be set. Backstep sends 0: it cannot drive the belt.</summary>
        public uint TargetSettings { get; }

        /// <summary>Writes both fields.</summary>
        /// <returns>8, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            Wire.Put32(buffer, offset + FeaturesAt, Features);
            Wire.Put32(buffer, offset + TargetsAt, TargetSettings);
            return Length;
        }

        /// <summary>The feature in a whole value, or null and the error.</summary>
        public static FitnessMachineFeature Decode(byte[] data, out DecodeError error)
        {
            if (!Wire.IsExactly(data, Length))
            {
                error = DecodeError.WrongLength;
                return null;
            }

            uint features = Wire.GetU32(data, FeaturesAt);
            uint targets = Wire.GetU32(data, TargetsAt);
            error = ((features | targets) & ~KnownBits) == 0 ? DecodeError.None : DecodeError.UnknownFlags;
            return error == DecodeError.None ? new FitnessMachineFeature(features, targets) : null;
        }
    }
}
