using Backstep.Gait;

namespace Backstep.Protocol
{
    /// <summary>
    /// Backstep Stride: one stride in 20 bytes, so that it fits the default MTU; also the record of the Log and of the
    /// flash. See README.md, "Stride".
    /// </summary>
    public static class StrideCodec
    {
        /// <summary>Length of the record in bytes.</summary>
        public const int Length = 20;

        /// <summary>Layout version written.</summary>
        public const int Version = 0;

        // Offsets, u32 unless said otherwise.
        private const int SequenceAt = 0;
        private const int ContactAt = 4;
        private const int CodesAt = 8; // u8
        private const int ConfidenceAt = 9; // u8
        private const int FootStrikeAt = 10; // s8
        private const int TiltAt = 11; // s8
        private const int StrideTimeAt = 12; // u16
        private const int SwingTimeAt = 14; // u16
        private const int LengthAt = 16; // u16
        private const int ImpactAt = 18; // u8
        private const int DecisionAt = 19; // u8

        private const int LandingShift = 2;
        private const int PostureShift = 4;
        private const int VersionShift = 6;
        private const int CodeMask = 3;

        private const int MaxPercent = 100;
        private const int MaxHalfDegrees = 126;
        private const int MissingAngle = -128;
        private const int MaxU16 = 0xFFFE;
        private const int MissingU16 = 0xFFFF;
        private const int MaxU8 = 0xFE;
        private const int MissingU8 = 0xFF;
        private const int DecisionStepMilliseconds = 10;

        /// <summary>
        /// Writes a stride; values outside their range are clamped to it. A stride time shorter than its own swing
        /// cannot be true and is written as missing.
        /// </summary>
        /// <returns>20, or 0 if the buffer has no room.</returns>
        public static int Encode(Stride stride, byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            int swing = Wire.Clamp(stride.SwingMilliseconds, 1, MaxU16);
            int strideTime = Wire.ClampOr(stride.StrideMilliseconds, 1, MaxU16, MissingU16);
            if (strideTime < swing)
            {
                strideTime = MissingU16;
            }

            Wire.Put32(buffer, offset + SequenceAt, stride.Sequence);
            Wire.Put32(buffer, offset + ContactAt, stride.ContactMilliseconds);
            buffer[offset + CodesAt] = (byte)(
                Wire.CodeOrZero((int)stride.Direction, (int)Direction.Backward)
                | (Wire.CodeOrZero((int)stride.Landing, (int)Landing.Heel) << LandingShift)
                | (Wire.CodeOrZero((int)stride.Posture, (int)Posture.Free) << PostureShift)
                | (Version << VersionShift));
            buffer[offset + ConfidenceAt] = (byte)Wire.Clamp(stride.ConfidencePercent, 0, MaxPercent);
            buffer[offset + FootStrikeAt] = (byte)Wire.ClampOr(stride.FootStrikeHalfDegrees, -MaxHalfDegrees,
                MaxHalfDegrees, MissingAngle);
            buffer[offset + TiltAt] = (byte)Wire.ClampOr(stride.TiltHalfDegrees, -MaxHalfDegrees, MaxHalfDegrees,
                MissingAngle);
            Wire.Put16(buffer, offset + StrideTimeAt, strideTime);
            Wire.Put16(buffer, offset + SwingTimeAt, swing);
            Wire.Put16(buffer, offset + LengthAt, Wire.ClampOr(stride.LengthMillimeters, 0, MaxU16, MissingU16));
            buffer[offset + ImpactAt] = (byte)Wire.ClampOr(stride.ImpactTenthsG, 0, MaxU8, MissingU8);
            int decision = Wire.Clamp(stride.DecisionMilliseconds, 0, MaxU8 * DecisionStepMilliseconds);
            buffer[offset + DecisionAt] =
                (byte)((decision + (DecisionStepMilliseconds / 2)) / DecisionStepMilliseconds);
            return Length;
        }

        /// <summary>The stride in a whole value, or null and the error.</summary>
        public static Stride Decode(byte[] data, out DecodeError error)
        {
            if (!Wire.IsExactly(data, Length))
            {
                error = DecodeError.WrongLength;
                return null;
            }

            return Decode(data, 0, out error);
        }

        /// <summary>The stride in the 20 bytes from <paramref name="offset"/>, or null and the error.</summary>
        public static Stride Decode(byte[] data, int offset, out DecodeError error)
        {
            error = Check(data, offset);
            if (error != DecodeError.None)
            {
                return null;
            }

            int codes = data[offset + CodesAt];
            return new Stride(
                sequence: Wire.GetU32(data, offset + SequenceAt),
                contactMilliseconds: Wire.GetU32(data, offset + ContactAt),
                direction: (Direction)(codes & CodeMask),
                landing: (Landing)((codes >> LandingShift) & CodeMask),
                posture: (Posture)((codes >> PostureShift) & CodeMask),
                confidencePercent: data[offset + ConfidenceAt],
                footStrikeHalfDegrees: Wire.OrMissing(Wire.GetS8(data, offset + FootStrikeAt), MissingAngle),
                tiltHalfDegrees: Wire.OrMissing(Wire.GetS8(data, offset + TiltAt), MissingAngle),
                strideMilliseconds: Wire.OrMissing(Wire.GetU16(data, offset + StrideTimeAt), MissingU16),
                swingMilliseconds: Wire.GetU16(data, offset + SwingTimeAt),
                lengthMillimeters: Wire.OrMissing(Wire.GetU16(data, offset + LengthAt), MissingU16),
                impactTenthsG: Wire.OrMissing(data[offset + ImpactAt], MissingU8),
                decisionMilliseconds: data[offset + DecisionAt] * DecisionStepMilliseconds);
        }

        private static DecodeError Check(byte[] data, int offset)
        {
            if (!Wire.Fits(data, offset, Length))
            {
                return DecodeError.WrongLength;
            }

            int codes = data[offset + CodesAt];
            if (codes >> VersionShift != Version)
            {
                return DecodeError.FutureVersion;
            }

            if ((codes & CodeMask) > (int)Direction.Backward
                || ((codes >> PostureShift) & CodeMask) > (int)Posture.Free)
            {
                return DecodeError.ReservedValue;
            }

            int swing = Wire.GetU16(data, offset + SwingTimeAt);
            bool inRange = data[offset + ConfidenceAt] <= MaxPercent
                && IsAngle(Wire.GetS8(data, offset + FootStrikeAt))
                && IsAngle(Wire.GetS8(data, offset + TiltAt))
                && Wire.IsIn(swing, 1, MaxU16)
                && Wire.GetU16(data, offset + StrideTimeAt) >= swing
                && data[offset + DecisionAt] <= MaxU8;
            return inRange ? DecodeError.None : DecodeError.OutOfRange;
        }

        private static bool IsAngle(int halfDegrees)
        {
            return halfDegrees == MissingAngle || Wire.IsIn(halfDegrees, -MaxHalfDegrees, MaxHalfDegrees);
        }
    }
}
