namespace Backstep.Gait
{
    /// <summary>Which part of the foot touched first. The numbers travel over the air.</summary>
    public enum Landing : byte
    {
        /// <summary>Not decided.</summary>
        Unknown = 0,

        /// <summary>The toes or the ball of the foot: foot strike angle clearly negative.</summary>
        Toe = 1,

        /// <summary>The whole foot at once.</summary>
        Flat = 2,

        /// <summary>The heel: foot strike angle clearly positive.</summary>
        Heel = 3,
    }
}
