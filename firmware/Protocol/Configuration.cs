using Backstep.Gait;

namespace Backstep.Protocol
{
    /// <summary>
    /// Backstep Configuration: what the owner has set; read and written whole, and the record that lies in the flash.
    /// Immutable. A value with any bad field is refused whole, and the field named. See README.md, "Configuration".
    /// </summary>
    public sealed class Configuration
    {
        /// <summary>Layout version written.</summary>
        public const int Version = 1;

        /// <summary>Longest name in bytes of UTF-8: what is left of a scan response of 31 bytes beside a 16-bit
        /// appearance and a header, rounded down.</summary>
        public const int MaxNameBytes = 20;

        /// <summary>Most bytes that a configuration takes.</summary>
        public const int MaxLength = NameAt + MaxNameBytes + ChecksumSize;

        private const int VersionAt = 0; // u8
        private const int PlacementAt = 1; // u8
        private const int CadenceAt = 2; // u8
        private const int ToeLandingAt = 3; // s8
        private const int HeelLandingAt = 4; // s8
        private const int MountAt = 5; // nine s16
        private const int NameLengthAt = MountAt + MountCodec.Length; // u8
        private const int NameAt = NameLengthAt + 1; // UTF-8
        private const int ChecksumSize = 2; // u16, over all bytes before it
        private const int MinLength = NameAt + ChecksumSize;

        private const int MaxHalfDegrees = 126;

        /// <summary>Makes a configuration. Values are taken as they are; <see cref="Check"/> tells whether a sensor
        /// would accept them.</summary>
        public Configuration(
            Placement placement,
            CadenceConvention cadence,
            int toeLandingHalfDegrees,
            int heelLandingHalfDegrees,
            Mount mount,
            string name)
        {
            Placement = placement;
            Cadence = cadence;
            ToeLandingHalfDegrees = toeLandingHalfDegrees;
            HeelLandingHalfDegrees = heelLandingHalfDegrees;
            Mount = mount ?? Mount.Identity;
            Name = name ?? string.Empty;
        }

        /// <summary>Where the unit is worn.</summary>
        public Placement Placement { get; }

        /// <summary>What RSC Measurement counts as cadence.</summary>
        public CadenceConvention Cadence { get; }

        /// <summary>A foot strike angle at or below this many half degrees is a toe landing; -126 to 0.</summary>
        public int ToeLandingHalfDegrees { get; }

        /// <summary>A foot strike angle at or above this many half degrees is a heel landing; 0 to 126.</summary>
        public int HeelLandingHalfDegrees { get; }

        /// <summary>The rotation from the chip's axes to the foot frame.</summary>
        public Mount Mount { get; }

        /// <summary>The unit's name, up to 20 bytes of UTF-8 without control characters; empty for the default
        /// name.</summary>
        public string Name { get; }

        /// <summary>The first field that a sensor would refuse, or <see cref="ConfigurationField.None"/>.</summary>
        public ConfigurationField Check()
        {
            byte[] mount = new byte[MountCodec.Length];
            MountCodec.Encode(Mount, mount, 0);
            return FirstBad((int)Placement, (int)Cadence, ToeLandingHalfDegrees, HeelLandingHalfDegrees, mount, 0,
                Name);
        }

        /// <summary>Writes the configuration; numbers outside their range are clamped to it, a name too long is cut
        /// after a whole character.</summary>
        /// <returns>26 and the name, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int nameLength = Wire.Clamp(Utf8.ByteCount(Name), 0, MaxNameBytes);
            if (!Wire.Fits(buffer, offset, MinLength + nameLength))
            {
                return 0;
            }

            buffer[offset + VersionAt] = Version;
            buffer[offset + PlacementAt] = (byte)Wire.CodeOrZero((int)Placement, (int)Placement.Wrist);
            buffer[offset + CadenceAt] = (byte)Wire.CodeOrZero((int)Cadence, (int)CadenceConvention.OneFoot);
            buffer[offset + ToeLandingAt] = (byte)Wire.Clamp(ToeLandingHalfDegrees, -MaxHalfDegrees, 0);
            buffer[offset + HeelLandingAt] = (byte)Wire.Clamp(HeelLandingHalfDegrees, 0, MaxHalfDegrees);
            MountCodec.Encode(Mount, buffer, offset + MountAt);
            nameLength = Utf8.Encode(Name, buffer, offset + NameAt, MaxNameBytes);
            buffer[offset + NameLengthAt] = (byte)nameLength;
            Wire.Put16(buffer, offset + NameAt + nameLength, Crc16.Of(buffer, offset, NameAt + nameLength));
            return MinLength + nameLength;
        }

        /// <summary>The configuration in a whole value, or null, the error and the field that is to blame.</summary>
        public static Configuration Decode(byte[] data, out DecodeError error, out ConfigurationField field)
        {
            field = ConfigurationField.Layout;
            error = CheckLayout(data);
            if (error != DecodeError.None)
            {
                return null;
            }

            string name = Utf8.Decode(data, NameAt, data[NameLengthAt]);
            int placement = data[PlacementAt];
            int cadence = data[CadenceAt];
            int toe = Wire.GetS8(data, ToeLandingAt);
            int heel = Wire.GetS8(data, HeelLandingAt);
            field = FirstBad(placement, cadence, toe, heel, data, MountAt, name);
            error = ErrorFor(field);
            return error == DecodeError.None
                ? new Configuration((Placement)placement, (CadenceConvention)cadence, toe, heel,
                    MountCodec.Read(data, MountAt), name)
                : null;
        }

        private static DecodeError CheckLayout(byte[] data)
        {
            if (!Wire.Fits(data, 0, MinLength))
            {
                return DecodeError.WrongLength;
            }

            // The version comes first: a later layout may have any length.
            if (data[VersionAt] != Version)
            {
                return data[VersionAt] > Version ? DecodeError.FutureVersion : DecodeError.ReservedValue;
            }

            int nameLength = data[NameLengthAt];
            if (nameLength > MaxNameBytes || data.Length != MinLength + nameLength)
            {
                return DecodeError.WrongLength;
            }

            int checksumAt = NameAt + nameLength;
            return Wire.GetU16(data, checksumAt) == Crc16.Of(data, 0, checksumAt) ? DecodeError.None
                : DecodeError.BadChecksum;
        }

        private static ConfigurationField FirstBad(int placement, int cadence, int toe, int heel, byte[] mount,
            int mountAt, string name)
        {
            return !Wire.IsIn(placement, 0, (int)Placement.Wrist) ? ConfigurationField.Placement
                : !Wire.IsIn(cadence, 0, (int)CadenceConvention.OneFoot) ? ConfigurationField.Cadence
                : !Wire.IsIn(toe, -MaxHalfDegrees, 0) ? ConfigurationField.ToeLanding
                : !Wire.IsIn(heel, 0, MaxHalfDegrees) ? ConfigurationField.HeelLanding
                : !MountCodec.IsRotation(mount, mountAt) ? ConfigurationField.Mount
                : name == null || Utf8.HasControlCharacter(name)
                || Utf8.ByteCount(name) > MaxNameBytes ? ConfigurationField.Name
                : ConfigurationField.None;
        }

        private static DecodeError ErrorFor(ConfigurationField field)
        {
            switch (field)
            {
                case ConfigurationField.None:
                    return DecodeError.None;
                case ConfigurationField.Placement:
                case ConfigurationField.Cadence:
                    return DecodeError.ReservedValue;
                case ConfigurationField.Name:
                    return DecodeError.BadText;
                default:
                    return DecodeError.OutOfRange;
            }
        }
    }
}
