namespace Backstep.Gait
{
    /// <summary>
    /// Carries orientation, velocity and displacement from one foot-flat to the next. On a belt the standing foot moves
    /// at constant velocity, which an inertial sensor cannot tell from rest: both ends count as zero velocity, and what
    /// comes out is the displacement relative to the belt. Axes: the level foot frame at the foot-flat it started from.
    /// Units while under way: counts and pairs; <see cref="Finish"/> turns them into meters.
    /// </summary>
    internal sealed class Strapdown
    {
        private const float StandardGravity = 9.80665f;

        /// <summary>
        /// What 1 m/s is in the units of the velocity, by the accelerometer's nominal scale, which is good to 3 %. What
        /// it says at rest is no better a scale: its zero is only good to 8 % of gravity (product specification 3.4,
        /// section 6.2).
        /// </summary>
        internal const float CountsPerMeterPerSecond =
            MotionScale.PairCountsPerG / (StandardGravity * MotionScale.PairSeconds);

        private const float MetersPerSum = MotionScale.PairSeconds / CountsPerMeterPerSecond;
        private const float DegreesPerRadian = 57.29578f;

        // Half the angle turned in one pair, in rad per count.
        private const float HalfAngle = 0.5f
            * MotionScale.PairSeconds / (MotionScale.PairCountsPerDegreePerSecond * DegreesPerRadian);

        // A sensor on a shoe sits 5 to 10 cm above the ground. While the foot rolls, it moves as fast as that height
        // makes it; the least is taken, since shoes give.
        private const float HeightMeters = 0.05f;

        // Velocity of the sensor over the rolling foot, by count of rate.
        private const float Rolling =
            CountsPerMeterPerSecond * HeightMeters / (MotionScale.PairCountsPerDegreePerSecond * DegreesPerRadian);

        /// <summary>Horizontal velocity in the units of <see cref="CountsPerMeterPerSecond"/>, and the sum of it over
        /// the pairs.</summary>
        internal float VelocityX, VelocityY, SumX, SumY;

        /// <summary>Displacement along and across the foot's mean heading and upwards, in m; after
        /// <see cref="Finish"/>.</summary>
        internal float AlongMeters, AcrossMeters, ClimbMeters;

        /// <summary>The pair up to which the foot stood, by the calmest pair so far.</summary>
        internal int StoodUntil;

        private float _velocityZ;
        private float _sumZ;
        private float _q0, _q1, _q2, _q3;
        private float _s0, _s1, _s2, _s3;

        /// <summary>Begins at a foot-flat: level, at rest.</summary>
        internal void Start(FootFrame frame)
        {
            StartFrom(frame);
            _q0 = _s0;
            _q1 = _s1;
            _q2 = _s2;
            _q3 = _s3;
            Stand(0, 0f, 0f);
        }

        /// <summary>
        /// The foot still stands, calmer than before: distance counts from here. The sensor moves with the foot as it
        /// rolls over the ground.
        /// </summary>
        /// <param name="pair">The newest pair's number.</param>
        /// <param name="rollRate">Its rate about the toe axis, counts.</param>
        /// <param name="pitchRate">Its rate about the foot's left, counts.</param>
        internal void Stand(int pair, float rollRate, float pitchRate)
        {
            StoodUntil = pair;
            VelocityX = Rolling * pitchRate;
            VelocityY = -Rolling * rollRate;
            _velocityZ = 0f;
            SumX = SumY = _sumZ = 0f;
        }

        /// <summary>One pair: angular rate without bias and specific force, in counts, both in chip axes.</summary>
        internal void Step(float wx, float wy, float wz, float fx, float fy, float fz)
        {
            // Orientation: q = q * (1 - |h|^2 / 2, h), second order in the half angle h. Its length grows by |h|^4 / 8,
            // 0.001 in a whole swing at 500 deg/s: left alone.
            float hx = wx * HalfAngle, hy = wy * HalfAngle, hz = wz * HalfAngle;
            float h0 = 1f - 0.5f * (hx * hx + hy * hy + hz * hz);
            float q0 = _q0, q1 = _q1, q2 = _q2, q3 = _q3;
            float r0 = q0 * h0 - q1 * hx - q2 * hy - q3 * hz;
            float r1 = q0 * hx + q1 * h0 + q2 * hz - q3 * hy;
            float r2 = q0 * hy - q1 * hz + q2 * h0 + q3 * hx;
            float r3 = q0 * hz + q1 * hy - q2 * hx + q3 * h0;
            _q0 = r0;
            _q1 = r1;
            _q2 = r2;
            _q3 = r3;

            // Specific force in the level frame: f + 2 q0 (q x f) + 2 q x (q x f). Gravity is taken off in the end.
            float tx = 2f * (r2 * fz - r3 * fy);
            float ty = 2f * (r3 * fx - r1 * fz);
            float tz = 2f * (r1 * fy - r2 * fx);
            float vx = VelocityX + fx + r0 * tx + r2 * tz - r3 * ty;
            float vy = VelocityY + fy + r0 * ty + r3 * tx - r1 * tz;
            float vz = _velocityZ + fz + r0 * tz + r1 * ty - r2 * tx;
            VelocityX = vx;
            VelocityY = vy;
            _velocityZ = vz;
            SumX += vx;
            SumY += vy;
            _sumZ += vz;
        }

