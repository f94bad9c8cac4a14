namespace Backstep.Protocol
{
    /// <summary>What a Training Status says (FTMS 1.0, table 4.13).</summary>
    public enum TrainingState : byte
    {
        /// <summary>None of the others.</summary>
        Other = 0x00,

        /// <summary>Idle.</summary>
        Idle = 0x01,

        /// <summary>Warming up.</summary>
        WarmingUp = 0x02,

        /// <summary>Low intensity interval.</summary>
        LowIntensityInterval = 0x03,

        /// <summary>High intensity interval.</summary>
        HighIntensityInterval = 0x04,

        /// <summary>Recovery interval.</summary>
        RecoveryInterval = 0x05,

        /// <summary>Isometric.</summary>
        Isometric = 0x06,

        /// <summary>Heart rate control.</summary>
        HeartRateControl = 0x07,

        /// <summary>Fitness test.</summary>
        FitnessTest = 0x08,

        /// <summary>Speed below the control region.</summary>
        SpeedTooLow = 0x09,

        /// <summary>Speed above the control region.</summary>
        SpeedTooHigh = 0x0A,

        /// <summary>Cool down.</summary>
        CoolDown = 0x0B,

        /// <summary>Watt control.</summary>
        WattControl = 0x0C,

        /// <summary>Manual mode (quick start).</summary>
        ManualMode = 0x0D,

        /// <summary>Before the workout.</summary>
        PreWorkout = 0x0E,

        /// <summary>After the workout.</summary>
        PostWorkout = 0x0F,
    }
}
