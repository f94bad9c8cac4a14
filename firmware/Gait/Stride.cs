namespace Backstep.Gait
{
    /// <summary>
    /// One stride of the foot that wears the sensor: foot-off, swing, initial contact, foot-flat. Immutable, numbered,
    /// and the same record from the foot to the file: every value is kept in the resolution in which it travels over
    /// the air, so nothing is lost on the way. A value that could not be measured is <see cref="Missing"/>; it is never
    /// invented.
    /// </summary>
    public sealed class Stride
    {
        /// <summary>Stands for "not measured" in every integer below that says so.</summary>
        public const int Missing = int.MinValue;

        /// <summary>The longest time from contact to contact, in ms. Without a contact for longer the walk has stopped:
        /// the next stride is the first of another bout.</summary>
        public const int LongestMilliseconds = 4000;

        /// <summary>The longest <see cref="DecisionMilliseconds"/> that fits the record on the air; what took longer
        /// says this.</summary>
        public const int LongestDecisionMilliseconds = 2540;

        /// <summary>Makes a stride record. Values are taken as they are; the engine and the decoder keep the
        /// ranges.</summary>
        public Stride(
            uint sequence,
            uint contactMilliseconds,
            Direction direction,
            Landing landing,
            Posture posture,
            int confidencePercent,
            int footStrikeHalfDegrees,
            int tiltHalfDegrees,
            int strideMilliseconds,
            int swingMilliseconds,
            int lengthMillimeters,
            int impactTenthsG,
            int decisionMilliseconds)
        {
            Sequence = sequence;
            ContactMilliseconds = contactMilliseconds;
            Direction = direction;
            Landing = landing;
            Posture = posture;
            ConfidencePercent = confidencePercent;
            FootStrikeHalfDegrees = footStrikeHalfDegrees;
            TiltHalfDegrees = tiltHalfDegrees;
            StrideMilliseconds = strideMilliseconds;
            SwingMilliseconds = swingMilliseconds;
            LengthMillimeters = lengthMillimeters;
            ImpactTenthsG = impactTenthsG;
            DecisionMilliseconds = decisionMilliseconds;
        }

        /// <summary>Number of the stride since the sensor started, from 1, without gaps.</summary>
        public uint Sequence { get; }

        /// <summary>Initial contact on the sensor's sample clock, in ms. Wraps after 49.7 days.</summary>
        public uint ContactMilliseconds { get; }

        /// <summary>Forward, backward or unknown.</summary>
        public Direction Direction { get; }

        /// <summary>Toe, flat, heel or unknown.</summary>
        public Landing Landing { get; }

        /// <summary>Rails held, free or unknown, as known when the stride was decided.</summary>
        public Posture Posture { get; }

        /// <summary>How far the cues agree on the direction, 0 to 100 %.</summary>
        public int ConfidencePercent { get; }

        /// <summary>Foot strike angle in half degrees, -126 to 126 (63 degrees), or <see cref="Missing"/>: pitch at
        /// contact against foot-flat, positive = toes up.</summary>
        public int FootStrikeHalfDegrees { get; }

        /// <summary>Mediolateral tilt at contact in half degrees, -126 to 126, or <see cref="Missing"/>: positive =
        /// inversion, weight to the outer edge.</summary>
        public int TiltHalfDegrees { get; }

        /// <summary>From the previous initial contact to this one, in ms, 1 to 65534, or <see cref="Missing"/> for the
        /// first stride of a bout.</summary>
        public int StrideMilliseconds { get; }

        /// <summary>From foot-off to this initial contact, in ms, 1 to 65534.</summary>
        public int SwingMilliseconds { get; }

        /// <summary>Stride length against the belt (or the ground) in mm, 0 to 65534, or
        /// <see cref="Missing"/>.</summary>
        public int LengthMillimeters { get; }

        /// <summary>Largest specific force around contact, averaged over 20 ms, in 0.1 g, 0 to 254, or
        /// <see cref="Missing"/>.</summary>
        public int ImpactTenthsG { get; }

        /// <summary>How long after initial contact the engine, running causally, knew this stride, in ms, 0 to 2540 in
        /// steps of 10. The first stride of a bout is known when the second confirms it.</summary>
        public int DecisionMilliseconds { get; }

        /// <summary>From the previous initial contact to foot-off, in ms, or <see cref="Missing"/>.</summary>
        public int StanceMilliseconds
        {
            get
            {
                int time = StrideMilliseconds;
                return time == Missing ? Missing : time - SwingMilliseconds;
            }
        }

        /// <summary>Foot-off that began this stride's swing, on the sensor's sample clock, in ms.</summary>
        public uint ClearanceMilliseconds
        {
            get { return ContactMilliseconds - (uint)SwingMilliseconds; }
        }

        /// <summary>Belt speed over this stride in mm/s, or <see cref="Missing"/>: stride length by stride
        /// time.</summary>
        public int BeltSpeedMillimetersPerSecond
        {
            get
            {
                // A missing time is below zero, too. Each property is asked once: on the device that is a call.
                int time = StrideMilliseconds;
                int length = LengthMillimeters;
                return length == Missing || time <= 0 ? Missing : length * 1000 / time;
            }
        }
    }
}
