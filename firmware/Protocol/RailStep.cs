namespace Backstep.Protocol
{
    /// <summary>Steps of the guided rail calibration.</summary>
    public enum RailStep : byte
    {
        /// <summary>Give up; the old baselines stay.</summary>
        Cancel = 0,

        /// <summary>Walk 40 strides with the rails held.</summary>
        Held = 1,

        /// <summary>Walk 40 strides with free hands, at the same speed and incline.</summary>
        Free = 2,

        /// <summary>Work out the new baselines and keep them.</summary>
        Finish = 3,
    }
}
