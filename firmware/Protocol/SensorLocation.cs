namespace Backstep.Protocol
{
    /// <summary>Where a speed and cadence sensor is worn: Sensor Location, 0x2A5D (RSCS 1.0, 3.3; the numbers are
    /// assigned for running and cycling alike).</summary>
    public enum SensorLocation : byte
    {
        /// <summary>Elsewhere, or not told.</summary>
        Other = 0,

        /// <summary>On top of the shoe.</summary>
        TopOfShoe = 1,

        /// <summary>In the shoe.</summary>
        InShoe = 2,

        /// <summary>On the hip.</summary>
        Hip = 3,

        /// <summary>On a bicycle.</summary>
        FrontWheel = 4,

        /// <summary>On a bicycle.</summary>
        LeftCrank = 5,

        /// <summary>On a bicycle; not "right shoe", as some foot pods have it.</summary>
        RightCrank = 6,

        /// <summary>On a bicycle.</summary>
        LeftPedal = 7,

        /// <summary>On a bicycle.</summary>
        RightPedal = 8,

        /// <summary>On a bicycle.</summary>
        FrontHub = 9,

        /// <summary>On a bicycle.</summary>
        RearDropout = 10,

        /// <summary>On a bicycle.</summary>
        Chainstay = 11,

        /// <summary>On a bicycle.</summary>
        RearWheel = 12,

        /// <summary>On a bicycle.</summary>
        RearHub = 13,

        /// <summary>On the chest.</summary>
        Chest = 14,

        /// <summary>On a bicycle.</summary>
        Spider = 15,

        /// <summary>On a bicycle.</summary>
        ChainRing = 16,
    }
}
