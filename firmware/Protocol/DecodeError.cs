namespace Backstep.Protocol
{
    /// <summary>Why a byte string is no message. Every decoder answers any bytes at all with a value or with one of
    /// these; none throws, none guesses.</summary>
    public enum DecodeError : byte
    {
        /// <summary>The bytes are a message.</summary>
        None = 0,

        /// <summary>Too short, too long, or not the length that the flags or the op code ask for.</summary>
        WrongLength = 1,

        /// <summary>A flag or feature bit is set that this version of the format reserves.</summary>
        UnknownFlags = 2,

        /// <summary>A code (an enumeration, a tag) has a value that the format reserves.</summary>
        ReservedValue = 3,

        /// <summary>A later layout version than this code knows.</summary>
        FutureVersion = 4,

        /// <summary>A number is outside the range that the format gives it, or contradicts another field.</summary>
        OutOfRange = 5,

        /// <summary>The first byte of a request or reply is no known op code.</summary>
        UnknownOpCode = 6,

        /// <summary>A text is not well-formed UTF-8, or holds control characters where none may stand.</summary>
        BadText = 7,

        /// <summary>The check sum does not fit the bytes.</summary>
        BadChecksum = 8,
    }
}
