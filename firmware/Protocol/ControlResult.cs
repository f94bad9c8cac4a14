namespace Backstep.Protocol
{
    /// <summary>Result codes of Backstep Control; 1 to 4 are those of the SC Control Point.</summary>
    public enum ControlResult : byte
    {
        /// <summary>Done.</summary>
        Success = 1,

        /// <summary>No such op code, or not on this unit.</summary>
        NotSupported = 2,

        /// <summary>The operand is missing, too long, or out of range; nothing was changed.</summary>
        InvalidOperand = 3,

        /// <summary>Tried and failed; nothing was changed.</summary>
        Failed = 4,

        /// <summary>Not possible in this state, such as a pause without a session.</summary>
        NotNow = 5,

        /// <summary>Begun; more replies with the same op code follow, the last one with another result.</summary>
        InProgress = 6,

        /// <summary>The log no longer holds the number asked for; the reply tells what it holds.</summary>
        NotHeld = 7,

        /// <summary>The link is not encrypted, or not authenticated though the owner set a passkey.</summary>
        NotAllowed = 8,

        /// <summary>The flash could not be written; the old state stays.</summary>
        StorageFailed = 9,
    }
}
