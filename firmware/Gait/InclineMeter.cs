namespace Backstep.Gait
{
    /// <summary>
    /// The slope of the ground, from gravity on a foot that lies flat on it. While the mount was calibrated, standing
    /// on a level floor, gravity was upright in the foot frame; what of it points to the toes now is the sine of the
    /// slope. The zero of the accelerometer, which is off by up to 8 % of gravity, is in both and cancels; what it
    /// drifts by since does not: see <see cref="ZeroDrift"/>.
    /// <para>The median of the last stances that were looked at, which is every other one: so a stumble says nothing,
    /// and a belt that is raised is followed after four of them, eight strides. <see cref="Stride.Missing"/> as long as
    /// it cannot be known. Whether the floor was level nobody here can know. Runs once in two strides, allocates
    /// nothing.</para>
    /// </summary>
    public sealed class InclineMeter
    {
        /// <summary>Stances that it is the median of.</summary>
        public const int Window = 7;

        /// <summary>Stances that it takes to know it.</summary>
        public const int LeastStances = 5;

        /// <summary>Stances in a row that must be out of the ordinary for the clip to be thought turned.</summary>
        public const int MostDoubts = 3;

        /// <summary>Stands for the secant of a stride that left from no flat foot: its stance rolled through. It says
        /// nothing, but the walk goes on.</summary>
        public const float NoStance = 0f;

        // In 0.01 %: the middle three stances within 2 % of slope. Wider, and the clip gives with every step, as on the
        // laces in the recordings 14 and 15 here and there, or the stance rolls.
        private const int MostSpread = 200;

        // As steep as the message can tell. Treadmills go to 15 %, a few to 40.
        private const int Steepest = 2540;

        // Sine of 12 degrees: a foot on a belt of 15 % with its toes turned out by 30 degrees leans by 4, and a stance
        // foot rolls by some degrees. Beyond that the clip has slipped to the side since it was calibrated.
        private const float MostLean = 0.21f;

        // Secant of 35 degrees: clip and toes turned out by 15 each, and a little.
        private const float MostSecant = 1.22f;

        // Longer without a stride, twice, and the belt may be another.
        private const uint PauseSamples = 2 * Stride.LongestMilliseconds / MotionScale.SampleMilliseconds;

        // 0.01 % in a whole.
        private const float Whole = 10000f;

        // The stances in order, and the same sorted, as sines in 0.01 %.
        private readonly short[] _last = new short[Window];
        private readonly short[] _sorted = new short[Window];
        private int _count;
        private int _next;
        private int _doubts;
        private Direction _direction;
        private uint _lastSample;

        private int _tenthsPercent = Stride.Missing;

        /// <summary>Slope in 0.1 %, -254 to 254, positive where it is uphill in the direction of walking, or
        /// <see cref="Stride.Missing"/>.</summary>
        public int TenthsPercent
        {
            get { return _tenthsPercent; }
        }

        /// <summary>A stride, and what gravity was on the flat foot from which it left.</summary>
        /// <param name="direction">Which way it went. One of unknown direction says nothing.</param>
        /// <param name="toToes">The specific force of the flat foot along the foot's x axis, g.</param>
        /// <param name="toLeft">Along its y axis, g.</param>
        /// <param name="secant">1 by the cosine of the angle between the stride and the foot's x axis, 1 or more: a
        /// foot that points past the slope feels less of it; or <see cref="NoStance"/>.</param>
        /// <param name="sample">When, in samples.</param>
        public void Add(Direction direction, float toToes, float toLeft, float secant, uint sample)
        {
            if (direction == Direction.Unknown)
            {
                return;
            }

            bool follows = direction == _direction && sample - _lastSample <= PauseSamples;
            _direction = direction;
            _lastSample = sample;
            if (!follows)
            {
                // Who turns round has the slope turned round; and the foot from which a pause ended stood before it.
                Clear();
            }
            else if (secant != NoStance)
            {
                int value = (int)(toToes * secant * (direction == Direction.Backward ? -Whole : Whole));
                if (secant > MostSecant || toLeft > MostLean || toLeft < -MostLean || value > Steepest
                    || value < -Steepest)
                {
                    Doubt();
                }
                else
                {
                    Take((short)value);
                }
            }
        }

        /// <summary>Begins again: time was lost, or the mount is another.</summary>
        public void Clear()
        {
            _count = 0;
            _next = 0;
            _doubts = 0;
            _tenthsPercent = Stride.Missing;
        }

        // One is a stumble or a turn. Several in a row are a clip that is turned, or a stair.
        private void Doubt()
        {
            _doubts++;
            if (_doubts >= MostDoubts)
            {
                Clear();
            }
        }

        private void Take(short value)
        {
            short[] last = _last;
            short[] sorted = _sorted;
            int next = _next;
            int count = _count;
            int hole = count;
            if (count < Window)
            {
                count++;
                _count = count;
            }
            else
            {
                short gone = last[next];
                hole = 0;
                while (sorted[hole] != gone)
                {
                    hole++;
                }
            }

            last[next] = value;
            next++;
            _next = next == Window ? 0 : next;
            _doubts = 0;
            for (; hole > 0 && sorted[hole - 1] > value; hole--)
            {
                sorted[hole] = sorted[hole - 1];
            }

            for (int end = count - 1; hole < end && sorted[hole + 1] < value; hole++)
            {
                sorted[hole] = sorted[hole + 1];
            }

            sorted[hole] = value;
            int quarter = (count + 1) >> 2; // leaves three of five and of seven, four of six
            if (count < LeastStances || sorted[count - 1 - quarter] - sorted[quarter] > MostSpread)
            {
                _tenthsPercent = Stride.Missing;
                return;
            }

            // Sine to tangent, which is what slope is: s / sqrt(1 - s²) is s + s³ / 2 within 0.05 % up to 25 %.
            float sine = sorted[count >> 1] * (1f / Whole);
            float tenths = sine * (1f + 0.5f * sine * sine) * 1000f;
            _tenthsPercent = (int)(tenths < 0f ? tenths - 0.5f : tenths + 0.5f);
        }
    }
}
