namespace Backstep.Gait
{
    /// <summary>
    /// Decides at foot-flat what the movement that led to it was: a stride or not, which way, how it landed, when it
    /// left and touched the ground. Runs once a movement, never per sample. A lone stride is kept back until the next
    /// one confirms it: the first of a bout may be late, it must not be wrong.
    /// </summary>
    internal sealed class StrideJudge
    {
        // The least that makes a stride: treadmill strides are 0.3 m and longer, the first onto a starting belt is
        // short but shows all its phases.
        private const float ShortestStepMeters = 0.08f;
        private const float ShortestStrideMeters = 0.15f;
        private const float LongestStrideMeters = 3f;
        private const float SmallestSwing = 6f * PitchLobes.Degree;
        private const int ShortestSwingMilliseconds = 120;
        private const int LongestSwingMilliseconds = 1500;

        // After a landing on the toes the drop to flat turns the foot back about as far as the swing before it did: the
        // larger of the two is no sign.
        private const float LeastSwingByDrop = 0.6f;

        // Net climb by distance: a belt at 15 % is 0.15; a step onto the side rails is far steeper.
        private const float SteepestClimb = 0.35f;

        // Sideways by lengthways: a clip yawed by 15 degrees and toes turned out by 15 more give 0.58.
        private const float MostSideways = 1f;

        // A foot that walked comes down at the pitch it left from. Loose, for turns on the way and gyroscopes that
        // clip; a shoe in the hand does not care.
        private const float MostPitchLeft = 40f * PitchLobes.Degree;

        // Measured on the real forward recordings of the gaitmap project: initial contact at the zero crossing of the
        // pitch rate, foot-off 20 ms before that of heel-rise.
        private const int ForwardFootOffEarlierMilliseconds = 20;

        // A stride is described one pair after it was recognised, a pair's middle is half a sample before its second
        // sample, and the chip's low-pass (44/42 Hz) delays everything by 4.9 ms (register map 4.2, register 26).
        private const int DelayMilliseconds = MotionScale.PairMilliseconds + 5 + 5;

        // How much the last direction of the bout helps, and what the vote must reach.
        private const float HabitVote = 0.06f;
        private const float LeastVote = 0.32f;
        private const float LeastVoteAlone = 0.55f;

        // The first step backward lifts the foot flat, so that cue is lacking: what is left of the vote is 0.5 when
        // both others are sure.
        private const float LeastVoteAloneBackward = 0.49f;

        // A stride that goes the other way than the one before it must be as long as this.
        private const float LeastTurnBackMeters = 0.28f;

        // A stride shorter than this confirms another only if it is sure, and like it in length and in the time of its
        // swing: who walks slowly walks evenly, who shuffles does not.
        private const int SureWitnessMillimeters = 280;
        private const int SureWitnessPercent = 49;
        private const int LikeFrom = 3;
        private const int LikeTo = 4;

        // The impact is over 140 ms after contact.
        private const int ImpactPairs = 8;
        private const int MostImpactTenthsG = 254;

        private readonly FootSide _side;
        private readonly int _toeLandingHalfDegrees;
        private readonly int _heelLandingHalfDegrees;
        private readonly ClipYaw _yaw;

        // The stride being described, the lone one kept back, and the one to be taken next.
        private StrideDraft _draft = new StrideDraft();
        private StrideDraft _kept = new StrideDraft();
        private StrideDraft _next;
        private bool _keeps;

        private uint _sequence;
        private bool _hasContact;
        private uint _lastContactMilliseconds;

        /// <summary>Which way the last stride went that was described.</summary>
        internal Direction LastDirection;


        /// <summary>How long the movement was that was last recognised.</summary>
        internal float LengthMeters;
        private int _swing;
        private float _contactAt;

        internal StrideJudge(FootSide side, int toeLandingHalfDegrees, int heelLandingHalfDegrees)
        {
            _side = side;
            _toeLandingHalfDegrees = toeLandingHalfDegrees;
            _heelLandingHalfDegrees = heelLandingHalfDegrees;
            _yaw = new ClipYaw(side);
        }

        /// <summary>Whether another stride waits to be taken after this one: the one that confirmed it.</summary>
        internal bool HasAnother { get; private set; }

        /// <summary>Time was lost: the next stride is the first of a bout.</summary>
        internal void Gap()
        {
            _hasContact = false;
            _keeps = false;
        }

        /// <summary>Strides of a known direction that have been announced.</summary>
        internal int Told { get; private set; }

        /// <summary>The stride that has been announced.</summary>
        internal Stride TakeStride(Posture posture)
        {
            return _next.Finish(_sequence, posture);
        }

        /// <summary>The stride that <see cref="HasAnother"/> spoke of is announced now.</summary>
        internal void Another()
        {
            HasAnother = false;
            Announce(_draft);
        }