        /// <summary>
        /// The foot is flat again: the displacement since it stood, less the drift that a foot on the ground betrays. A
        /// foot that turned on its way is seen half-way through its turn.
        /// </summary>
        /// <param name="frame">Is told what the foot has turned: with a right bias and a level walk nothing.</param>
        /// <param name="pair">The newest pair's number.</param>
        /// <param name="rollRate">Its rate about the toe axis, counts.</param>
        /// <param name="pitchRate">Its rate about the foot's left, counts.</param>
        internal void Finish(FootFrame frame, int pair, float rollRate, float pitchRate)
        {
            // At both foot-flats the velocity is that of a foot that rolls over the ground: what is there beyond is
            // drift, taken as growing evenly. The sum of the velocities after each pair exceeds the integral by half
            // the last one, and the drift is half of it times the pairs.
            float half = 0.5f * (pair - StoodUntil + 1);
            float dx = (SumX - (VelocityX - Rolling * pitchRate) * half) * MetersPerSum;
            float dy = (SumY - (VelocityY + Rolling * rollRate) * half) * MetersPerSum;
            ClimbMeters = (_sumZ - _velocityZ * half) * MetersPerSum; // gravity's share of both is the same and cancels

            // The turn D = E S* from the start orientation S to the end orientation E. Its rotation about the vertical
            // is the change of heading.
            float c = _q0 * _s0 + _q1 * _s1 + _q2 * _s2 + _q3 * _s3;
            float x = _q1 * _s0 - _q0 * _s1 - _q2 * _s3 + _q3 * _s2;
            float y = _q2 * _s0 - _q0 * _s2 - _q3 * _s1 + _q1 * _s3;
            float s = _q3 * _s0 - _q0 * _s3 + _q2 * _s1 - _q1 * _s2;
            if (c < 0f)
            {
                c = -c;
                s = -s;
                x = -x;
                y = -y;
            }

            // (c, s) is half the turn as a vector already: the mean heading, once it has unit length.
            float unit = Safe.Divide(1f, Safe.Sqrt(c * c + s * s), 0f);
            c *= unit;
            s *= unit;
            AlongMeters = c * dx + s * dy;
            AcrossMeters = c * dy - s * dx;

            // The same turn as the gyroscope summed it up, about the toe axis, the foot's left and the vertical.
            float rolled = (c * x + s * y) * (1f / HalfAngle);
            float pitched = (c * y - s * x) * (1f / HalfAngle);
            float yawed = s * (1f / HalfAngle);
            frame.TurnedX += frame.XX * rolled + frame.YX * pitched + frame.ZX * yawed;
            frame.TurnedY += frame.XY * rolled + frame.YY * pitched + frame.ZY * yawed;
            frame.TurnedZ += frame.XZ * rolled + frame.YZ * pitched + frame.ZZ * yawed;
        }

        // Rotation matrix to quaternion by the largest of the four components, so that the square root is of something
        // well above zero (Shepperd 1978).
        private void StartFrom(FootFrame frame)
        {
            float xx = frame.XX, xy = frame.XY, xz = frame.XZ;
            float yx = frame.YX, yy = frame.YY, yz = frame.YZ;
            float zx = frame.ZX, zy = frame.ZY, zz = frame.ZZ;
            float trace = xx + yy + zz;
            if (trace > 0f)
            {
                float s = 2f * Safe.Sqrt(trace + 1f);
                float r = Safe.Divide(1f, s, 0f);
                _s0 = 0.25f * s;
                _s1 = (zy - yz) * r;
                _s2 = (xz - zx) * r;
                _s3 = (yx - xy) * r;
            }
            else if (xx > yy && xx > zz)
            {
                float s = 2f * Safe.Sqrt(1f + xx - yy - zz);
                float r = Safe.Divide(1f, s, 0f);
                _s0 = (zy - yz) * r;
                _s1 = 0.25f * s;
                _s2 = (xy + yx) * r;
                _s3 = (xz + zx) * r;
            }
            else if (yy > zz)
            {
                float s = 2f * Safe.Sqrt(1f + yy - xx - zz);
                float r = Safe.Divide(1f, s, 0f);
                _s0 = (xz - zx) * r;
                _s1 = (xy + yx) * r;
                _s2 = 0.25f * s;
                _s3 = (yz + zy) * r;
            }
            else
            {
                float s = 2f * Safe.Sqrt(1f + zz - xx - yy);
                float r = Safe.Divide(1f, s, 0f);
                _s0 = (yx - xy) * r;
                _s1 = (xz + zx) * r;
                _s2 = (yz + zy) * r;
                _s3 = 0.25f * s;
            }
        }
    }
}
