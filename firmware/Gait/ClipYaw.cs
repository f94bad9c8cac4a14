namespace Backstep.Gait
{
    /// <summary>
    /// How far the clip is turned on the shoe. Feet travel where their walker walks, a little turned out; what the
    /// foot's travel is off its toe axis beyond that is the clip's doing: learnt slowly over strides, and only used to
    /// tell tilt from foot strike.
    /// </summary>
    internal sealed class ClipYaw
    {
        // A clip is turned by 15 degrees at most, and by some more when it slopes and leans at once.
        private const float MostTangent = 0.5f;

        // Toes point outward by 7 degrees on average (foot progression angle 7.3 +- 4.4 degrees at 16 years, the oldest
        // of 400 healthy walkers of 4 to 16 in "A Simplified Technique for Determining Foot Progression Angle in
        // Children 4 to 16 Years of Age").
        private const float ToeOutTangent = 0.123f;

        private const int SlowestStrides = 12;

        private readonly float _toeOut;
        private int _strides;

        internal ClipYaw(FootSide side)
        {
            _toeOut = side == FootSide.Left ? ToeOutTangent : side == FootSide.Right ? -ToeOutTangent : 0f;
        }

        /// <summary>Tangent of the angle by which the clip is turned to the left.</summary>
        internal float Tangent { get; private set; }

        /// <summary>One stride's displacement along and across the foot's heading, m.</summary>
        internal void Learn(float alongMeters, float acrossMeters)
        {
            float tangent = Safe.Divide(-acrossMeters, alongMeters, 0f) - _toeOut;
            tangent = tangent > MostTangent ? MostTangent : tangent < -MostTangent ? -MostTangent : tangent;
            _strides = _strides < SlowestStrides ? _strides + 1 : SlowestStrides;
            Tangent += Safe.Divide(tangent - Tangent, _strides, 0f);
        }
    }
}
