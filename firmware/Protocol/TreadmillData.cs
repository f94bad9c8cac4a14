namespace Backstep.Protocol
{
    /// <summary>
    /// Treadmill Data, 0x2ACD, notified (FTMS 1.0, 4.4). Backstep sends the first fields; the decoder knows them all,
    /// so that another maker's treadmill can be read too. Immutable, in the units of the air. See README.md, "Treadmill
    /// Data".
    /// </summary>
    public sealed class TreadmillData
    {
        /// <summary>Most bytes that Backstep's own fields take; they fit the default MTU.</summary>
        public const int MaxOwnLength = 15;

        /// <summary>Most bytes that all fields together take.</summary>
        public const int MaxLength = 34;

        private const int FlagsAt = 0; // u16
        private const int FieldsAt = 2;
        private const int FieldCount = 18;

        // Bit 0 is the odd one: set, it says that the speed is absent and comes in a later notification of the same
        // record.
        private const int MoreData = 1;
        private const int KnownFlags = 0x1FFF;

        // One row for each TreadmillField, in order. Size in bytes, negative if signed; flag bit that announces it;
        // value that stands for "data not available" (FTMS 1.0, 4.4.1.5 and following), or None.
        private const int None = Message.Missing;
        private static readonly sbyte[] Sizes = { 2, 2, 3, -2, -2, 2, 2, 1, 1, 2, 2, 1, 1, 1, 2, 2, -2, -2 };
        private static readonly byte[] FlagBits = { 0, 1, 2, 3, 3, 4, 4, 5, 6, 7, 7, 7, 8, 9, 10, 11, 12, 12 };
        private static readonly int[] NotAvailable =
        {
            None, None, None, 0x7FFF, 0x7FFF, None, None, None, None, 0xFFFF, 0xFFFF, 0xFF, None, None, None, None,
            0x7FFF, 0x7FFF,
        };

        // Feature bit that each flag bit needs (FTMS 1.0, table 4.5); speed needs none.
        private static readonly uint[] FeatureOfFlag =
        {
            0,
            FitnessMachineFeature.AverageSpeed,
            FitnessMachineFeature.TotalDistance,
            FitnessMachineFeature.Inclination,
            FitnessMachineFeature.ElevationGain,
            FitnessMachineFeature.Pace,
            FitnessMachineFeature.Pace,
            FitnessMachineFeature.ExpendedEnergy,
            FitnessMachineFeature.HeartRate,
            FitnessMachineFeature.MetabolicEquivalent,
            FitnessMachineFeature.ElapsedTime,
            FitnessMachineFeature.RemainingTime,
            FitnessMachineFeature.ForceAndPower,
        };

        private readonly int _flags;
        private readonly int[] _values;

        /// <summary>Makes a record of what a shoe can know; each value may be <see cref="Message.Missing"/>.</summary>
        /// <param name="speedHundredthsKilometerPerHour">0 to 65535.</param>
        /// <param name="averageSpeedHundredthsKilometerPerHour">0 to 65535.</param>
        /// <param name="totalDistanceMeters">0 to 2^24 - 1.</param>
        /// <param name="inclinationTenthsPercent">-32768 to 32766.</param>
        /// <param name="rampAngleTenthsDegree">-32768 to 32766.</param>
        /// <param name="elapsedSeconds">0 to 65535.</param>
        public TreadmillData(
            int speedHundredthsKilometerPerHour,
            int averageSpeedHundredthsKilometerPerHour,
            int totalDistanceMeters,
            int inclinationTenthsPercent,
            int rampAngleTenthsDegree,
            int elapsedSeconds)
        {
            _values = NewValues();
            _flags = MoreData;
            _flags = Set(TreadmillField.Speed, speedHundredthsKilometerPerHour);
            _flags = Set(TreadmillField.AverageSpeed, averageSpeedHundredthsKilometerPerHour);
            _flags = Set(TreadmillField.TotalDistance, totalDistanceMeters);
            _flags = Set(TreadmillField.Inclination, inclinationTenthsPercent);
            _flags = Set(TreadmillField.RampAngle, rampAngleTenthsDegree);
            _flags = Set(TreadmillField.ElapsedTime, elapsedSeconds);
        }

        private TreadmillData(int flags, int[] values)
        {
            _flags = flags;
            _values = values;
        }

        /// <summary>The record is complete; false if its first part, with the speed, is still to come (FTMS 1.0,
        /// 4.19).</summary>
        public bool IsLastPart
        {
            get { return (_flags & MoreData) == 0; }
        }

        /// <summary>Belt speed in 0.01 km/h, or <see cref="Message.Missing"/>.</summary>
        public int SpeedHundredthsKilometerPerHour
        {
            get { return Get(TreadmillField.Speed); }
        }

        /// <summary>Mean speed of the session in 0.01 km/h, or <see cref="Message.Missing"/>.</summary>
        public int AverageSpeedHundredthsKilometerPerHour
        {
            get { return Get(TreadmillField.AverageSpeed); }
        }

        /// <summary>Distance of the session in m, or <see cref="Message.Missing"/>.</summary>
        public int TotalDistanceMeters
        {
            get { return Get(TreadmillField.TotalDistance); }
        }

        /// <summary>Inclination in 0.1 %, uphill positive, or <see cref="Message.Missing"/>.</summary>
        public int InclinationTenthsPercent
        {
            get { return Get(TreadmillField.Inclination); }
        }

        /// <summary>Ramp angle setting in 0.1 degree, or <see cref="Message.Missing"/>.</summary>
        public int RampAngleTenthsDegree
        {
            get { return Get(TreadmillField.RampAngle); }
        }

        /// <summary>Time since the session began in s, or <see cref="Message.Missing"/>.</summary>
        public int ElapsedSeconds
        {
            get { return Get(TreadmillField.ElapsedTime); }
        }

        /// <summary>mm/s in 0.01 km/h, rounded; a negative speed counts as 0.</summary>
        public static int SpeedFromMillimetersPerSecond(int millimetersPerSecond)
        {
            // 1 mm/s = 0.36 units of 0.01 km/h.
            const int fastest = 0xFFFF * 100 / 36;
            return ((Wire.Clamp(millimetersPerSecond, 0, fastest) * 36) + 50) / 100;
        }

        /// <summary>Any field in its unit, or <see cref="Message.Missing"/> if it was not sent or is marked "data not
        /// available".</summary>
        public int Get(TreadmillField field)
        {
            return (int)field < FieldCount ? _values[(int)field] : Message.Missing;
        }

        /// <summary>True if every field present has its feature bit set, as the service demands (FTMS 1.0, table
        /// 4.5).</summary>
        public bool IsCoveredBy(FitnessMachineFeature feature)
        {
            for (int bit = 1; bit < FeatureOfFlag.Length; bit++)
            {
                if ((_flags & (1 << bit)) != 0 && (feature.Features & FeatureOfFlag[bit]) == 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Writes the record; values outside their range are clamped to it.</summary>
        /// <returns>2 to 34, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int length = LengthFor(_flags);
            if (!Wire.Fits(buffer, offset, length))
            {
                return 0;
            }

            Wire.Put16(buffer, offset + FlagsAt, _flags);
            int at = offset + FieldsAt;
            int present = _flags ^ MoreData;
            for (int field = 0; field < FieldCount; field++)
            {
                if ((present & 1 << FlagBits[field]) != 0)
                {
                    at += Put(buffer, at, field);
                }
            }

            return length;
        }

        /// <summary>The record in a whole value, or null and the error.</summary>
        public static TreadmillData Decode(byte[] data, out DecodeError error)
        {
            error = Check(data);
            if (error != DecodeError.None)
            {
                return null;
            }

            int flags = Wire.GetU16(data, FlagsAt);
            int[] values = NewValues();
            int at = FieldsAt;
            for (int field = 0; field < FieldCount; field++)
            {
                if (IsPresent(flags, field))
                {
                    values[field] = Wire.OrMissing(Read(data, at, Sizes[field]), NotAvailable[field]);
                    at += SizeOf(field);
                }
            }

            return new TreadmillData(flags, values);
        }

        private static DecodeError Check(byte[] data)
        {
            if (!Wire.Fits(data, 0, FieldsAt))
            {
                return DecodeError.WrongLength;
            }

            int flags = Wire.GetU16(data, FlagsAt);
            if ((flags & ~KnownFlags) != 0)
            {
                return DecodeError.UnknownFlags;
            }

            return data.Length == LengthFor(flags) ? DecodeError.None : DecodeError.WrongLength;
        }

        private static int[] NewValues()
        {
            int[] values = new int[FieldCount];
            for (int i = 0; i < FieldCount; i++)
            {
                values[i] = Message.Missing;
            }

            return values;
        }

        private static bool IsPresent(int flags, int field)
        {
            return ((flags ^ MoreData) & (1 << FlagBits[field])) != 0;
        }

        private static int LengthFor(int flags)
        {
            // Once a second, over all fields: a call for each would be half of what it costs.
            int length = FieldsAt;
            int present = flags ^ MoreData;
            for (int field = 0; field < FieldCount; field++)
            {
                if ((present & 1 << FlagBits[field]) != 0)
                {
                    length += SizeOf(field);
                }
            }

            return length;
        }

        private static int SizeOf(int field)
        {
            return Sizes[field] < 0 ? -Sizes[field] : Sizes[field];
        }

        private static int Read(byte[] data, int at, int signedSize)
        {
            switch (signedSize)
            {
                case 1:
                    return data[at];
                case 2:
                    return Wire.GetU16(data, at);
                case 3:
                    return Wire.GetU24(data, at);
                default:
                    return Wire.GetS16(data, at);
            }
        }

        // The flags with this field's bit, if there is a value.
        private int Set(TreadmillField field, int value)
        {
            if (value == Message.Missing)
            {
                return _flags;
            }

            bool isSigned = Sizes[(int)field] < 0;
            int lowest = isSigned ? short.MinValue : 0;
            int highest = isSigned ? short.MaxValue : (1 << (8 * SizeOf((int)field))) - 1;
            _values[(int)field] = Wire.Clamp(value, lowest,
                NotAvailable[(int)field] == highest ? highest - 1 : highest);
            return field == TreadmillField.Speed ? _flags & ~MoreData : _flags | (1 << FlagBits[(int)field]);
        }

        private int Put(byte[] buffer, int at, int field)
        {
            int value = _values[field] == Message.Missing ? NotAvailable[field] : _values[field];
            int size = SizeOf(field);
            buffer[at] = (byte)value;
            if (size >= 2)
            {
                Wire.Put16(buffer, at, value);
            }

            if (size == 3)
            {
                Wire.Put24(buffer, at, value);
            }

            return size;
        }
    }
}
