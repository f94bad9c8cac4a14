using Backstep.Gait;

namespace Backstep.Protocol
{
    /// <summary>
    /// Backstep Rails: what the shoe can say of the rails and of the rhythm after its last stride, in 10 bytes; read,
    /// and notified after each stride. Immutable. See README.md, "Rails".
    /// </summary>
    public sealed class RailEstimate
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 10;

        /// <summary>Layout version written.</summary>
        public const int Version = 0;

        private const int CodesAt = 0; // u8
        private const int WhyAt = 1; // u8
        private const int HeldAt = 2; // u8
        private const int StridesAt = 3; // u8
        private const int VariationAt = 4; // u16
        private const int ThresholdAt = 6; // u16
        private const int SettledAt = 8; // u16

        private const int PostureMask = 3;
        private const int RhythmFlag = 1 << 2;
        private const int ReservedFlags = 0x38;
        private const int VersionShift = 6;
        private const int MaxPercent = 100;
        private const int MaxU8 = 0xFF;
        private const int MissingU8 = 0xFF;
        private const int MaxU16 = 0xFFFE;
        private const int MissingU16 = 0xFFFF;

        /// <summary>Makes an estimate. Values are taken as they are; the encoder keeps the ranges.</summary>
        public RailEstimate(
            Posture posture, RailUnknown why, int heldPercent, int strides, bool isRhythmSettled,
            int variationHundredthsPercent, int thresholdHundredthsPercent, int settledAfterSeconds)
        {
            Posture = posture;
            Why = why;
            HeldPercent = heldPercent;
            Strides = strides;
            IsRhythmSettled = isRhythmSettled;
            VariationHundredthsPercent = variationHundredthsPercent;
            ThresholdHundredthsPercent = thresholdHundredthsPercent;
            SettledAfterSeconds = settledAfterSeconds;
        }

        /// <summary>Held, free or unknown.</summary>
        public Posture Posture { get; }

        /// <summary>Why it is unknown; <see cref="RailUnknown.None"/> when it is not.</summary>
        public RailUnknown Why { get; }

        /// <summary>Probability that the rails are held, 0 to 100 %, or <see cref="Message.Missing"/>.</summary>
        public int HeldPercent { get; }

        /// <summary>Strides behind the estimate, 0 to 255.</summary>
        public int Strides { get; }

        /// <summary>Stride-time variability is under the threshold.</summary>
        public bool IsRhythmSettled { get; }

        /// <summary>Coefficient of variation of stride time over the last 20 strides in 0.01 %, or
        /// <see cref="Message.Missing"/>.</summary>
        public int VariationHundredthsPercent { get; }

        /// <summary>The threshold in force, in 0.01 %.</summary>
        public int ThresholdHundredthsPercent { get; }

        /// <summary>How long the rhythm took to settle in this session in s, 0 to 65534, or
        /// <see cref="Message.Missing"/>.</summary>
        public int SettledAfterSeconds { get; }

        /// <summary>Writes the estimate; values outside their range are clamped to it. A known posture has no reason to
        /// be unknown.</summary>
        /// <returns>10, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            return Encode(
                Posture, Why, HeldPercent, Strides, IsRhythmSettled, VariationHundredthsPercent,
                ThresholdHundredthsPercent, SettledAfterSeconds, buffer, offset);
        }

        /// <summary>The same without an estimate to be made first: for who sends one after each stride.</summary>
        /// <returns>10, or 0 if the buffer has no room.</returns>
        public static int Encode(
            Posture posture,
            RailUnknown why,
            int heldPercent,
            int strides,
            bool isRhythmSettled,
            int variationHundredthsPercent,
            int thresholdHundredthsPercent,
            int settledAfterSeconds,
            byte[] buffer,
            int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            int postureCode = Wire.CodeOrZero((int)posture, (int)Posture.Free);
            int whyCode = Wire.CodeOrZero((int)why, (int)RailUnknown.Undecided);
            buffer[offset + CodesAt] =
                (byte)(postureCode | (isRhythmSettled ? RhythmFlag : 0) | (Version << VersionShift));
            buffer[offset + WhyAt] = (byte)(postureCode != 0 ? 0 : whyCode == 0 ? (int)RailUnknown.Undecided : whyCode);
            buffer[offset + HeldAt] = (byte)Wire.ClampOr(heldPercent, 0, MaxPercent, MissingU8);
            buffer[offset + StridesAt] = (byte)Wire.Clamp(strides, 0, MaxU8);
            Wire.Put16(buffer, offset + VariationAt, Wire.ClampOr(variationHundredthsPercent, 0, MaxU16, MissingU16));
            Wire.Put16(buffer, offset + ThresholdAt, Wire.Clamp(thresholdHundredthsPercent, 0, MaxU16));
            Wire.Put16(buffer, offset + SettledAt, Wire.ClampOr(settledAfterSeconds, 0, MaxU16, MissingU16));
            return Length;
        }

        /// <summary>The estimate in a whole value, or null and the error.</summary>
        public static RailEstimate Decode(byte[] data, out DecodeError error)
        {
            error = Check(data);
            return error != DecodeError.None
                ? null
                : new RailEstimate(
                    (Posture)(data[CodesAt] & PostureMask),
                    (RailUnknown)data[WhyAt],
                    Wire.OrMissing(data[HeldAt], MissingU8),
                    data[StridesAt],
                    (data[CodesAt] & RhythmFlag) != 0,
                    Wire.OrMissing(Wire.GetU16(data, VariationAt), MissingU16),
                    Wire.GetU16(data, ThresholdAt),
                    Wire.OrMissing(Wire.GetU16(data, SettledAt), MissingU16));
        }

        private static DecodeError Check(byte[] data)
        {
            if (!Wire.IsExactly(data, Length))
            {
                return DecodeError.WrongLength;
            }

            int codes = data[CodesAt];
            int posture = codes & PostureMask;
            if (codes >> VersionShift != Version)
            {
                return DecodeError.FutureVersion;
            }

            if ((codes & ReservedFlags) != 0)
            {
                return DecodeError.UnknownFlags;
            }

            if (posture > (int)Posture.Free || data[WhyAt] > (int)RailUnknown.Undecided)
            {
                return DecodeError.ReservedValue;
            }

            bool inRange = (posture == 0) == (data[WhyAt] != 0)
                && (data[HeldAt] <= MaxPercent || data[HeldAt] == MissingU8)
                && Wire.GetU16(data, ThresholdAt) <= MaxU16;
            return inRange ? DecodeError.None : DecodeError.OutOfRange;
        }
    }
}
