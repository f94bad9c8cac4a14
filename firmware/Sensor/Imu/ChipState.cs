namespace Backstep.Sensor.Imu
{
    /// <summary>How it stands with the motion chip.</summary>
    public enum ChipState
    {
        /// <summary>Nobody answers at either address.</summary>
        Absent = 0,

        /// <summary>It answers, but does not keep its settings or does not fill its FIFO with whole records.</summary>
        Unfit = 1,

        /// <summary>It does all that.</summary>
        Sound = 2,

        /// <summary>It delivers the same values over and over.</summary>
        Frozen = 3,

        /// <summary>It lies still and feels a force far from 1 g.</summary>
        Weightless = 4,
    }
}
