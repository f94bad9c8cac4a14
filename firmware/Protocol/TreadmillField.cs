namespace Backstep.Protocol
{
    /// <summary>The fields of Treadmill Data in the order in which they travel (FTMS 1.0, 4.4.1.2 to 4.4.1.18; units
    /// from the assigned numbers).</summary>
    public enum TreadmillField : byte
    {
        /// <summary>Belt speed, u16, 0.01 km/h.</summary>
        Speed = 0,

        /// <summary>Mean speed of the session, u16, 0.01 km/h.</summary>
        AverageSpeed = 1,

        /// <summary>Distance of the session, u24, m.</summary>
        TotalDistance = 2,

        /// <summary>Inclination, s16, 0.1 %.</summary>
        Inclination = 3,

        /// <summary>Ramp angle setting, s16, 0.1 degree.</summary>
        RampAngle = 4,

        /// <summary>Climbed, u16, 0.1 m.</summary>
        PositiveElevationGain = 5,

        /// <summary>Descended, u16, 0.1 m.</summary>
        NegativeElevationGain = 6,

        /// <summary>Pace, u8, 0.1 km/min.</summary>
        Pace = 7,

        /// <summary>Mean pace of the session, u8, 0.1 km/min.</summary>
        AveragePace = 8,

        /// <summary>Energy of the session, u16, kcal.</summary>
        TotalEnergy = 9,

        /// <summary>Energy an hour, u16, kcal.</summary>
        EnergyPerHour = 10,

        /// <summary>Energy a minute, u8, kcal.</summary>
        EnergyPerMinute = 11,

        /// <summary>Heart rate, u8, 1/min.</summary>
        HeartRate = 12,

        /// <summary>Metabolic equivalent, u8, 0.1.</summary>
        MetabolicEquivalent = 13,

        /// <summary>Time since the session began, u16, s.</summary>
        ElapsedTime = 14,

        /// <summary>Time left of the session, u16, s.</summary>
        RemainingTime = 15,

        /// <summary>Force on the belt, s16, N.</summary>
        ForceOnBelt = 16,

        /// <summary>Power output, s16, W.</summary>
        PowerOutput = 17,
    }
}
