namespace Backstep.Protocol
{
    /// <summary>What a notification of Backstep Log holds. Strides are told by their length; the others begin with
    /// their number and are shorter than a stride.</summary>
    public enum LogFrameKind : byte
    {
        /// <summary>No frame that this version knows.</summary>
        Unknown = 0,

        /// <summary><see cref="LogBegin"/>.</summary>
        Begin = 1,

        /// <summary><see cref="LogEnd"/>.</summary>
        End = 2,

        /// <summary><see cref="LogSessionStart"/>.</summary>
        SessionStart = 3,

        /// <summary><see cref="LogSessionTotals"/>.</summary>
        SessionTotals = 4,

        /// <summary><see cref="LogStrides"/>.</summary>
        Strides = 255,
    }
}
