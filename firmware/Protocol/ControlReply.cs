namespace Backstep.Protocol
{
    /// <summary>The indication that answers a write to Backstep Control: op code, result, and for some a payload.
    /// Immutable. See README.md, "Control".</summary>
    public sealed class ControlReply
    {
        /// <summary>Most bytes that a reply takes.</summary>
        public const int MaxLength = PayloadAt + LogRange.LongLength;

        private const int OperationAt = 0; // u8
        private const int ResultAt = 1; // u8
        private const int PayloadAt = 2; // none, value u32, or LogRange
        private const int ValueSize = 4;

        private const int FullPercent = 100;

        /// <summary>A reply without a payload.</summary>
        /// <param name="operation">The op code that is answered, as it came, even if there is no such
        /// operation.</param>
        /// <param name="result">What became of it.</param>
        public ControlReply(byte operation, ControlResult result)
            : this(operation, result, Message.Missing, null)
        {
        }

        private ControlReply(byte operation, ControlResult result, long value, LogRange log)
        {
            Operation = operation;
            Result = result;
            Value = value;
            Log = log;
        }

        /// <summary>The op code that is answered; not always a known <see cref="ControlOperation"/>.</summary>
        public byte Operation { get; }

        /// <summary>What became of it.</summary>
        public ControlResult Result { get; }

        /// <summary>
        /// Session number after <see cref="ControlOperation.Start"/>; the sensor's sample clock in ms at which the time
        /// of day was taken after
        /// <see cref="ControlOperation.SetClock"/>; progress in % during a calibration; else, and if it was not sent,
        /// <see cref="Message.Missing"/>.
        /// </summary>
        public long Value { get; }

        /// <summary>What the log holds, after <see cref="ControlOperation.ReplayLog"/>; else, and if it was not sent,
        /// null.</summary>
        public LogRange Log { get; }

        /// <summary>A session was started or resumed.</summary>
        /// <param name="sessionId">Its number, 1 to 65535.</param>
        public static ControlReply Started(int sessionId)
        {
            return new ControlReply((byte)ControlOperation.Start, ControlResult.Success,
                Wire.Clamp(sessionId, 0, Session.MaxU16), null);
        }

        /// <summary>The time of day was taken.</summary>
        /// <param name="sampleClockMilliseconds">The sensor's sample clock, that of
        /// <see cref="Gait.Stride.ContactMilliseconds"/>, at that moment.</param>
        public static ControlReply ClockSet(uint sampleClockMilliseconds)
        {
            return new ControlReply((byte)ControlOperation.SetClock, ControlResult.Success, sampleClockMilliseconds,
                null);
        }

        /// <summary>A calibration step goes on, or has been done.</summary>
        /// <param name="operation">Mount or rails.</param>
        /// <param name="isDone">True for the last reply to the step.</param>
        /// <param name="progressPercent">0 to 100.</param>
        public static ControlReply Calibration(ControlOperation operation, bool isDone, int progressPercent)
        {
            return new ControlReply(
                (byte)operation,
                isDone ? ControlResult.Success : ControlResult.InProgress,
                operation == ControlOperation.CalibrateMount
                    || operation == ControlOperation.CalibrateRails ? Wire.Clamp(progressPercent, 0, FullPercent)
                    : Message.Missing,
                null);
        }

        /// <summary>The log will be sent, or cannot be sent from the number asked for.</summary>
        /// <param name="isHeld">True if the sending begins.</param>
        /// <param name="log">What the log holds.</param>
        public static ControlReply Replay(bool isHeld, LogRange log)
        {
            return new ControlReply((byte)ControlOperation.ReplayLog,
                isHeld ? ControlResult.Success : ControlResult.NotHeld, Message.Missing, log);
        }

        /// <summary>The result code that answers a command which could not be decoded.</summary>
        public static ControlResult ResultFor(DecodeError error)
        {
            return error == DecodeError.None ? ControlResult.Success
                : error == DecodeError.UnknownOpCode ? ControlResult.NotSupported
                : ControlResult.InvalidOperand;
        }

        /// <summary>Writes the reply.</summary>
        /// <returns>2, 6, 12 or 16, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int length = PayloadAt + (Log != null ? Log.Length : Value != Message.Missing ? ValueSize : 0);
            if (!Wire.Fits(buffer, offset, length))
            {
                return 0;
            }

            buffer[offset + OperationAt] = Operation;
            buffer[offset + ResultAt] = (byte)Result;
            if (Log != null)
            {
                Log.Encode(buffer, offset + PayloadAt);
            }
            else if (Value != Message.Missing)
            {
                Wire.Put32(buffer, offset + PayloadAt, (uint)Value);
            }

            return length;
        }

        /// <summary>The reply in a whole value, or null and the error.</summary>
        public static ControlReply Decode(byte[] data, out DecodeError error)
        {
            error = Check(data);
            if (error != DecodeError.None)
            {
                return null;
            }

            return new ControlReply(
                data[OperationAt],
                (ControlResult)data[ResultAt],
                data.Length == PayloadAt + ValueSize ? Wire.GetU32(data, PayloadAt) : Message.Missing,
                LogRange.IsLength(data.Length - PayloadAt) ? LogRange.Read(data, PayloadAt) : null);
        }

        private static DecodeError Check(byte[] data)
        {
            if (!Wire.Fits(data, 0, PayloadAt))
            {
                return DecodeError.WrongLength;
            }

            int result = data[ResultAt];
            if (!Wire.IsIn(result, (int)ControlResult.Success, (int)ControlResult.StorageFailed))
            {
                return DecodeError.ReservedValue;
            }

            int payload = data.Length - PayloadAt;
            if (payload == 0)
            {
                return DecodeError.None;
            }

            int size = PayloadSize(data[OperationAt], (ControlResult)result);
            if (payload != size && !(size == LogRange.ShortLength && payload == LogRange.LongLength))
            {
                return DecodeError.WrongLength;
            }

            bool inRange = size == LogRange.ShortLength
                ? LogRange.IsInRange(data, PayloadAt)
                : Wire.GetU32(data, PayloadAt) <= HighestValue((ControlOperation)data[OperationAt]);
            return inRange ? DecodeError.None : DecodeError.OutOfRange;
        }

        // Of the payload that may follow; 0 where none may.
        private static int PayloadSize(byte operation, ControlResult result)
        {
            bool succeeded = result == ControlResult.Success;
            switch ((ControlOperation)operation)
            {
                case ControlOperation.Start:
                case ControlOperation.SetClock:
                    return succeeded ? ValueSize : 0;
                case ControlOperation.CalibrateMount:
                case ControlOperation.CalibrateRails:
                    return succeeded || result == ControlResult.InProgress ? ValueSize : 0;
                case ControlOperation.ReplayLog:
                    return succeeded || result == ControlResult.NotHeld ? LogRange.ShortLength : 0;
                default:
                    return 0;
            }
        }

        private static uint HighestValue(ControlOperation operation)
        {
            return operation == ControlOperation.Start ? Session.MaxU16
                : operation == ControlOperation.SetClock ? uint.MaxValue
                : FullPercent;
        }
    }
}
