namespace Backstep.Gait
{
    /// <summary>
    /// Which way a stride went: each cue votes from -1 (backward) to 1 (forward) times its weight. The displacement
    /// weighs most: it is the direction. The phases of the foot at foot-off and through the swing confirm it whatever
    /// the landing; the lobe after contact only speaks for toe-first backward and heel-first forward.
    /// </summary>
    internal static class DirectionVote
    {
        // From here on a cue is as sure as it gets: a fifth of a meter travelled, half a usual swing, half a usual
        // heel-rise or heel drop.
        private const float SureTravelMeters = 0.2f;
        private const float SureSwing = 20f * PitchLobes.Degree;
        private const float SureEdge = 12f * PitchLobes.Degree;

        private const float TravelWeight = 2f;
        private const float SwingWeight = 1.5f;
        private const float FirstWeight = 1f;
        private const float LastWeight = 0.5f;
        private const float AllWeights = TravelWeight + SwingWeight + FirstWeight + LastWeight;

        // Product of the travel's and the swing's votes below which the two contradict each other.
        private const float MostDisagreement = -0.15f;

        /// <summary>All cues together, -1 to 1. Lobes that are not there are 0.</summary>
        /// <param name="travelMeters">Displacement along the foot's heading.</param>
        /// <param name="swingTurned">How far the foot pitched through the swing.</param>
        /// <param name="firstTurned">How far it pitched before.</param>
        /// <param name="lastTurned">How far it pitched after contact.</param>
        /// <param name="contradictory">Whether it travelled one way and swung the other: then nothing can be
        /// said.</param>
        internal static float Of(float travelMeters, float swingTurned, float firstTurned, float lastTurned,
            out bool contradictory)
        {
            float travel = Limit(travelMeters * (1f / SureTravelMeters));
            float swing = Limit(swingTurned * (-1f / SureSwing));
            contradictory = travel * swing < MostDisagreement;
            return (TravelWeight * travel
                + SwingWeight * swing
                + FirstWeight * Limit(firstTurned * (1f / SureEdge))
                + LastWeight * Limit(lastTurned * (1f / SureEdge))) * (1f / AllWeights);
        }

        private static float Limit(float value)
        {
            return value > 1f ? 1f : value < -1f ? -1f : value;
        }
    }
}
