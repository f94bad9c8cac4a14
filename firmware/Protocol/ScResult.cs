namespace Backstep.Protocol
{
    /// <summary>Response values of the SC Control Point (RSCS 1.0, 3.4.1).</summary>
    public enum ScResult : byte
    {
        /// <summary>Done.</summary>
        Success = 0x01,

        /// <summary>The op code is not supported.</summary>
        NotSupported = 0x02,

        /// <summary>The operand is missing, too long, or out of range.</summary>
        InvalidOperand = 0x03,

        /// <summary>The operation was tried and failed.</summary>
        Failed = 0x04,
    }
}