        /// <summary>Whether the movement that has just ended in a foot-flat was a stride. If so, <see cref="Describe"/>
        /// says which.</summary>
        /// <param name="flatPairs">For how many pairs the foot has been flat.</param>
        /// <param name="lobes">The movement's pitch lobes.</param>
        /// <param name="strapdown">Where it went, finished.</param>
        /// <param name="history">Its last 640 ms.</param>
        internal bool Recognise(int flatPairs, PitchLobes lobes, Strapdown strapdown, MotionHistory history)
        {
            int count = lobes.Count;
            if (count < 2 || lobes.Overflowed || Magnitude(history.PitchNow) > MostPitchLeft)
            {
                return false;
            }

            float along = strapdown.AlongMeters;
            float across = strapdown.AcrossMeters;
            float length = Safe.Sqrt(along * along + across * across);
            if (length < (count > 2 ? ShortestStepMeters : ShortestStrideMeters)
                || length > LongestStrideMeters
                || Magnitude(strapdown.ClimbMeters) > SteepestClimb * length
                || Magnitude(across) > MostSideways * Magnitude(along))
            {
                return false;
            }

            int swing = SwingLobe(lobes, along);
            if (Magnitude(lobes.Turned[swing]) < SmallestSwing)
            {
                return false;
            }

            // Here and not when it is described: that pair is the dearest of all as it is.
            _yaw.Learn(along, across);
            LengthMeters = length;
            _swing = swing;
            _contactAt = ContactFinder.Find(lobes, swing, history, history.Newest - flatPairs + 1);
            return true;
        }

        /// <summary>
        /// Everything about the stride that was recognised one pair ago: it costs too much to be done at once. True
        /// when a stride can be taken; false when it turns out to be none after all, or a lone one that is kept back.
        /// </summary>
        /// <param name="now">The engine's sample count.</param>
        /// <param name="lobes">The movement's pitch lobes, untouched since.</param>
        /// <param name="strapdown">Where it went, untouched since it ended.</param>
        /// <param name="history">Its last 640 ms, untouched since.</param>
        internal bool Describe(uint now, PitchLobes lobes, Strapdown strapdown, MotionHistory history)
        {
            StrideDraft draft = _draft;
            int swing = _swing;
            uint nowMilliseconds = now * MotionScale.SampleMilliseconds;
            int contactAgo = (int)((history.Newest - _contactAt) * MotionScale.PairMilliseconds) + DelayMilliseconds;
            uint contact = nowMilliseconds - (uint)contactAgo;
            int sinceLast = (int)(contact - _lastContactMilliseconds);
            bool alone = !_hasContact || sinceLast > Stride.LongestMilliseconds;
            Decide(draft, lobes, strapdown.AlongMeters, swing, alone);

            int footOffAgo =
                (int)((history.Newest - (swing > 0 ? lobes.Begin[swing] : 0f)) * MotionScale.PairMilliseconds)
                    + DelayMilliseconds;
            if (draft.Direction == Direction.Forward)
            {
                footOffAgo += ForwardFootOffEarlierMilliseconds;
            }

            int swingMilliseconds = footOffAgo - contactAgo;
            if (swingMilliseconds < ShortestSwingMilliseconds || swingMilliseconds > LongestSwingMilliseconds)
            {
                return false;
            }

            draft.StrideMilliseconds = alone || sinceLast <= swingMilliseconds ? Stride.Missing : sinceLast;
            draft.SwingMilliseconds = swingMilliseconds;
            draft.ContactMilliseconds = contact;
            draft.KnownMilliseconds = nowMilliseconds;
            draft.LengthMillimeters = (int)(LengthMeters * 1000f + 0.5f);
            _lastContactMilliseconds = contact;
            _hasContact = true;
            LastDirection = draft.Direction;
            Angles(draft, history);
            Impact(draft, history);
            return alone ? KeepBack() : Release();
        }

        private bool KeepBack()
        {
            StrideDraft kept = _kept;
            _kept = _draft;
            _draft = kept;
            _keeps = true;
            return false;
        }

        private bool Release()
        {
            if (!_keeps)
            {
                Announce(_draft);
                return true;
            }

            _keeps = false;
            if (!Confirms(_draft, _kept))
            {
                // Two that do not agree confirm nothing, nor does a shuffle: the first was none, and the second must
                // find another witness.
                _draft.StrideMilliseconds = Stride.Missing;
                return KeepBack();
            }

            _kept.KnownMilliseconds = _draft.KnownMilliseconds;
            HasAnother = true;
            Announce(_kept);
            return true;
        }

        private static bool Confirms(StrideDraft stride, StrideDraft kept)
        {
            return stride.Direction == kept.Direction
                && (stride.LengthMillimeters >= SureWitnessMillimeters
                    || (stride.ConfidencePercent >= SureWitnessPercent
                        && Like(stride.LengthMillimeters, kept.LengthMillimeters)
                        && Like(stride.SwingMilliseconds, kept.SwingMilliseconds)));
        }

