namespace Backstep.Gait
{
    /// <summary>
    /// The last 640 ms of a movement: how far the foot has pitched and rolled so far, and how hard it was shaken. At foot-flat the
    /// judge looks back from here to initial contact, so that angles are measured over the shortest way, from contact to flat.
    /// </summary>
    internal sealed class MotionHistory
    {
        internal const int Length = 64;
        private const int Mask = Length - 1;

        private readonly float[] _pitch = new float[Length];
        private readonly float[] _roll = new float[Length];
        private readonly float[] _force2 = new float[Length];
        private readonly int[] _jerk = new int[Length];

        private float _rollNow;
        private int _lastX, _lastY, _lastZ;

        /// <summary>Samples since the movement began.</summary>
        internal int Samples { get; private set; }

        /// <summary>Degrees pitched since the movement began, positive = toes down.</summary>
        internal float PitchNow { get; private set; }

        /// <summary>A movement begins.</summary>
        internal void Start()
        {
            Samples = 0;
            PitchNow = 0f;
            _rollNow = 0f;
        }

        /// <summary>One sample: degrees pitched (toes down) and rolled (about the toe axis) in it, squared specific force in counts, and the counts.</summary>
        internal void Add(float pitchDegrees, float rollDegrees, float force2, int ax, int ay, int az)
        {
            int slot = Samples & Mask;
            int jx = ax - _lastX, jy = ay - _lastY, jz = az - _lastZ;
            _jerk[slot] = Samples == 0 ? 0 : (jx < 0 ? -jx : jx) + (jy < 0 ? -jy : jy) + (jz < 0 ? -jz : jz);
            _lastX = ax;
            _lastY = ay;
            _lastZ = az;
            PitchNow += pitchDegrees;
            _rollNow += rollDegrees;
            _pitch[slot] = PitchNow;
            _roll[slot] = _rollNow;
            _force2[slot] = force2;
            Samples++;
        }

        /// <summary>The oldest sample that is still known.</summary>
        internal int Oldest
        {
            get { return Samples > Length ? Samples - Length : 0; }
        }

        /// <summary>Pitch at a sample of this movement in degrees, positive = toes down; the sample must be known.</summary>
        internal float Pitch(int sample)
        {
            return _pitch[sample & Mask];
        }

        /// <summary>Roll at a sample of this movement in degrees; the sample must be known.</summary>
        internal float Roll(int sample)
        {
            return _roll[sample & Mask];
        }

        /// <summary>Squared specific force in counts; the sample must be known.</summary>
        internal float Force2(int sample)
        {
            return _force2[sample & Mask];
        }

        /// <summary>Change of specific force from the sample before, summed over the axes, in counts; the sample must be known.</summary>
        internal int Jerk(int sample)
        {
            return _jerk[sample & Mask];
        }
    }
}
