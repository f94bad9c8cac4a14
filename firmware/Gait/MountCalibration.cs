namespace Backstep.Gait
{
    /// <summary>
    /// Finds how the chip sits, however it was clipped on: gravity while standing still says which way is up, and
    /// rising on the toes turns the foot one way about one axis, toes down: the foot's y. Sign and all, which walking
    /// alone could not tell.
    /// </summary>
    public sealed class MountCalibration
    {
        /// <summary>How often the heel must rise.</summary>
        public const int RisesNeeded = 3;

        private const int StillSamples = 150;
        private const float StepSeconds = 1f / MotionScale.SampleRateHertz;
        private const float DegreesPerSecondPerCount = 1f / MotionScale.PairCountsPerDegreePerSecond;

        // A rise: the foot turns by this much, comes back to within that much, and rests.
        private const float RisenDegrees = 15f;
        private const float DownDegrees = 6f;
        private const float RestRate = 15f;

        // The axis must be level within 37 degrees, and the turning all one way: what is left after adding up is at
        // least this share.
        private const float LeastShare = 0.8f;

        private readonly Stillness _stillness = new Stillness();
        private float _biasX, _biasY, _biasZ;
        private float _upX, _upY, _upZ;
        private float _turnX, _turnY, _turnZ;
        private float _sumX, _sumY, _sumZ, _sumLength;
        private bool _risen;

        /// <summary>What the walker must do now, or how it ended.</summary>
        public MountCalibrationState State { get; private set; }

        /// <summary>Rises counted so far.</summary>
        public int Rises { get; private set; }

        /// <summary>The mount, or null before <see cref="MountCalibrationState.Done"/>.</summary>
        public Mount Found { get; private set; }

        /// <summary>One sample, as the chip gives it. No hurry here: each counts as a pair of its own.</summary>
        public void Add(short ax, short ay, short az, short gx, short gy, short gz)
        {
            if (State == MountCalibrationState.StandStill)
            {
                WatchStillness(2 * ax, 2 * ay, 2 * az, 2 * gx, 2 * gy, 2 * gz);
            }
            else if (State == MountCalibrationState.RiseOnToes)
            {
                WatchRise(2 * gx, 2 * gy, 2 * gz);
            }
        }

        private void WatchStillness(int ax, int ay, int az, int gx, int gy, int gz)
        {
            if (!_stillness.Holds(ax, ay, az, gx, gy, gz))
            {
                _stillness.End();
            }

            _stillness.Take(ax, ay, az, gx, gy, gz);
            if (_stillness.Pairs < StillSamples)
            {
                return;
            }

            float each = Safe.Divide(1f, _stillness.Pairs, 0f);
            _biasX = _stillness.SumGx * each;
            _biasY = _stillness.SumGy * each;
            _biasZ = _stillness.SumGz * each;
            _upX = _stillness.SumAx * each;
            _upY = _stillness.SumAy * each;
            _upZ = _stillness.SumAz * each;
            float scale = Safe.Divide(1f, Length(_upX, _upY, _upZ), 0f);
            _upX *= scale;
            _upY *= scale;
            _upZ *= scale;
            State = MountCalibrationState.RiseOnToes;
        }

        private void WatchRise(int gx, int gy, int gz)
        {
            float wx = (gx - _biasX) * DegreesPerSecondPerCount;
            float wy = (gy - _biasY) * DegreesPerSecondPerCount;
            float wz = (gz - _biasZ) * DegreesPerSecondPerCount;
            _turnX += wx * StepSeconds;
            _turnY += wy * StepSeconds;
            _turnZ += wz * StepSeconds;
            float turned = Length(_turnX, _turnY, _turnZ);
            _sumX += _turnX;
            _sumY += _turnY;
            _sumZ += _turnZ;
            _sumLength += turned;
            if (!_risen)
            {
                _risen = turned > RisenDegrees;
            }
            else if (turned < DownDegrees && wx * wx + wy * wy + wz * wz < RestRate * RestRate)
            {
                // Down again: what is left is drift.
                _risen = false;
                _turnX = _turnY = _turnZ = 0f;
                Rises++;
                if (Rises == RisesNeeded)
                {
                    Finish();
                }
            }
        }

        private void Finish()
        {
            float along = _sumX * _upX + _sumY * _upY + _sumZ * _upZ;
            float x = _sumX - along * _upX, y = _sumY - along * _upY, z = _sumZ - along * _upZ;
            float level = Length(x, y, z);
            if (level < LeastShare * _sumLength)
            {
                State = MountCalibrationState.NotOneWay;
                return;
            }

            float scale = Safe.Divide(1f, level, 0f);
            x *= scale;
            y *= scale;
            z *= scale;
            Found = new Mount(
                y * _upZ - z * _upY,
                z * _upX - x * _upZ,
                x * _upY - y * _upX,
                x,
                y,
                z,
                _upX,
                _upY,
                _upZ);
            State = MountCalibrationState.Done;
        }

        private static float Length(float x, float y, float z)
        {
            return Safe.Sqrt(x * x + y * y + z * z);
        }
    }
}
