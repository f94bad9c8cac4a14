namespace Backstep.Gait
{
    /// <summary>
    /// Splits one movement of the foot into lobes: stretches in which the pitch rate keeps its sign. Forward walking
    /// reads + - + (heel rises, toes come up through the swing, toes drop), backward walking - + - (toes leave first,
    /// toes go down through the swing, heel drops). Lobes too small to be a phase of a step are merged into their
    /// neighbours.
    /// </summary>
    internal sealed class PitchLobes
    {
        internal const int Most = 12;

        /// <summary>A degree in counts of rate added up pair by pair.</summary>
        internal const float Degree = MotionScale.PairCountsPerDegreePerSecond / MotionScale.PairSeconds;

        // A wobble that turns the foot by less than this is no phase of a step.
        private const float Smallest = 2.5f * Degree;

        /// <summary>Counts of pitch rate added up over each lobe: how far it turned the foot, positive = toes
        /// down.</summary>
        internal readonly float[] Turned = new float[Most];

        /// <summary>When each lobe began, in pairs since the movement began, with the zero crossing found between
        /// pairs.</summary>
        internal readonly float[] Begin = new float[Most];

        /// <summary>How many lobes are closed; after <see cref="Finish"/> all of them.</summary>
        internal int Count;

        /// <summary>More phases than any step has: not a step.</summary>
        internal bool Overflowed;

        private float _open;
        private float _openBegin;
        private float _last;
        private bool _positive;

        /// <summary>Lobes so far, the open one included once it is large enough: three make the whole pattern of a
        /// step.</summary>
        internal int Phases
        {
            get { return _open >= Smallest || _open <= -Smallest ? Count + 1 : Count; }
        }

        /// <summary>A movement begins.</summary>
        internal void Start()
        {
            Count = 0;
            Overflowed = false;
            _open = 0f;
            _openBegin = 0f;
            _last = 0f;
            _positive = false;
        }

        /// <summary>One pair's pitch rate in counts, and its number since the movement began.</summary>
        internal void Step(float pitchRate, int pair)
        {
            bool positive = pitchRate > 0f;
            if (positive != _positive)
            {
                Close();
                if (Count > 0 && (Turned[Count - 1] > 0f) == positive)
                {
                    // What lay between was a wobble: the lobe before it goes on.
                    Count--;
                    _open += Turned[Count];
                    _openBegin = Begin[Count];
                }
                else
                {
                    _openBegin = pair - Safe.Divide(pitchRate, pitchRate - _last, 0f);
                }

                _positive = positive;
            }

            _open += pitchRate;
            _last = pitchRate;
        }

        /// <summary>The movement has ended: the open lobe counts too, if it is one.</summary>
        internal void Finish()
        {
            Close();
        }

        private void Close()
        {
            if (_open < Smallest && _open > -Smallest)
            {
                // Too small: what it turned is taken over by the lobe that goes on.
                return;
            }

            if (Count == Most)
            {
                Overflowed = true;
                Count--;
            }

            Turned[Count] = _open;
            Begin[Count] = _openBegin;
            Count++;
            _open = 0f;
        }
    }
}
