namespace Backstep.Gait
{
    /// <summary>Which way the foot walked through one stride. The numbers travel over the air.</summary>
    public enum Direction : byte
    {
        /// <summary>The cues disagree or are too weak. A good answer.</summary>
        Unknown = 0,

        /// <summary>Toes first through the swing, as in ordinary walking or running.</summary>
        Forward = 1,

        /// <summary>Heel first through the swing.</summary>
        Backward = 2,
    }
}
