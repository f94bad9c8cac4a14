namespace Backstep.Gait
{
    /// <summary>How far a guided mount calibration has come. The numbers travel over the air.</summary>
    public enum MountCalibrationState : byte
    {
        /// <summary>Waiting for a second and a half of standing still.</summary>
        StandStill = 0,

        /// <summary>Waiting for the heel to rise and come down, three times.</summary>
        RiseOnToes = 1,

        /// <summary>Found: <see cref="MountCalibration.Found"/>.</summary>
        Done = 2,

        /// <summary>Something else than heels was lifted: the axis was not level, or it went both ways.</summary>
        NotOneWay = 3,
    }
}
