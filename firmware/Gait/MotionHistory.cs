namespace Backstep.Gait
{
    /// <summary>
    /// The last 640 ms of a movement: how far the foot has pitched and rolled so far, and the force it felt. At
    /// foot-flat the judge looks back from here to initial contact, so that angles are measured over the shortest way,
    /// from contact to flat. Pairs are numbered from 1, the first of the movement; instants between them have
    /// fractions.
    /// </summary>
    internal sealed class MotionHistory
    {
        internal const int Length = 32;
        internal const int Mask = Length - 1;

        /// <summary>Squared specific force in counts, by pair number masked.</summary>
        internal readonly float[] Force2 = new float[Length];

        /// <summary>
        /// How hard the foot was shaken, by pair number masked: the larger of the squared changes of specific force
        /// into the pair's first sample and from that to its second, in counts; negative when it was the change into
        /// the first.
        /// </summary>
        internal readonly float[] Shaking2 = new float[Length];

        /// <summary>Whether the newest pair's force changed too much for a foot that lies flat, 0.25 g from sample to
        /// sample.</summary>
        internal bool IsShaken;

        /// <summary>Pairs since the movement began: the newest one's number.</summary>
        internal int Newest;

        /// <summary>Counts of pitch rate added up since the movement began: pitch, positive = toes down.</summary>
        internal float PitchNow;

        private const float ShakenFrom2 = 0.25f * MotionScale.AccelerometerCountsPerG
            * (0.25f * MotionScale.AccelerometerCountsPerG);

        private readonly float[] _pitch = new float[Length];
        private readonly float[] _roll = new float[Length];

        private float _rollNow;
        private int _lastX, _lastY, _lastZ;

        /// <summary>The oldest pair that is still known.</summary>
        internal int Oldest
        {
            get { return Newest > Length ? Newest - Length + 1 : 1; }
        }

        /// <summary>A movement begins.</summary>
        internal void Start()
        {
            Newest = 0;
            IsShaken = false;
            PitchNow = 0f;
            _rollNow = 0f;
        }

        /// <summary>One pair: pitch rate (toes down) and roll rate (about the toe axis) and squared specific force, in
        /// counts. Returns its number.</summary>
        internal int Add(float pitchRate, float rollRate, float force2)
        {
            int number = Newest + 1;
            int slot = number & Mask;
            float pitch = PitchNow + pitchRate;
            float roll = _rollNow + rollRate;
            _pitch[slot] = pitch;
            _roll[slot] = roll;
            Force2[slot] = force2;
            Newest = number;
            PitchNow = pitch;
            _rollNow = roll;
            return number;
        }

        /// <summary>The next pair's two samples of specific force, in counts; before <see cref="Add"/>.</summary>
        internal void Shake(int ax, int ay, int az, int bx, int by, int bz)
        {
            float dx = ax - _lastX, dy = ay - _lastY, dz = az - _lastZ;
            float into2 = dx * dx + dy * dy + dz * dz;
            dx = bx - ax;
            dy = by - ay;
            dz = bz - az;
            float within2 = dx * dx + dy * dy + dz * dz;
            _lastX = bx;
            _lastY = by;
            _lastZ = bz;
            int slot = (Newest + 1) & Mask;
            if (within2 > into2)
            {
                Shaking2[slot] = within2;
                IsShaken = within2 > ShakenFrom2;
            }
            else
            {
                Shaking2[slot] = -into2;
                IsShaken = into2 > ShakenFrom2;
            }
        }

        /// <summary>The newest pair's pitch rate, counts.</summary>
        internal float PitchRate
        {
            get { return Newest > 1 ? PitchNow - _pitch[(Newest - 1) & Mask] : PitchNow; }
        }

        /// <summary>The newest pair's roll rate, counts.</summary>
        internal float RollRate
        {
            get { return Newest > 1 ? _rollNow - _roll[(Newest - 1) & Mask] : _rollNow; }
        }

        /// <summary>Counts pitched from an instant to the newest pair. The instant must not be before
        /// <see cref="Oldest"/>.</summary>
        internal float PitchSince(float instant)
        {
            return PitchNow - Between(_pitch, instant);
        }

        /// <summary>Counts rolled from an instant to the newest pair. The instant must not be before
        /// <see cref="Oldest"/>.</summary>
        internal float RollSince(float instant)
        {
            return _rollNow - Between(_roll, instant);
        }

        private float Between(float[] values, float instant)
        {
            int before = (int)instant;
            if (before >= Newest)
            {
                return values[Newest & Mask];
            }

            float at = values[before & Mask];
            return at + (instant - before) * (values[(before + 1) & Mask] - at);
        }
    }
}
