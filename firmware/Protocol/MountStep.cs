namespace Backstep.Protocol
{
    /// <summary>Steps of the guided mount calibration.</summary>
    public enum MountStep : byte
    {
        /// <summary>Give up; the old mount stays.</summary>
        Cancel = 0,

        /// <summary>Stand still for three seconds: where is up.</summary>
        StandStill = 1,

        /// <summary>Rise on the toes three times: where are the toes.</summary>
        RiseOnToes = 2,

        /// <summary>Work out the new mount and keep it.</summary>
        Finish = 3,
    }
}
