namespace Backstep.Protocol
{
    /// <summary>
    /// RSC Measurement, 0x2A53, notified once a second, zeros included (RSCS 1.0, 3.1). Immutable, in the units of the
    /// air. See README.md, "RSC Measurement".
    /// </summary>
    public sealed class RscMeasurement
    {
        /// <summary>Most bytes that a measurement takes.</summary>
        public const int MaxLength = 10;

        /// <summary>Speed units in one m/s.</summary>
        public const int SpeedUnitsPerMeterPerSecond = 256;

        private const int FlagsAt = 0; // u8
        private const int SpeedAt = 1; // u16
        private const int CadenceAt = 3; // u8
        private const int OptionalAt = 4; // [stride length u16] [total distance u32]
        private const int StrideLengthSize = 2;
        private const int TotalDistanceSize = 4;

        private const int StrideLengthPresent = 1;
        private const int TotalDistancePresent = 2;
        private const int RunningFlag = 4;
        private const int KnownFlags = StrideLengthPresent | TotalDistancePresent | RunningFlag;

        /// <summary>Makes a measurement.</summary>
        /// <param name="speedMetersPerSecondTimes256">0 to 65535.</param>
        /// <param name="cadencePerMinute">0 to 255; steps of both feet or of one, as the cadence convention
        /// says.</param>
        /// <param name="strideLengthCentimeters">0 to 65535, or <see cref="Message.Missing"/>.</param>
        /// <param name="totalDistanceDecimeters">0 to 2^32 - 1, or <see cref="Message.Missing"/>.</param>
        /// <param name="isRunning">True for running; false for walking, and when it is not told.</param>
        public RscMeasurement(int speedMetersPerSecondTimes256, int cadencePerMinute, int strideLengthCentimeters,
            long totalDistanceDecimeters, bool isRunning)
        {
            SpeedMetersPerSecondTimes256 = speedMetersPerSecondTimes256;
            CadencePerMinute = cadencePerMinute;
            StrideLengthCentimeters = strideLengthCentimeters;
            TotalDistanceDecimeters = totalDistanceDecimeters;
            IsRunning = isRunning;
        }

        /// <summary>Instantaneous speed in 1/256 m/s.</summary>
        public int SpeedMetersPerSecondTimes256 { get; }

        /// <summary>Instantaneous cadence in 1/min.</summary>
        public int CadencePerMinute { get; }

        /// <summary>Stride length in cm, or <see cref="Message.Missing"/>.</summary>
        public int StrideLengthCentimeters { get; }

        /// <summary>Distance since the last reset in 0.1 m, or <see cref="Message.Missing"/>.</summary>
        public long TotalDistanceDecimeters { get; }

        /// <summary>Running rather than walking; says nothing unless the feature bit is set.</summary>
        public bool IsRunning { get; }

        /// <summary>Speed in mm/s, rounded.</summary>
        public int SpeedMillimetersPerSecond
        {
            get { return ((SpeedMetersPerSecondTimes256 * 1000)
                + (SpeedUnitsPerMeterPerSecond / 2)) / SpeedUnitsPerMeterPerSecond; }
        }

        /// <summary>mm/s in the unit of the air, rounded; a negative speed counts as 0.</summary>
        public static int SpeedFromMillimetersPerSecond(int millimetersPerSecond)
        {
            const int fastest = 0xFFFF * 1000 / SpeedUnitsPerMeterPerSecond;
            return ((Wire.Clamp(millimetersPerSecond, 0, fastest) * SpeedUnitsPerMeterPerSecond) + 500) / 1000;
        }

        /// <summary>True if every field present has its feature bit set, as the service demands (RSCS 1.0,
        /// 3.1.1.1).</summary>
        public bool IsCoveredBy(RscFeature feature)
        {
            return (StrideLengthCentimeters == Message.Missing || feature.StrideLength)
                && (TotalDistanceDecimeters == Message.Missing || feature.TotalDistance)
                && (!IsRunning || feature.WalkingOrRunning);
        }

        /// <summary>Writes the measurement; values outside their range are clamped to it.</summary>
        /// <returns>4, 6, 8 or 10, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int flags = (StrideLengthCentimeters == Message.Missing ? 0 : StrideLengthPresent)
                | (TotalDistanceDecimeters == Message.Missing ? 0 : TotalDistancePresent)
                | (IsRunning ? RunningFlag : 0);
            int length = LengthFor(flags);
            if (!Wire.Fits(buffer, offset, length))
            {
                return 0;
            }

            buffer[offset + FlagsAt] = (byte)flags;
            Wire.Put16(buffer, offset + SpeedAt, Wire.Clamp(SpeedMetersPerSecondTimes256, 0, 0xFFFF));
            buffer[offset + CadenceAt] = (byte)Wire.Clamp(CadencePerMinute, 0, 0xFF);
            int at = offset + OptionalAt;
            if ((flags & StrideLengthPresent) != 0)
            {
                Wire.Put16(buffer, at, Wire.Clamp(StrideLengthCentimeters, 0, 0xFFFF));
                at += StrideLengthSize;
            }

            if ((flags & TotalDistancePresent) != 0)
            {
                long distance = TotalDistanceDecimeters;
                Wire.Put32(buffer, at, distance < 0 ? 0 : distance > 0xFFFFFFFF ? 0xFFFFFFFF : (uint)distance);
            }

            return length;
        }

        /// <summary>The measurement in a whole value, or null and the error.</summary>
        public static RscMeasurement Decode(byte[] data, out DecodeError error)
        {
            error = Check(data);
            if (error != DecodeError.None)
            {
                return null;
            }

            int flags = data[FlagsAt];
            int at = OptionalAt;
            int strideLength = Message.Missing;
            long totalDistance = Message.Missing;
            if ((flags & StrideLengthPresent) != 0)
            {
                strideLength = Wire.GetU16(data, at);
                at += StrideLengthSize;
            }

            if ((flags & TotalDistancePresent) != 0)
            {
                totalDistance = Wire.GetU32(data, at);
            }

            return new RscMeasurement(Wire.GetU16(data, SpeedAt), data[CadenceAt], strideLength, totalDistance,
                (flags & RunningFlag) != 0);
        }

        private static DecodeError Check(byte[] data)
        {
            if (!Wire.Fits(data, 0, OptionalAt))
            {
                return DecodeError.WrongLength;
            }

            if ((data[FlagsAt] & ~KnownFlags) != 0)
            {
                return DecodeError.UnknownFlags;
            }

            return data.Length == LengthFor(data[FlagsAt]) ? DecodeError.None : DecodeError.WrongLength;
        }

        private static int LengthFor(int flags)
        {
            return OptionalAt
                + ((flags & StrideLengthPresent) != 0 ? StrideLengthSize : 0)
                + ((flags & TotalDistancePresent) != 0 ? TotalDistanceSize : 0);
        }
    }
}
