using System;

namespace Backstep.Gait
{
    /// <summary>
    /// Carries orientation, velocity and displacement from one foot-flat to the next. On a belt the standing foot moves at constant velocity, which an
    /// inertial sensor cannot tell from rest: both ends count as zero velocity, and what comes out is the displacement relative to the belt.
    /// Axes: the level foot frame at the foot-flat it started from. Units: m, s.
    /// </summary>
    internal sealed class Strapdown
    {
        private const float StepSeconds = 1f / MotionScale.SampleRateHertz;
        private const float StandardGravity = 9.80665f;

        // Half the angle turned in one sample, in rad per deg/s.
        private const float HalfAngle = 0.5f * StepSeconds * 0.017453293f;

        internal float VelocityX, VelocityY, VelocityZ;
        internal float DisplacementX, DisplacementY, DisplacementZ;

        internal float AlongMeters, AcrossMeters, ClimbMeters, TurnDegrees;

        private float _q0, _q1, _q2, _q3;
        private float _s0, _s1, _s2, _s3;
        private float _metersPerCount;

        /// <summary>Samples integrated since <see cref="Start"/>.</summary>
        internal int Samples { get; private set; }

        /// <summary>
        /// The displacement since <see cref="Start"/> along and across the foot's mean heading, less the drift that a foot now at rest betrays. A foot that turned on its way is
        /// seen half-way through its turn. Writes <see cref="AlongMeters"/>, <see cref="AcrossMeters"/>, <see cref="ClimbMeters"/> and <see cref="TurnDegrees"/>.
        /// </summary>
        internal void Finish()
        {
            // Velocity is zero at both foot-flats: what is left of it is drift, taken as growing evenly.
            float half = 0.5f * StepSeconds * Samples;
            float dx = DisplacementX - VelocityX * half;
            float dy = DisplacementY - VelocityY * half;
            ClimbMeters = DisplacementZ - VelocityZ * half;

            // Heading by the foot's start orientation S and its end orientation E: the turn is the rotation about the vertical in E S*.
            float c = _q0 * _s0 + _q1 * _s1 + _q2 * _s2 + _q3 * _s3;
            float s = _q3 * _s0 - _q0 * _s3 + _q2 * _s1 - _q1 * _s2;
            if (c < 0f)
            {
                c = -c;
                s = -s;
            }

            // (c, s) is half the turn as a vector already: the mean heading, once it has unit length.
            float unit = Safe.Divide(1f, Safe.Sqrt(c * c + s * s), 0f);
            c *= unit;
            s *= unit;
            AlongMeters = c * dx + s * dy;
            AcrossMeters = c * dy - s * dx;
            TurnDegrees = (float)Math.Atan2(s, c) * (2f * 57.29578f);
        }

        /// <summary>Begins at a foot-flat: level, at rest.</summary>
        internal void Start(FootFrame frame)
        {
            _q0 = _s0 = frame.Q0;
            _q1 = _s1 = frame.Q1;
            _q2 = _s2 = frame.Q2;
            _q3 = _s3 = frame.Q3;
            _metersPerCount = Safe.Divide(StandardGravity, frame.GravityCounts, 0f);
            VelocityX = VelocityY = VelocityZ = 0f;
            DisplacementX = DisplacementY = DisplacementZ = 0f;
            Samples = 0;
        }

        /// <summary>One sample: angular rate in deg/s without bias, specific force in counts, both in chip axes.</summary>
        internal void Step(float wx, float wy, float wz, int ax, int ay, int az)
        {
            // Orientation: q = q * (1 - |h|^2 / 2, h), second order in the half angle h, then back to unit length by one Newton step.
            float hx = wx * HalfAngle, hy = wy * HalfAngle, hz = wz * HalfAngle;
            float h0 = 1f - 0.5f * (hx * hx + hy * hy + hz * hz);
            float q0 = _q0, q1 = _q1, q2 = _q2, q3 = _q3;
            float r0 = q0 * h0 - q1 * hx - q2 * hy - q3 * hz;
            float r1 = q0 * hx + q1 * h0 + q2 * hz - q3 * hy;
            float r2 = q0 * hy - q1 * hz + q2 * h0 + q3 * hx;
            float r3 = q0 * hz + q1 * hy - q2 * hx + q3 * h0;
            float unit = 1.5f - 0.5f * (r0 * r0 + r1 * r1 + r2 * r2 + r3 * r3);
            r0 *= unit;
            r1 *= unit;
            r2 *= unit;
            r3 *= unit;
            _q0 = r0;
            _q1 = r1;
            _q2 = r2;
            _q3 = r3;

            // Acceleration in the level frame: f + 2 q0 (q x f) + 2 q x (q x f), less gravity.
            float scale = _metersPerCount;
            float fx = ax * scale, fy = ay * scale, fz = az * scale;
            float tx = 2f * (r2 * fz - r3 * fy);
            float ty = 2f * (r3 * fx - r1 * fz);
            float tz = 2f * (r1 * fy - r2 * fx);
            float stepX = (fx + r0 * tx + r2 * tz - r3 * ty) * StepSeconds;
            float stepY = (fy + r0 * ty + r3 * tx - r1 * tz) * StepSeconds;
            float stepZ = (fz + r0 * tz + r1 * ty - r2 * tx - StandardGravity) * StepSeconds;
            DisplacementX += (VelocityX + 0.5f * stepX) * StepSeconds;
            DisplacementY += (VelocityY + 0.5f * stepY) * StepSeconds;
            DisplacementZ += (VelocityZ + 0.5f * stepZ) * StepSeconds;
            VelocityX += stepX;
            VelocityY += stepY;
            VelocityZ += stepZ;
            Samples++;
        }
    }
}
