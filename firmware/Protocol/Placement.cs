namespace Backstep.Protocol
{
    /// <summary>Where the unit is worn. The numbers travel over the air and lie in the flash.</summary>
    public enum Placement : byte
    {
        /// <summary>Not told: the mediolateral tilt is then missing.</summary>
        Unknown = 0,

        /// <summary>On the left shoe.</summary>
        LeftShoe = 1,

        /// <summary>On the right shoe.</summary>
        RightShoe = 2,

        /// <summary>On a wrist, as the second unit that tells whether the rails are held.</summary>
        Wrist = 3,
    }
}
