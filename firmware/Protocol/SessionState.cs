namespace Backstep.Protocol
{
    /// <summary>Where a training session stands. The numbers travel over the air.</summary>
    public enum SessionState : byte
    {
        /// <summary>No session since the last reset.</summary>
        Idle = 0,

        /// <summary>Running.</summary>
        Active = 1,

        /// <summary>Held; strides are not counted.</summary>
        Paused = 2,

        /// <summary>Over; the values stay until the next session or a reset.</summary>
        Ended = 3,
    }
}
