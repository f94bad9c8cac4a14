namespace Backstep.Gait
{
    /// <summary>
    /// What one raw sample means. The chip is set to +-16 g and +-2000 deg/s at 100 Hz; recordings are brought to the
    /// same integers, so that the engine runs on nothing but what the chip would have said.
    /// </summary>
    public static class MotionScale
    {
        /// <summary>Samples a second (MPU-6050: 1 kHz internal rate with the DLPF on, SMPLRT_DIV 9).</summary>
        public const int SampleRateHertz = 100;

        /// <summary>Milliseconds from sample to sample.</summary>
        public const int SampleMilliseconds = 1000 / SampleRateHertz;

        /// <summary>Accelerometer counts per g at +-16 g (MPU-6000/6050 product specification 3.4, section 6.2, AFS_SEL
        /// 3).</summary>
        public const float AccelerometerCountsPerG = 2048f;

        /// <summary>
        /// The engine adds up two samples and works on the sum: the sums come at 50 Hz, the lowest rate at which the
        /// rules of signs hold, and cost half.
        /// </summary>
        internal const int PairSamples = 2;

        /// <summary>Milliseconds from pair to pair.</summary>
        internal const int PairMilliseconds = PairSamples * SampleMilliseconds;

        /// <summary>Seconds from pair to pair.</summary>
        internal const float PairSeconds = PairMilliseconds * 0.001f;

        /// <summary>Accelerometer counts of a pair per g.</summary>
        internal const float PairCountsPerG = PairSamples * AccelerometerCountsPerG;

        /// <summary>Gyroscope counts of a pair per deg/s.</summary>
        internal const float PairCountsPerDegreePerSecond = PairSamples * GyroscopeCountsPerDegreePerSecond;

        /// <summary>Gyroscope counts per deg/s at +-2000 deg/s (MPU-6000/6050 product specification 3.4, section 6.1,
        /// FS_SEL 3).</summary>
        public const float GyroscopeCountsPerDegreePerSecond = 16.4f;
    }
}
