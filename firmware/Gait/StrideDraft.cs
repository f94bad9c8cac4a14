namespace Backstep.Gait
{
    /// <summary>A stride that is still being written, in the units of <see cref="Stride"/>. Reused, so that no stride
    /// costs an allocation before it is taken.</summary>
    internal sealed class StrideDraft
    {
        internal uint ContactMilliseconds;
        internal Direction Direction;
        internal Landing Landing;
        internal int ConfidencePercent;
        internal int FootStrikeHalfDegrees;
        internal int TiltHalfDegrees;
        internal int StrideMilliseconds;
        internal int SwingMilliseconds;
        internal int LengthMillimeters;
        internal int ImpactTenthsG;
        internal uint KnownMilliseconds;

        /// <summary>The finished record.</summary>
        internal Stride Finish(uint sequence, Posture posture)
        {
            int decision = (int)(KnownMilliseconds - ContactMilliseconds);
            decision -= decision % MotionScale.SampleMilliseconds;
            return new Stride(
                sequence: sequence,
                contactMilliseconds: ContactMilliseconds,
                direction: Direction,
                landing: Landing,
                // after a stop hands may be anywhere
                posture: StrideMilliseconds == Stride.Missing ? Posture.Unknown : posture,
                confidencePercent: ConfidencePercent,
                footStrikeHalfDegrees: FootStrikeHalfDegrees,
                tiltHalfDegrees: TiltHalfDegrees,
                strideMilliseconds: StrideMilliseconds,
                swingMilliseconds: SwingMilliseconds,
                lengthMillimeters: LengthMillimeters,
                impactTenthsG: ImpactTenthsG,
                decisionMilliseconds:
                    decision > Stride.LongestDecisionMilliseconds ? Stride.LongestDecisionMilliseconds : decision);
        }
    }
}
