namespace Backstep.Protocol
{
    /// <summary>RSC Feature, 0x2A54, read: what the sensor can measure (RSCS 1.0, 3.2). Immutable. See README.md, "RSC
    /// Feature".</summary>
    public sealed class RscFeature
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 2;

        private const int StrideLengthBit = 1 << 0;
        private const int TotalDistanceBit = 1 << 1;
        private const int WalkingOrRunningBit = 1 << 2;
        private const int CalibrationBit = 1 << 3;
        private const int MultipleLocationsBit = 1 << 4;
        private const int KnownBits = StrideLengthBit | TotalDistanceBit | WalkingOrRunningBit | CalibrationBit
            | MultipleLocationsBit;

        private readonly int _bits;

        /// <summary>Makes a feature value; a bit may be set only if it is true of the sensor.</summary>
        public RscFeature(bool strideLength, bool totalDistance, bool walkingOrRunning, bool calibration,
            bool multipleLocations)
            : this(
                (strideLength ? StrideLengthBit : 0)
                | (totalDistance ? TotalDistanceBit : 0)
                | (walkingOrRunning ? WalkingOrRunningBit : 0)
                | (calibration ? CalibrationBit : 0)
                | (multipleLocations ? MultipleLocationsBit : 0))
        {
        }

        private RscFeature(int bits)
        {
            _bits = bits;
        }

        /// <summary>Measures stride length.</summary>
        public bool StrideLength
        {
            get { return (_bits & StrideLengthBit) != 0; }
        }

        /// <summary>Measures total distance.</summary>
        public bool TotalDistance
        {
            get { return (_bits & TotalDistanceBit) != 0; }
        }

        /// <summary>Tells walking from running.</summary>
        public bool WalkingOrRunning
        {
            get { return (_bits & WalkingOrRunningBit) != 0; }
        }

        /// <summary>Has the calibration procedure of the SC Control Point.</summary>
        public bool Calibration
        {
            get { return (_bits & CalibrationBit) != 0; }
        }

        /// <summary>Can be worn in several places.</summary>
        public bool MultipleLocations
        {
            get { return (_bits & MultipleLocationsBit) != 0; }
        }

        /// <summary>Writes the feature bits.</summary>
        /// <returns>2, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            Wire.Put16(buffer, offset, _bits);
            return Length;
        }

        /// <summary>The feature in a whole value, or null and the error.</summary>
        public static RscFeature Decode(byte[] data, out DecodeError error)
        {
            if (!Wire.IsExactly(data, Length))
            {
                error = DecodeError.WrongLength;
                return null;
            }

            int bits = Wire.GetU16(data, 0);
            error = (bits & ~KnownBits) == 0 ? DecodeError.None : DecodeError.UnknownFlags;
            return error == DecodeError.None ? new RscFeature(bits) : null;
        }
    }
}
