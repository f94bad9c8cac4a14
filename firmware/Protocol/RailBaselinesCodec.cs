using Backstep.Gait;

namespace Backstep.Protocol
{
    /// <summary>
    /// Backstep Rail baselines: what the walker's calibration found; read and written whole, and the record in the
    /// flash. No baselines have a spelling of their own, which decodes to some of no direction, with neither of the two
    /// there. See README.md, "Rail baselines".
    /// </summary>
    public static class RailBaselinesCodec
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 26;

        /// <summary>Layout version written.</summary>
        public const int Version = 1;

        private const int VersionAt = 0; // u8
        private const int DirectionAt = 1; // u8
        private const int SpeedAt = 2; // u16
        private const int InclineAt = 4; // s16
        private const int HeldStridesAt = 6; // u8
        private const int FreeStridesAt = 7; // u8
        private const int HeldAt = 8; // four u16
        private const int FreeAt = 16; // four u16
        private const int ChecksumAt = 24; // u16, over all bytes before it

        private const int MaxU8 = 0xFF;
        private const int MaxU16 = 0xFFFE;
        private const int MissingU16 = 0xFFFF;
        private const int MostIncline = 400;
        private const int MissingIncline = 0x7FFF;

        /// <summary>Writes baselines; null and those without a direction are written as none. Values outside their
        /// range are clamped to it.</summary>
        /// <returns>26, or 0 if the buffer has no room.</returns>
        public static int Encode(RailBaselines baselines, byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, Length))
            {
                return 0;
            }

            bool none = baselines == null
                || !Wire.IsIn((int)baselines.Direction, (int)Direction.Forward, (int)Direction.Backward);
            buffer[offset + VersionAt] = Version;
            buffer[offset + DirectionAt] = (byte)(none ? Direction.Unknown : baselines.Direction);
            Wire.Put16(buffer, offset + SpeedAt, none ? 0 : Wire.Clamp(baselines.BeltMillimetersPerSecond, 1, MaxU16));
            Wire.Put16(buffer, offset + InclineAt,
                none ? 0 : Wire.ClampOr(baselines.InclineTenthsPercent, -MostIncline, MostIncline, MissingIncline));
            Put(buffer, offset + HeldStridesAt, offset + HeldAt, none ? null : baselines.Held);
            Put(buffer, offset + FreeStridesAt, offset + FreeAt, none ? null : baselines.Free);
            Wire.Put16(buffer, offset + ChecksumAt, Crc16.Of(buffer, offset, ChecksumAt));
            return Length;
        }

        /// <summary>The baselines in a whole value, which may be none (<see cref="OrNull"/>), or null and the
        /// error.</summary>
        public static RailBaselines Decode(byte[] data, out DecodeError error)
        {
            error = Check(data);
            if (error != DecodeError.None)
            {
                return null;
            }

            return data[DirectionAt] == (int)Direction.Unknown
                ? new RailBaselines(Direction.Unknown, 0, 0, null, null)
                : new RailBaselines(
                    (Direction)data[DirectionAt],
                    Wire.GetU16(data, SpeedAt),
                    Wire.OrMissing(Wire.GetS16(data, InclineAt), MissingIncline),
                    Read(data, HeldStridesAt, HeldAt),
                    Read(data, FreeStridesAt, FreeAt));
        }

        /// <summary>What a sensor compares with: null when there are none.</summary>
        public static RailBaselines OrNull(RailBaselines baselines)
        {
            return baselines == null || baselines.Direction == Direction.Unknown ? null : baselines;
        }

        private static DecodeError Check(byte[] data)
        {
            // The version comes first: a later layout may have any length.
            if (data != null && data.Length > VersionAt && data[VersionAt] > Version)
            {
                return DecodeError.FutureVersion;
            }

            if (!Wire.IsExactly(data, Length))
            {
                return DecodeError.WrongLength;
            }

            if (Wire.GetU16(data, ChecksumAt) != Crc16.Of(data, 0, ChecksumAt))
            {
                return DecodeError.BadChecksum;
            }

            if (data[VersionAt] != Version || data[DirectionAt] > (int)Direction.Backward)
            {
                return DecodeError.ReservedValue;
            }

            bool inRange = data[DirectionAt] == (int)Direction.Unknown ? IsZero(data) : IsInRange(data);
            return inRange ? DecodeError.None : DecodeError.OutOfRange;
        }

        private static bool IsZero(byte[] data)
        {
            for (int i = SpeedAt; i < ChecksumAt; i++)
            {
                if (data[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsInRange(byte[] data)
        {
            int incline = Wire.GetS16(data, InclineAt);
            bool inRange = Wire.IsIn(Wire.GetU16(data, SpeedAt), 1, MaxU16)
                && (incline == MissingIncline || Wire.IsIn(incline, -MostIncline, MostIncline))
                && data[HeldStridesAt] > 0
                && data[FreeStridesAt] > 0;
            for (int i = 0; i < RailWindow.Spreads; i++)
            {
                inRange = inRange && IsSpread(data, HeldAt, i) && IsSpread(data, FreeAt, i);
            }

            return inRange;
        }

        // Times are always there; angles may be missing.
        private static bool IsSpread(byte[] data, int at, int spread)
        {
            int value = Wire.GetU16(data, at + (spread * 2));
            return value > 0 && (value != MissingU16 || spread > RailWindow.StanceTime);
        }

        private static void Put(byte[] buffer, int stridesAt, int at, RailBaseline baseline)
        {
            buffer[stridesAt] = (byte)(baseline == null ? 0 : Wire.Clamp(baseline.Strides, 1, MaxU8));
            for (int i = 0; i < RailWindow.Spreads; i++)
            {
                int value = baseline == null ? 0
                    : i <= RailWindow.StanceTime ? Wire.Clamp(baseline.Hundredths(i), 1, MaxU16)
                    : Wire.ClampOr(baseline.Hundredths(i), 1, MaxU16, MissingU16);
                Wire.Put16(buffer, at + (i * 2), value);
            }
        }

        private static RailBaseline Read(byte[] data, int stridesAt, int at)
        {
            return new RailBaseline(
                data[stridesAt],
                Wire.GetU16(data, at),
                Wire.GetU16(data, at + 2),
                Wire.OrMissing(Wire.GetU16(data, at + 4), MissingU16),
                Wire.OrMissing(Wire.GetU16(data, at + 6), MissingU16));
        }
    }
}
