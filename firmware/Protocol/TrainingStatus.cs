namespace Backstep.Protocol
{
    /// <summary>Training Status, 0x2AD3, read and notified (FTMS 1.0, 4.10). Immutable. See README.md, "Training
    /// Status".</summary>
    public sealed class TrainingStatus
    {
        /// <summary>Length without a text, in bytes.</summary>
        public const int MinLength = TextAt;

        private const int FlagsAt = 0; // u8
        private const int StateAt = 1; // u8
        private const int TextAt = 2; // UTF-8 to the end

        private const int TextPresent = 1;
        private const int TextGoesOn = 2;
        private const int KnownFlags = TextPresent | TextGoesOn;

        /// <summary>Makes a status.</summary>
        /// <param name="state">What is going on.</param>
        /// <param name="text">Words for it, or null.</param>
        public TrainingStatus(TrainingState state, string text)
            : this(state, text, false)
        {
        }

        private TrainingStatus(TrainingState state, string text, bool isTextCut)
        {
            State = state;
            Text = text;
            IsTextCut = isTextCut;
        }

        /// <summary>What is going on.</summary>
        public TrainingState State { get; }

        /// <summary>Words for it, or null if there are none.</summary>
        public string Text { get; }

        /// <summary>The text was longer than the notification; reading the characteristic gives it whole.</summary>
        public bool IsTextCut { get; }

        /// <summary>How Backstep's session looks to a fitness app: active is manual mode (nobody but the walker sets
        /// the belt), ended is post-workout, else idle.</summary>
        public static TrainingState StateFor(SessionState session)
        {
            return session == SessionState.Active ? TrainingState.ManualMode
                : session == SessionState.Ended ? TrainingState.PostWorkout
                : TrainingState.Idle;
        }

        /// <summary>Writes the status; a text too long for the buffer is cut after a whole character and marked as
        /// going on.</summary>
        /// <returns>2 and the text, or 0 if the buffer has no room for those 2.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            if (!Wire.Fits(buffer, offset, MinLength))
            {
                return 0;
            }

            int textLength = Utf8.Encode(Text, buffer, offset + TextAt, Message.MaxValueLength - TextAt);
            bool isCut = IsTextCut || textLength < Utf8.ByteCount(Text);
            buffer[offset + FlagsAt] = (byte)(Text == null ? 0 : isCut ? TextPresent | TextGoesOn : TextPresent);
            buffer[offset + StateAt] = (byte)Wire.CodeOrZero((int)State, (int)TrainingState.PostWorkout);
            return TextAt + textLength;
        }

        /// <summary>The status in a whole value, or null and the error.</summary>
        public static TrainingStatus Decode(byte[] data, out DecodeError error)
        {
            error = Check(data);
            if (error != DecodeError.None)
            {
                return null;
            }

            bool hasText = (data[FlagsAt] & TextPresent) != 0;
            string text = hasText ? Utf8.Decode(data, TextAt, data.Length - TextAt) : null;
            if (hasText && text == null)
            {
                error = DecodeError.BadText;
                return null;
            }

            return new TrainingStatus((TrainingState)data[StateAt], text, (data[FlagsAt] & TextGoesOn) != 0);
        }

        private static DecodeError Check(byte[] data)
        {
            if (!Wire.Fits(data, 0, MinLength) || data.Length > Message.MaxValueLength)
            {
                return DecodeError.WrongLength;
            }

            int flags = data[FlagsAt];
            if ((flags & ~KnownFlags) != 0 || flags == TextGoesOn)
            {
                return DecodeError.UnknownFlags;
            }

            if (flags == 0 && data.Length != MinLength)
            {
                return DecodeError.WrongLength;
            }

            return data[StateAt] <= (byte)TrainingState.PostWorkout ? DecodeError.None : DecodeError.ReservedValue;
        }
    }
}
