namespace Backstep.Gait
{
    /// <summary>
    /// Decides at foot-flat what the movement that led to it was: a stride or not, which way, how it landed, when it left and touched the ground.
    /// Runs once a movement, never per sample.
    /// </summary>
    internal sealed class StrideJudge
    {
        // A degree in counts of rate added up pair by pair.
        private const float Degree = MotionScale.PairCountsPerDegreePerSecond / MotionScale.PairSeconds;

        // The least that makes a stride: treadmill strides are 0.3 m and longer, the first onto a starting belt is short but shows all its phases.
        private const float ShortestStepMeters = 0.08f;
        private const float ShortestStrideMeters = 0.15f;
        private const float LongestStrideMeters = 3f;
        private const float SmallestSwing = 6f * Degree;
        private const int ShortestSwingMilliseconds = 120;
        private const int LongestSwingMilliseconds = 1500;

        // Net climb by distance: a belt at 15 % is 0.15; a step onto the side rails is far steeper.
        private const float SteepestClimb = 0.35f;

        // Sideways by lengthways: a clip yawed by 15 degrees and toes turned out by 15 more give 0.58.
        private const float MostSideways = 1f;

        // A foot that walked comes down at the pitch it left from. Loose, for turns on the way and gyroscopes that clip; a shoe in the hand does not care.
        private const float MostPitchLeft = 40f * Degree;

        // A last lobe smaller than this may begin in mid-air. Larger ones are the foot coming down to flat.
        private const float SmallLastLobe = 8f * Degree;

        // How long after the pitch has turned toes may touch.
        private const int ToeContactWithinPairs = 3;

        // Shaking means something from a change of 0.2 g from sample to sample.
        private const float LeastShaking2 = 0.2f * MotionScale.AccelerometerCountsPerG * (0.2f * MotionScale.AccelerometerCountsPerG);

        // Initial contact against the zero crossing of the pitch rate, foot-off against that of heel-rise, measured on the real
        // forward recordings of the gaitmap project: contact at the crossing (median 5 ms late), foot-off 20 ms before it.
        private const int ForwardFootOffEarlierMilliseconds = 20;

        // A stride is described one pair after it was recognised, a pair's middle is half a sample before its second sample, and the chip's low-pass (44/42 Hz)
        // delays everything by 4.9 ms (register map 4.2, register 26).
        private const int DelayMilliseconds = MotionScale.PairMilliseconds + 5 + 5;

        // From here on a cue is as sure as it gets: a fifth of a meter travelled, half a usual swing, half a usual heel-rise or heel drop.
        private const float SureTravelMeters = 0.2f;
        private const float SureSwing = 20f * Degree;
        private const float SureEdge = 12f * Degree;

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

        // A change into a pair's first sample began with the sample before it, three quarters of a pair before the pair's middle; one within the pair with its
        // first sample.
        private const float ShakenInto = 0.75f;
        private const float ShakenWithin = 0.25f;

        // A foot is flat 240 ms after contact at the latest.
        private const int LongestContactPairs = 12;
        private const int LongestImpactPairs = 15;

        // What fits the record.
        private const int MostImpactTenthsG = 254;

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

        private float _along, _across, _length;
        private int _swing;
        private float _contactAt;

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

