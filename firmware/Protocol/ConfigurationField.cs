namespace Backstep.Protocol
{
    /// <summary>Names the field for which a Configuration is refused. The numbers travel in the ATT error, see
    /// <see cref="AttErrors.ForConfiguration"/>.</summary>
    public enum ConfigurationField : byte
    {
        /// <summary>None: the configuration is good.</summary>
        None = 0,

        /// <summary>The whole: length, version or check sum.</summary>
        Layout = 1,

        /// <summary>Where the unit is worn.</summary>
        Placement = 2,

        /// <summary>What counts as cadence.</summary>
        Cadence = 3,

        /// <summary>Threshold of a toe landing.</summary>
        ToeLanding = 4,

        /// <summary>Threshold of a heel landing.</summary>
        HeelLanding = 5,

        /// <summary>The rotation from chip to foot.</summary>
        Mount = 6,

        /// <summary>The unit's name.</summary>
        Name = 7,
    }
}
