namespace Backstep.Gait
{
    /// <summary>Which foot wears the sensor. Decides the sign of the mediolateral tilt. The numbers travel over the
    /// air.</summary>
    public enum FootSide : byte
    {
        /// <summary>Not told: tilt is then missing.</summary>
        Unknown = 0,

        /// <summary>The left foot.</summary>
        Left = 1,

        /// <summary>The right foot.</summary>
        Right = 2,
    }
}
