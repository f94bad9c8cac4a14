namespace Backstep.Gait
{
    /// <summary>
    /// Decides at foot-flat what the movement that led to it was: a stride or not, which way, how it landed, when it left and touched the ground.
    /// Runs once a movement, never per sample.
    /// </summary>
    internal sealed class StrideJudge
    {
        // The least that makes a stride: treadmill strides are 0.3 m and longer, the first onto a starting belt is short but shows all its phases.
        private const float ShortestStepMeters = 0.08f;
        private const float ShortestStrideMeters = 0.15f;
        private const float LongestStrideMeters = 3f;
        private const float SmallestSwingDegrees = 6f;
        private const int ShortestSwingMilliseconds = 120;
        private const int LongestSwingMilliseconds = 1500;

        // Net climb by distance: a belt at 15 % is 0.15; a step onto the side rails is far steeper.
        private const float SteepestClimb = 0.35f;

        // Sideways by lengthways: a clip yawed by 15 degrees and toes turned out by 15 more give 0.58.
        private const float MostSideways = 1f;

        // A foot that walked comes down at the pitch it left from. Loose, for turns on the way and gyroscopes that clip; a shoe in the hand does not care.
        private const float MostPitchLeftDegrees = 40f;

        // A final lobe smaller than this is settling, not the foot rolling down after contact.
        private const float SmallestFinalLobeDegrees = 4f;

        // A last lobe smaller than this may begin in mid-air. Larger ones are the foot coming down to flat.
        private const float SmallLastLobeDegrees = 8f;

        // How long after the pitch has turned toes may touch.
        private const int ToeContactWithinSamples = 7;

        // Shaking means something from 0.3 g from sample to sample, summed over the axes.
        private const int LeastShaking = 614;

        // Initial contact against the zero crossing of the pitch rate, foot-off against that of heel-rise, measured on the real
        // forward recordings of the gaitmap project: contact at the crossing (median 5 ms late), foot-off 20 ms before it.
        private const int ForwardFootOffMilliseconds = -20;

        // The chip's low-pass (44/42 Hz) delays everything by 4.9 ms (register map 4.2, register 26).
        private const int FilterDelayMilliseconds = 5;

        // From here on a cue is as sure as it gets: a fifth of a meter travelled, half a usual swing, half a usual heel-rise or heel drop.
        private const float SureTravelMeters = 0.2f;
        private const float SureSwingDegrees = 20f;
        private const float SureEdgeDegrees = 12f;

        // What the cues weigh, and what the sum of them must reach.
        private const float TravelWeight = 2f;
        private const float SwingWeight = 1.5f;
        private const float FirstWeight = 1f;
        private const float LastWeight = 0.5f;
        private const float AllWeights = TravelWeight + SwingWeight + FirstWeight + LastWeight;
        private const float HabitVote = 0.06f;
        private const float LeastVote = 0.32f;
        private const float LeastVoteAlone = 0.55f;

        // Product of the travel's and the swing's votes below which the two contradict each other.
        private const float MostDisagreement = -0.15f;

        // A stride that takes longer than this is a new bout.
        private const int LongestStrideMilliseconds = 4000;

        // A clip is turned by 15 degrees at most, and by some more when it slopes and leans at once.
        private const float MostYawTangent = 0.5f;

        // Toes point outward by 7 degrees on average (foot progression angle 7.3 +- 4.4 degrees at 16 years, the oldest of 400 healthy walkers of 4 to 16
        // in "A Simplified Technique for Determining Foot Progression Angle in Children 4 to 16 Years of Age").
        private const float ToeOutTangent = 0.123f;
        private const int SlowestYawStrides = 12;

        private readonly FootSide _side;
        private readonly int _toeLandingHalfDegrees;
        private readonly int _heelLandingHalfDegrees;

        private float _yawTangent;
        private int _yawStrides;

        private uint _sequence;
        private bool _hasContact;
        private uint _lastContactMilliseconds;
        private Direction _lastDirection;

        private Direction _direction;
        private Landing _landing;
        private uint _contactMilliseconds;
        private int _confidencePercent;
        private int _footStrikeHalfDegrees;
        private int _tiltHalfDegrees;
        private int _strideMilliseconds;
        private int _swingMilliseconds;
        private int _lengthMillimeters;
        private int _impactTenthsG;
        private int _decisionMilliseconds;

        internal StrideJudge(FootSide side, int toeLandingHalfDegrees, int heelLandingHalfDegrees)
        {
            _side = side;
            _toeLandingHalfDegrees = toeLandingHalfDegrees;
            _heelLandingHalfDegrees = heelLandingHalfDegrees;
        }

        /// <summary>Time was lost: the next stride is the first of a bout.</summary>
        internal void Gap()
        {
            _hasContact = false;
        }

        internal Stride TakeStride()
        {
            return new Stride(
                _sequence,
                _contactMilliseconds,
                _direction,
                _landing,
                Posture.Unknown,
                _confidencePercent,
                _footStrikeHalfDegrees,
                _tiltHalfDegrees,
                _strideMilliseconds,
                _swingMilliseconds,
                _lengthMillimeters,
                _impactTenthsG,
                _decisionMilliseconds);
        }

        /// <summary>Judges the movement that has just ended in a foot-flat.</summary>
        /// <param name="now">The engine's sample count.</param>
        /// <param name="flatSamples">For how many samples the foot has been flat.</param>
        /// <param name="lobes">The movement's pitch lobes.</param>
        /// <param name="strapdown">Where it went.</param>
        /// <param name="history">Its last 640 ms.</param>
        internal bool Judge(uint now, int flatSamples, PitchLobes lobes, Strapdown strapdown, MotionHistory history)
        {
            int count = lobes.Count;
            if (count < 2 || lobes.Overflowed || Magnitude(history.PitchNow) > MostPitchLeftDegrees)
            {
                return false;
            }

            strapdown.Finish();
            float dx = strapdown.AlongMeters;
            float dy = strapdown.AcrossMeters;
            float length = Safe.Sqrt(dx * dx + dy * dy);
            if (length < (count > 2 ? ShortestStepMeters : ShortestStrideMeters) || length > LongestStrideMeters || Magnitude(strapdown.ClimbMeters) > SteepestClimb * length || Magnitude(dy) > MostSideways * Magnitude(dx))
            {
                return false;
            }

            int swing = SwingLobe(lobes, dx);
            float swingDegrees = lobes.Degrees[swing];
            if (Magnitude(swingDegrees) < SmallestSwingDegrees)
            {
                return false;
            }

            float final = lobes.Degrees[count - 1];
            bool rollsDown = count - 1 > swing && final * swingDegrees < 0f && Magnitude(final) >= SmallestFinalLobeDegrees;
            int flatAt = history.Samples - flatSamples;
            float contactAt = ContactAt(lobes, swing, history, flatAt);
            float footOffAt = swing > 0 ? lobes.Begin[swing] : 0f;

            uint nowMilliseconds = now * MotionScale.SampleMilliseconds;
            bool alone = !_hasContact || nowMilliseconds - _lastContactMilliseconds > 2 * LongestStrideMilliseconds;
            Decide(dx, count > 2 ? swingDegrees : 0f, swing > 0 ? lobes.Degrees[0] : 0f, rollsDown ? final : 0f, alone);

            int contactAgo = (int)((history.Samples - contactAt) * MotionScale.SampleMilliseconds + 0.5f) + FilterDelayMilliseconds;
            int footOffAgo = (int)((history.Samples - footOffAt) * MotionScale.SampleMilliseconds + 0.5f) + FilterDelayMilliseconds;
            if (_direction == Direction.Forward)
            {
                footOffAgo -= ForwardFootOffMilliseconds;
            }

            int swingMilliseconds = footOffAgo - contactAgo;
            if (swingMilliseconds < ShortestSwingMilliseconds || swingMilliseconds > LongestSwingMilliseconds)
            {
                return false;
            }

            uint contact = nowMilliseconds - (uint)contactAgo;
            int sinceLast = (int)(contact - _lastContactMilliseconds);
            _strideMilliseconds = _hasContact && sinceLast > swingMilliseconds && sinceLast <= LongestStrideMilliseconds ? sinceLast : Stride.Missing;
            _swingMilliseconds = swingMilliseconds;
            _contactMilliseconds = contact;
            _lastContactMilliseconds = contact;
            _hasContact = true;
            _lastDirection = _direction;
            _lengthMillimeters = (int)(length * 1000f + 0.5f);
            _decisionMilliseconds = contactAgo - contactAgo % MotionScale.SampleMilliseconds;
            LearnYaw(dx, dy);
            Angles(history, (int)(contactAt + 0.5f), flatAt);
            _impactTenthsG = Impact(history, (int)contactAt - 3);
            _sequence++;
            return true;
        }

        // The largest lobe after the first, which belongs to foot-off. With two lobes only, either the foot came down flat or it was lifted flat: the
        // way it travelled tells which of the two was the swing.
        private static int SwingLobe(PitchLobes lobes, float dx)
        {
            if (lobes.Count == 2)
            {
                return lobes.Degrees[0] * dx < 0f ? 0 : 1;
            }

            int largest = 1;
            for (int i = 2; i < lobes.Count; i++)
            {
                if (Magnitude(lobes.Degrees[i]) > Magnitude(lobes.Degrees[largest]))
                {
                    largest = i;
                }
            }

            return largest;
        }

        // Each cue votes from -1 (backward) to 1 (forward) times its weight. The displacement weighs most: it is the direction. The phases of the foot
        // at foot-off and through the swing confirm it whatever the landing; the lobe after contact only speaks for toe-first backward and heel-first forward.
        // Within a bout the last direction helps; alone, a stride must convince by itself.
        private void Decide(float dxMeters, float swingDegrees, float firstDegrees, float finalDegrees, bool alone)
        {
            float travel = Limit(dxMeters * (1f / SureTravelMeters));
            float swing = Limit(swingDegrees * (-1f / SureSwingDegrees));
            float first = Limit(firstDegrees * (1f / SureEdgeDegrees));
            float last = Limit(finalDegrees * (1f / SureEdgeDegrees));
            float vote = (TravelWeight * travel + SwingWeight * swing + FirstWeight * first + LastWeight * last) * (1f / AllWeights);
            float habit = alone ? 0f : _lastDirection == Direction.Forward ? HabitVote : _lastDirection == Direction.Backward ? -HabitVote : 0f;
            _confidencePercent = (int)(Magnitude(vote) * 100f + 0.5f);
            bool unsure = Magnitude(vote + habit) < (alone ? LeastVoteAlone : LeastVote) || travel * swing < MostDisagreement;
            _direction = unsure ? Direction.Unknown : vote + habit > 0f ? Direction.Forward : Direction.Backward;
        }

        // The pitch turns at contact: there the last lobe begins. A small last lobe may begin in mid-air, though, and a toe touches before the heel starts to
        // drop; so where the foot is shaken within reach of that turn, the shaking decides. Without a last lobe (a flat landing) only the shaking is left.
        private static float ContactAt(PitchLobes lobes, int swing, MotionHistory history, int flatAt)
        {
            int last = lobes.Count - 1;
            float swingBegin = lobes.Begin[swing];
            float halfway = swingBegin + 0.5f * (flatAt - swingBegin);
            if (last == swing)
            {
                return ShakingBegins(history, (int)halfway, flatAt, 0, flatAt);
            }

            float turn = lobes.Begin[last];
            float final = lobes.Degrees[last];
            if (Magnitude(final) < SmallLastLobeDegrees)
            {
                return ShakingBegins(history, (int)halfway, flatAt, LeastShaking, turn);
            }

            return final > 0f ? turn : ShakingBegins(history, (int)turn + 1, (int)turn + ToeContactWithinSamples, LeastShaking, turn + 1f);
        }

        // The first sample between two that is shaken at least half as hard as the hardest; the fallback when none is shaken hard enough to mean anything.
        private static float ShakingBegins(MotionHistory history, int from, int to, int least, float fallback)
        {
            int begin = from > history.Oldest ? from : history.Oldest;
            int end = to < history.Samples ? to : history.Samples - 1;
            int most = 0;
            for (int i = begin; i <= end; i++)
            {
                int jerk = history.Jerk(i);
                if (jerk > most)
                {
                    most = jerk;
                }
            }

            if (most < least)
            {
                return fallback;
            }

            for (int i = begin; i <= end; i++)
            {
                if (2 * history.Jerk(i) >= most)
                {
                    return i;
                }
            }

            return fallback;
        }

        // Feet travel where their walker walks, a little turned out. What the foot's travel is off its toe axis beyond that is the clip, turned on the shoe: learnt
        // slowly over strides, and only used to tell tilt from foot strike.
        private void LearnYaw(float dx, float dy)
        {
            float tangent = Limit(Safe.Divide(-dy, dx, 0f) - (_side == FootSide.Left ? ToeOutTangent : _side == FootSide.Right ? -ToeOutTangent : 0f));
            tangent = tangent > MostYawTangent ? MostYawTangent : tangent < -MostYawTangent ? -MostYawTangent : tangent;
            _yawStrides = _yawStrides < SlowestYawStrides ? _yawStrides + 1 : SlowestYawStrides;
            _yawTangent += Safe.Divide(tangent - _yawTangent, _yawStrides, 0f);
        }

        private void Angles(MotionHistory history, int contactAt, int flatAt)
        {
            if (contactAt < history.Oldest || contactAt >= history.Samples || flatAt < contactAt)
            {
                _footStrikeHalfDegrees = Stride.Missing;
                _tiltHalfDegrees = Stride.Missing;
                _landing = Landing.Unknown;
                return;
            }

            float toesUp = history.Pitch(flatAt) - history.Pitch(contactAt);
            float rolled = history.Roll(contactAt) - history.Roll(flatAt);
            float cosine = Safe.Divide(1f, Safe.Sqrt(1f + _yawTangent * _yawTangent), 1f);
            float footStrike = (toesUp - rolled * _yawTangent) * cosine;
            float roll = (rolled + toesUp * _yawTangent) * cosine;
            _footStrikeHalfDegrees = HalfDegrees(footStrike);
            _tiltHalfDegrees = _side == FootSide.Unknown ? Stride.Missing : HalfDegrees(_side == FootSide.Right ? roll : -roll);
            _landing = _footStrikeHalfDegrees <= _toeLandingHalfDegrees ? Landing.Toe
                : _footStrikeHalfDegrees >= _heelLandingHalfDegrees ? Landing.Heel
                : Landing.Flat;
        }

        private static int Impact(MotionHistory history, int from)
        {
            int begin = from > history.Oldest ? from : history.Oldest;
            float most = 0f;
            for (int i = begin; i < history.Samples; i++)
            {
                float force2 = history.Force2(i);
                if (force2 > most)
                {
                    most = force2;
                }
            }

            int tenths = (int)(Safe.Sqrt(most) * (10f / MotionScale.AccelerometerCountsPerG) + 0.5f);
            return tenths > 254 ? 254 : tenths;
        }

        private static int HalfDegrees(float degrees)
        {
            int half = (int)(degrees * 2f + (degrees < 0f ? -0.5f : 0.5f));
            return half > 126 ? 126 : half < -126 ? -126 : half;
        }

        private static float Magnitude(float value)
        {
            return value < 0f ? -value : value;
        }

        private static float Limit(float value)
        {
            return value > 1f ? 1f : value < -1f ? -1f : value;
        }
    }
}
