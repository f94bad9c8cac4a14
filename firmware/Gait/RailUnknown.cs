namespace Backstep.Gait
{
    /// <summary>Why it cannot be told whether the rails are held. The numbers travel over the air.</summary>
    public enum RailUnknown : byte
    {
        /// <summary>It can be told.</summary>
        None = 0,

        /// <summary>This walker has no baselines: nothing to compare with.</summary>
        NoBaselines = 1,

        /// <summary>The two baselines overlap: this walker is about as steady with free hands as with the rails
        /// held.</summary>
        Overlap = 2,

        /// <summary>Too few strides since the walk began.</summary>
        TooFewStrides = 3,

        /// <summary>The belt runs faster or slower than when the baselines were taken, or the strides go the other
        /// way.</summary>
        OtherSpeed = 4,

        /// <summary>The strides lie between the two baselines: either is likely enough.</summary>
        Undecided = 5,
    }
}
