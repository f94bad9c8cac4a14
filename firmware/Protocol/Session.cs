namespace Backstep.Protocol
{
    /// <summary>
    /// Backstep Session: the running or last session; read, and notified once a second and on change. 20 bytes, so that
    /// it fits the default MTU, and a 21st with the incline where that is known: a central that has not asked for more
    /// gets the 20. Immutable. See README.md, "Session".
    /// </summary>
    public sealed class Session
    {
        /// <summary>Length in bytes without the incline, as earlier firmware tells it.</summary>
        public const int Length = 20;

        /// <summary>Length in bytes with the incline.</summary>
        public const int MaxLength = 21;

        /// <summary>Layout version written. The incline has not raised it: what stood there before stands as it did,
        /// and the length tells whether more follows.</summary>
        public const int Version = 0;

        /// <summary>Largest value of every count and time, where it stops; also of <see cref="Id"/>.</summary>
        public const int MaxU16 = 0xFFFF;

        // Offsets. What stands from IdAt up to CadenceNowAt is also the body of LogSessionTotals.
        private const int StateAt = 0; // u8
        private const int IdAt = 1; // u16
        private const int ElapsedAt = 3; // u16
        private const int ActiveAt = 5; // u16
        private const int BackwardAt = 7; // u16
        private const int ForwardAt = 9; // u16
        private const int UnknownAt = 11; // u16
        private const int ToeFirstAt = 13; // u8
        private const int RailsHeldAt = 14; // u8
        private const int CadenceMeanAt = 15; // u8
        private const int DistanceAt = 16; // u24
        private const int CadenceNowAt = 19; // u8
        private const int InclineAt = 20; // s8, if there is one

        private const int StateMask = 3;
        private const int RhythmFlag = 1 << 2;
        private const int LacksFlag = 1 << 3;
        private const int ReservedFlags = 0x30;
        private const int VersionShift = 6;

        private const int MaxPercent = 100;
        private const int MaxCadence = 0xFE;
        private const int MissingU8 = 0xFF;
        private const int MaxDistance = 0xFFFFFE;
        private const int MissingDistance = 0xFFFFFF;

        /// <summary>Makes a session. Values are taken as they are; the encoder keeps the ranges.</summary>
        public Session(
            SessionState state,
            bool isRhythmSettled,
            int id,
            int elapsedSeconds,
            int activeSeconds,
            int backwardStrides,
            int forwardStrides,
            int unknownStrides,
            int toeFirstPercent,
            int railsHeldPercent,
            int cadenceNowStepsPerMinute,
            int cadenceMeanStepsPerMinute,
            int distanceCentimeters)
            : this(
                state: state,
                isRhythmSettled: isRhythmSettled,
                id: id,
                elapsedSeconds: elapsedSeconds,
                activeSeconds: activeSeconds,
                backwardStrides: backwardStrides,
                forwardStrides: forwardStrides,
                unknownStrides: unknownStrides,
                toeFirstPercent: toeFirstPercent,
                railsHeldPercent: railsHeldPercent,
                cadenceNowStepsPerMinute: cadenceNowStepsPerMinute,
                cadenceMeanStepsPerMinute: cadenceMeanStepsPerMinute,
                distanceCentimeters: distanceCentimeters,
                lacksStrides: false,
                inclineFifthsPercent: Message.Missing)
        {
        }

        /// <summary>The same of a foot that may move without strides, on a belt whose incline may be known.</summary>
        public Session(
            SessionState state,
            bool isRhythmSettled,
            int id,
            int elapsedSeconds,
            int activeSeconds,
            int backwardStrides,
            int forwardStrides,
            int unknownStrides,
            int toeFirstPercent,
            int railsHeldPercent,
            int cadenceNowStepsPerMinute,
            int cadenceMeanStepsPerMinute,
            int distanceCentimeters,
            bool lacksStrides,
            int inclineFifthsPercent)
        {
            LacksStrides = lacksStrides;
            InclineFifthsPercent = inclineFifthsPercent;
            State = state;
            IsRhythmSettled = isRhythmSettled;
            Id = id;
            ElapsedSeconds = elapsedSeconds;
            ActiveSeconds = activeSeconds;
            BackwardStrides = backwardStrides;
            ForwardStrides = forwardStrides;
            UnknownStrides = unknownStrides;
            ToeFirstPercent = toeFirstPercent;
            RailsHeldPercent = railsHeldPercent;
            CadenceNowStepsPerMinute = cadenceNowStepsPerMinute;
            CadenceMeanStepsPerMinute = cadenceMeanStepsPerMinute;
            DistanceCentimeters = distanceCentimeters;
        }

        /// <summary>Idle, active, paused or ended.</summary>
        public SessionState State { get; }

        /// <summary>The stride rhythm is known to have settled; false also while that is not known.</summary>
        public bool IsRhythmSettled { get; }

        /// <summary>The foot moves as in walking, but yields no strides of a known direction: the clip is turned, or
        /// sits wrong. Is about now, not about the session.</summary>
        public bool LacksStrides { get; }

        /// <summary>Number of the session, from 1 up, 0 to 65535; 0 if there was none.</summary>
        public int Id { get; }

        /// <summary>Time since the start in s, pauses included, 0 to 65535.</summary>
        public int ElapsedSeconds { get; }

        /// <summary>Time since the start in s without pauses, 0 to <see cref="ElapsedSeconds"/>.</summary>
        public int ActiveSeconds { get; }

        /// <summary>Backward strides of the foot that wears the sensor, 0 to 65535.</summary>
        public int BackwardStrides { get; }

        /// <summary>Forward strides of that foot, 0 to 65535.</summary>
        public int ForwardStrides { get; }

        /// <summary>Strides of that foot whose direction is unknown, 0 to 65535.</summary>
        public int UnknownStrides { get; }

        /// <summary>Share of toe landings among the backward strides whose landing is known, 0 to 100 %, or
        /// <see cref="Message.Missing"/> if there are none.</summary>
        public int ToeFirstPercent { get; }

        /// <summary>Share of strides with the rails held among those whose posture is known, 0 to 100 %, or
        /// <see cref="Message.Missing"/> if there are none.</summary>
        public int RailsHeldPercent { get; }

        /// <summary>Cadence of the last strides in steps of both feet a minute, 0 (standing) to 254, or
        /// <see cref="Message.Missing"/>.</summary>
        public int CadenceNowStepsPerMinute { get; }

        /// <summary>Mean cadence of the session while walking in steps of both feet a minute, 0 to 254, or
        /// <see cref="Message.Missing"/>.</summary>
        public int CadenceMeanStepsPerMinute { get; }

        /// <summary>Distance walked in cm, whatever the direction, 0 to 16777214, or
        /// <see cref="Message.Missing"/>.</summary>
        public int DistanceCentimeters { get; }

        /// <summary>Slope of the ground in fifths of a percent, -127 to 127 (25.4 %), positive where it is uphill in
        /// the direction of walking, or <see cref="Message.Missing"/>: of the last strides while the session runs, of
        /// the whole session in its totals.</summary>
        public int InclineFifthsPercent { get; }

        /// <summary>Writes the session; values outside their range are clamped to it.</summary>
        /// <returns>20, or 21 with the incline, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int length = InclineFifthsPercent == Message.Missing ? Length : MaxLength;
            if (!Wire.Fits(buffer, offset, length))
            {
                return 0;
            }

            buffer[offset + StateAt] = (byte)(
                Wire.CodeOrZero((int)State, (int)SessionState.Ended) | (IsRhythmSettled ? RhythmFlag : 0)
                    | (LacksStrides ? LacksFlag : 0) | (Version << VersionShift));
            EncodeTotals(buffer, offset);
            buffer[offset + CadenceNowAt] = (byte)Wire.ClampOr(CadenceNowStepsPerMinute, 0, MaxCadence, MissingU8);
            if (length == MaxLength)
            {
                buffer[offset + InclineAt] = Incline.ToByte(InclineFifthsPercent);
            }

            return length;
        }

        /// <summary>The session in a whole value, or null and the error.</summary>
        public static Session Decode(byte[] data, out DecodeError error)
        {
            error = Check(data);
            if (error != DecodeError.None)
            {
                return null;
            }

            int state = data[StateAt];
            return Read(data, (SessionState)(state & StateMask), (state & RhythmFlag) != 0,
                Wire.OrMissing(data[CadenceNowAt], MissingU8), (state & LacksFlag) != 0,
                data.Length == MaxLength ? Incline.OfByte(data[InclineAt]) : Message.Missing);
        }

        /// <summary>Length of a session's totals with the byte before them, that is up to the cadence now.</summary>
        internal const int TotalsLength = CadenceNowAt;

        internal void EncodeTotals(byte[] buffer, int offset)
        {
            int elapsed = Wire.Clamp(ElapsedSeconds, 0, MaxU16);
            Wire.Put16(buffer, offset + IdAt, Wire.Clamp(Id, 0, MaxU16));
            Wire.Put16(buffer, offset + ElapsedAt, elapsed);
            Wire.Put16(buffer, offset + ActiveAt, Wire.Clamp(ActiveSeconds, 0, elapsed));
            Wire.Put16(buffer, offset + BackwardAt, Wire.Clamp(BackwardStrides, 0, MaxU16));
            Wire.Put16(buffer, offset + ForwardAt, Wire.Clamp(ForwardStrides, 0, MaxU16));
            Wire.Put16(buffer, offset + UnknownAt, Wire.Clamp(UnknownStrides, 0, MaxU16));
            buffer[offset + ToeFirstAt] = (byte)Wire.ClampOr(ToeFirstPercent, 0, MaxPercent, MissingU8);
            buffer[offset + RailsHeldAt] = (byte)Wire.ClampOr(RailsHeldPercent, 0, MaxPercent, MissingU8);
            buffer[offset + CadenceMeanAt] = (byte)Wire.ClampOr(CadenceMeanStepsPerMinute, 0, MaxCadence, MissingU8);
            Wire.Put24(buffer, offset + DistanceAt, Wire.ClampOr(DistanceCentimeters, 0, MaxDistance, MissingDistance));
        }

        internal static Session ReadTotals(byte[] data)
        {
            return Read(data, SessionState.Ended, false, Message.Missing, false, Message.Missing);
        }

        internal static bool AreTotalsInRange(byte[] data)
        {
            return Wire.GetU16(data, ActiveAt) <= Wire.GetU16(data, ElapsedAt) && IsShare(data[ToeFirstAt])
                && IsShare(data[RailsHeldAt]);
        }

        private static Session Read(byte[] data, SessionState state, bool isRhythmSettled, int cadenceNow,
            bool lacksStrides, int incline)
        {
            return new Session(
                state: state,
                isRhythmSettled: isRhythmSettled,
                id: Wire.GetU16(data, IdAt),
                elapsedSeconds: Wire.GetU16(data, ElapsedAt),
                activeSeconds: Wire.GetU16(data, ActiveAt),
                backwardStrides: Wire.GetU16(data, BackwardAt),
                forwardStrides: Wire.GetU16(data, ForwardAt),
                unknownStrides: Wire.GetU16(data, UnknownAt),
                toeFirstPercent: Wire.OrMissing(data[ToeFirstAt], MissingU8),
                railsHeldPercent: Wire.OrMissing(data[RailsHeldAt], MissingU8),
                cadenceNowStepsPerMinute: cadenceNow,
                cadenceMeanStepsPerMinute: Wire.OrMissing(data[CadenceMeanAt], MissingU8),
                distanceCentimeters: Wire.OrMissing(Wire.GetU24(data, DistanceAt), MissingDistance),
                lacksStrides: lacksStrides,
                inclineFifthsPercent: incline);
        }

        private static DecodeError Check(byte[] data)
        {
            if (!Wire.IsExactly(data, Length) && !Wire.IsExactly(data, MaxLength))
            {
                return DecodeError.WrongLength;
            }

            int state = data[StateAt];
            return state >> VersionShift != Version ? DecodeError.FutureVersion
                : (state & ReservedFlags) != 0 ? DecodeError.UnknownFlags
                : AreTotalsInRange(data) && (data.Length == Length || Incline.IsKnown(data[InclineAt]))
                    ? DecodeError.None
                : DecodeError.OutOfRange;
        }

        private static bool IsShare(int percent)
        {
            return percent <= MaxPercent || percent == MissingU8;
        }
    }
}
