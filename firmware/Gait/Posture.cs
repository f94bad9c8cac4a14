namespace Backstep.Gait
{
    /// <summary>Whether the rails are held. The numbers travel over the air.</summary>
    public enum Posture : byte
    {
        /// <summary>Cannot be told: no baselines, too few strides, or outside the calibrated speed.</summary>
        Unknown = 0,

        /// <summary>A hand rests on a rail.</summary>
        Held = 1,

        /// <summary>Hands off the rails.</summary>
        Free = 2,
    }
}
