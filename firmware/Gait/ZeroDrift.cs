namespace Backstep.Gait
{
    /// <summary>
    /// How far the zero of the accelerometer can have drifted since the mount was calibrated. Gravity does not tell a
    /// drift of the zero from a slope, but the chip's temperature bounds it: beyond a hundredth of gravity, which is
    /// 1 % of slope, no incline is said.
    /// </summary>
    public static class ZeroDrift
    {
        /// <summary>The most by which a slope that is said can be wrong by it: 1 %, as a sine.</summary>
        public const float MostG = 0.01f;

        // Zero-g level change vs. temperature, from the 25 degrees of the data sheet to the ends of 0 to 70: 35 mg on x
        // and y, 60 mg on z (MPU-6000/6050 product specification 3.4, section 6.2), taken over the longer way. They
        // are typical values: a chip may be worse.
        private const float LevelGPerKelvin = 0.035f / 45f;
        private const float UprightGPerKelvin = 0.060f / 45f;

        /// <summary>Counts a kelvin of the temperature register: 340 (MPU-6050, register map 4.2, section 4.18), 334
        /// (MPU-6500), 327 (MPU-6886). The fewest, so that none drifts further than is thought.</summary>
        public const float CountsPerKelvin = 326.8f;

        /// <summary>How far gravity along the toes can have drifted, in g.</summary>
        /// <param name="mount">How the chip sits: its z drifts more.</param>
        /// <param name="temperatureCounts">How far the temperature register is from what it was when the mount was
        /// calibrated, either way.</param>
        public static float OfToesG(Mount mount, int temperatureCounts)
        {
            float kelvin = temperatureCounts * (1f / CountsPerKelvin);
            float x = mount.XX * LevelGPerKelvin, y = mount.XY * LevelGPerKelvin, z = mount.XZ * UprightGPerKelvin;
            float drift = kelvin * Safe.Sqrt(x * x + y * y + z * z); // three axes that know nothing of each other
            return drift < 0f ? -drift : drift;
        }
    }
}