        /// <summary>Whether the movement that has just ended in a foot-flat was a stride. If so, <see cref="Describe"/> says which.</summary>
        /// <param name="flatPairs">For how many pairs the foot has been flat.</param>
        /// <param name="lobes">The movement's pitch lobes.</param>
        /// <param name="strapdown">Where it went.</param>
        /// <param name="history">Its last 640 ms.</param>
        internal bool Recognise(int flatPairs, PitchLobes lobes, Strapdown strapdown, MotionHistory history)
        {
            int count = lobes.Count;
            if (count < 2 || lobes.Overflowed || Magnitude(history.PitchNow) > MostPitchLeft)
            {
                return false;
            }

            strapdown.Finish(history.Newest);
            float dx = strapdown.AlongMeters;
            float dy = strapdown.AcrossMeters;
            float length = Safe.Sqrt(dx * dx + dy * dy);
            if (length < (count > 2 ? ShortestStepMeters : ShortestStrideMeters)
                || length > LongestStrideMeters
                || Magnitude(strapdown.ClimbMeters) > SteepestClimb * length
                || Magnitude(dy) > MostSideways * Magnitude(dx))
            {
                return false;
            }

            int swing = SwingLobe(lobes, dx);
            if (Magnitude(lobes.Turned[swing]) < SmallestSwing)
            {
                return false;
            }

            _along = dx;
            _across = dy;
            _length = length;
            _swing = swing;
            _contactAt = ContactAt(lobes, swing, history, history.Newest - flatPairs + 1);
            return true;
        }