        private static bool Like(int a, int b)
        {
            return a * LikeTo >= b * LikeFrom && b * LikeTo >= a * LikeFrom;
        }

        private void Announce(StrideDraft stride)
        {
            _next = stride;
            _sequence++;
            if (stride.Direction != Direction.Unknown)
            {
                Told++;
            }
        }

        private void Decide(StrideDraft draft, PitchLobes lobes, float along, int swing, bool alone)
        {
            int last = lobes.Count - 1;
            float[] turned = lobes.Turned;

            // With two lobes the way it travelled has chosen the swing: it cannot witness for it.
            float swingTurned = last > 1 ? turned[swing] : 0f;
            float finalTurned = last > swing && turned[last] * turned[swing] < 0f ? turned[last] : 0f;
            float vote = DirectionVote.Of(along, swingTurned, swing > 0 ? turned[0] : 0f, finalTurned,
                out bool contradictory);
            draft.ConfidencePercent = (int)(Magnitude(vote) * 100f + 0.5f);
            if (!alone)
            {
                vote += LastDirection == Direction.Forward ? HabitVote : LastDirection == Direction.Backward
                    ? -HabitVote : 0f;
            }

            // Nobody turns back in a small step, but feet at a turn and before a stop do whatever they like.
            bool turnsBack = !alone && LastDirection == (vote > 0f ? Direction.Backward : Direction.Forward);
            float least = !alone && !turnsBack ? LeastVote : vote < 0f ? LeastVoteAloneBackward : LeastVoteAlone;
            bool unsure = Magnitude(vote) < least || contradictory || (turnsBack && LengthMeters < LeastTurnBackMeters);
            draft.Direction = unsure ? Direction.Unknown : vote > 0f ? Direction.Forward : Direction.Backward;
        }

        // The largest lobe after the first, which belongs to foot-off. With two lobes only, either the foot came down
        // flat or it was lifted flat: the way it travelled tells which of the two was the swing.
        private static int SwingLobe(PitchLobes lobes, float along)
        {
            float[] turned = lobes.Turned;
            int count = lobes.Count;
            if (count == 2)
            {
                return turned[0] * along < 0f ? 0 : 1;
            }

            int largest = Largest(turned, 1, count);
            if (largest == count - 1 && turned[largest] * along > 0f)
            {
                int before = Largest(turned, 0, largest);
                if (Magnitude(turned[before]) > LeastSwingByDrop * Magnitude(turned[largest])
                    && turned[before] * along < 0f)
                {
                    return before;
                }
            }

            return largest;
        }

        private static int Largest(float[] turned, int from, int to)
        {
            int largest = from;
            float most = 0f;
            for (int i = from; i < to; i++)
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

        private void Angles(StrideDraft draft, MotionHistory history)
        {
            // What has been added up at a pair's number is the angle at its end, half a pair after its middle.
            float end = _contactAt - 0.5f;
            if (end < history.Oldest)
            {
                draft.FootStrikeHalfDegrees = Stride.Missing;
                draft.TiltHalfDegrees = Stride.Missing;
                draft.Landing = Landing.Unknown;
                return;
            }

            float yaw = _yaw.Tangent;
            float toesUp = history.PitchSince(end);
            float rolled = -history.RollSince(end);
            float cosine = Safe.Divide(1f / PitchLobes.Degree, Safe.Sqrt(1f + yaw * yaw), 0f);
            float roll = (rolled + toesUp * yaw) * cosine;
            int strike = HalfDegrees((toesUp - rolled * yaw) * cosine);
            draft.FootStrikeHalfDegrees = strike;
            draft.TiltHalfDegrees = _side == FootSide.Unknown ? Stride.Missing
                : HalfDegrees(_side == FootSide.Right ? roll : -roll);
            draft.Landing = strike <= _toeLandingHalfDegrees ? Landing.Toe : strike >= _heelLandingHalfDegrees
                ? Landing.Heel : Landing.Flat;
        }

        private void Impact(StrideDraft draft, MotionHistory history)
        {
            float[] force2 = history.Force2;
            int from = (int)_contactAt - 1;
            int begin = from > history.Oldest ? from : history.Oldest;
            int end = from + ImpactPairs < history.Newest ? from + ImpactPairs : history.Newest;
            float most = 0f;
            for (int i = begin; i <= end; i++)
            {
                float now = force2[i & MotionHistory.Mask];
                if (now > most)
                {
                    most = now;
                }
            }

            int tenths = (int)(Safe.Sqrt(most) * (10f / MotionScale.PairCountsPerG) + 0.5f);
            draft.ImpactTenthsG = tenths > MostImpactTenthsG ? MostImpactTenthsG : tenths;
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
    }
}