        /// <summary>
        /// Everything about the stride that was recognised one pair ago: it costs too much to be done at once. False when it turns out to be none after all.
        /// </summary>
        /// <param name="now">The engine's sample count.</param>
        /// <param name="lobes">The movement's pitch lobes, untouched since.</param>
        /// <param name="history">Its last 640 ms, untouched since.</param>
        internal bool Describe(uint now, PitchLobes lobes, MotionHistory history)
        {
            int count = lobes.Count;
            int last = count - 1;
            int swing = _swing;
            float[] turned = lobes.Turned;
            uint nowMilliseconds = now * MotionScale.SampleMilliseconds;
            bool alone = !_hasContact || nowMilliseconds - _lastContactMilliseconds > 2 * LongestStrideMilliseconds;
            float final = last > swing && turned[last] * turned[swing] < 0f ? turned[last] : 0f;
            Decide(_along, count > 2 ? turned[swing] : 0f, swing > 0 ? turned[0] : 0f, final, alone);

            int newest = history.Newest;
            int contactAgo = (int)((newest - _contactAt) * MotionScale.PairMilliseconds) + DelayMilliseconds;
            int footOffAgo = (int)((newest - (swing > 0 ? lobes.Begin[swing] : 0f)) * MotionScale.PairMilliseconds) + DelayMilliseconds;
            if (_direction == Direction.Forward)
            {
                footOffAgo += ForwardFootOffEarlierMilliseconds;
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
            _lengthMillimeters = (int)(_length * 1000f + 0.5f);
            _decisionMilliseconds = contactAgo - contactAgo % MotionScale.SampleMilliseconds;
            LearnYaw(_along, _across);
            Angles(history, _contactAt);
            Impact(history, (int)_contactAt - 1);
            _sequence++;
            return true;
        }

        // The largest lobe after the first, which belongs to foot-off. With two lobes only, either the foot came down flat or it was lifted flat: the
        // way it travelled tells which of the two was the swing.
        private static int SwingLobe(PitchLobes lobes, float dx)
        {
            float[] turned = lobes.Turned;
            int count = lobes.Count;
            if (count == 2)
            {
                return turned[0] * dx < 0f ? 0 : 1;
            }

            int largest = 1;
            float most = 0f;
            for (int i = 1; i < count; i++)
            {
                float lobe = turned[i];
                lobe = lobe < 0f ? -lobe : lobe;
                if (lobe > most)
                {
                    most = lobe;
                    largest = i;
                }
            }

            return largest;
        }

        // Each cue votes from -1 (backward) to 1 (forward) times its weight. The displacement weighs most: it is the direction. The phases of the foot
        // at foot-off and through the swing confirm it whatever the landing; the lobe after contact only speaks for toe-first backward and heel-first forward.
        // Within a bout the last direction helps; alone, a stride must convince by itself.
        private void Decide(float dxMeters, float swingTurned, float firstTurned, float finalTurned, bool alone)
        {
            float travel = Limit(dxMeters * (1f / SureTravelMeters));
            float swing = Limit(swingTurned * (-1f / SureSwing));
            float first = Limit(firstTurned * (1f / SureEdge));
            float last = Limit(finalTurned * (1f / SureEdge));
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
            int halfway = (int)(0.5f * (swingBegin + flatAt));
            halfway = halfway > flatAt - LongestContactPairs ? halfway : flatAt - LongestContactPairs;
            if (last == swing)
            {
                return ShakingBegins(history, halfway, flatAt, 0f, flatAt);
            }

            float turn = lobes.Begin[last];
            float final = lobes.Turned[last];
            if (Magnitude(final) < SmallLastLobe)
            {
                return ShakingBegins(history, halfway, flatAt, LeastShaking2, turn);
            }

            return final > 0f ? turn : ShakingBegins(history, (int)turn + 1, (int)turn + 1 + ToeContactWithinPairs, LeastShaking2, turn + 0.5f);
        }

        // The first instant between two pairs at which the foot is shaken at least half as hard as the hardest; the fallback when it is never shaken hard enough to
        // mean anything.
        private static float ShakingBegins(MotionHistory history, int from, int to, float least2, float fallback)
        {
            float[] shaking2 = history.Shaking2;
            int oldest = history.Oldest + 1;
            int begin = from > oldest ? from : oldest;
            int end = to < history.Newest ? to : history.Newest;
            float most2 = least2;
            for (int i = begin; i <= end; i++)
            {
                float now2 = shaking2[i & MotionHistory.Mask];
                if (now2 > most2)
                {
                    most2 = now2;
                }
                else if (now2 < -most2)
                {
                    most2 = -now2;
                }
            }

            float half2 = 0.25f * most2;
            for (int i = begin; i <= end; i++)
            {
                float now2 = shaking2[i & MotionHistory.Mask];
                if (now2 >= half2)
                {
                    return i - ShakenWithin;
                }

                if (now2 <= -half2)
                {
                    return i - ShakenInto;
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

        private void Angles(MotionHistory history, float contactAt)
        {
            // What has been added up at a pair's number is the angle at its end, half a pair after its middle.
            float end = contactAt - 0.5f;
            if (end < history.Oldest)
            {
                _footStrikeHalfDegrees = Stride.Missing;
                _tiltHalfDegrees = Stride.Missing;
                _landing = Landing.Unknown;
                return;
            }

            float toesUp = history.PitchSince(end);
            float rolled = -history.RollSince(end);
            float cosine = Safe.Divide(1f / Degree, Safe.Sqrt(1f + _yawTangent * _yawTangent), 0f);
            float footStrike = (toesUp - rolled * _yawTangent) * cosine;
            float roll = (rolled + toesUp * _yawTangent) * cosine;
            _footStrikeHalfDegrees = HalfDegrees(footStrike);
            _tiltHalfDegrees = _side == FootSide.Unknown ? Stride.Missing : HalfDegrees(_side == FootSide.Right ? roll : -roll);
            _landing = _footStrikeHalfDegrees <= _toeLandingHalfDegrees ? Landing.Toe
                : _footStrikeHalfDegrees >= _heelLandingHalfDegrees ? Landing.Heel
                : Landing.Flat;
        }

        private void Impact(MotionHistory history, int from)
        {
            float[] force2 = history.Force2;
            int newest = history.Newest;
            int begin = from > newest - LongestImpactPairs ? from : newest - LongestImpactPairs;
            begin = begin > history.Oldest ? begin : history.Oldest;
            float most = 0f;
            for (int i = begin; i <= newest; i++)
            {
                float now = force2[i & MotionHistory.Mask];
                if (now > most)
                {
                    most = now;
                }
            }

            int tenths = (int)(Safe.Sqrt(most) * (10f / MotionScale.PairCountsPerG) + 0.5f);
            _impactTenthsG = tenths > MostImpactTenthsG ? MostImpactTenthsG : tenths;
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
