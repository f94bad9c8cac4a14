using System;

namespace Backstep.Gait
{
    /// <summary>
    /// The foot's own axes seen from the chip: the mount says which way the toes are, gravity at foot-flat says which way is up. A clip that
    /// slopes on the laces, or a shoe that rolls, is levelled away here, slowly while walking and at once when the foot has rested. Holds the gyroscope's
    /// bias as well, which is what the gyroscope says while the foot rests. Works on sums over a foot-flat, never on single samples; counts are those of pairs.
    /// </summary>
    internal sealed class FootFrame
    {
        // A foot-flat shorter than this is too noisy to learn from (80 ms).
        private const int FewestPairs = 4;

        // How much of the difference one foot-flat of a walk corrects. Slow: a stance is rarely quite still.
        private const float LevelGain = 0.15f;
        private const float BiasGain = 0.1f;

        private readonly Mount _mount;

        // Level axes in chip axes, row by row.
        internal float XX, XY, XZ;
        internal float YX, YY, YZ;
        internal float ZX, ZY, ZZ;

        // The same rotation, chip to level foot, as a quaternion: where the strapdown starts from.
        internal float Q0, Q1, Q2, Q3;

        // Gyroscope bias in counts.
        internal float BiasX, BiasY, BiasZ;

        // What the accelerometer calls 1 g, in counts (its scale is good to 3 %: product specification section 6.2).
        internal float GravityCounts;

        private float _upX, _upY, _upZ;
        private int _flats;

        internal FootFrame(Mount mount)
        {
            _mount = mount;
            Forget();
        }

        /// <summary>Whether gravity and bias have been seen at least once.</summary>
        internal bool IsLevelled;

        /// <summary>Back to knowing nothing but the mount.</summary>
        internal void Forget()
        {
            IsLevelled = false;
            _flats = 0;
            BiasX = BiasY = BiasZ = 0f;
        }

        /// <summary>The foot has stood still for a while: believe it.</summary>
        internal void SetFromRest(Stillness rest)
        {
            if (rest.Pairs < FewestPairs)
            {
                return;
            }

            float each = Safe.Divide(1f, rest.Pairs, 0f);
            BiasX = rest.SumGx * each;
            BiasY = rest.SumGy * each;
            BiasZ = rest.SumGz * each;
            Level(rest.SumAx * each, rest.SumAy * each, rest.SumAz * each);
        }

        /// <summary>One foot-flat of a walk: move towards it.</summary>
        internal void LearnFromFlat(Stillness flat)
        {
            if (flat.Pairs < FewestPairs || !IsLevelled)
            {
                return;
            }

            // The first few foot-flats count for more: the very first stillness may have been a bad one.
            _flats++;
            float each = Safe.Divide(1f, flat.Pairs, 0f);
            float first = Safe.Divide(1f, _flats + 1, 0f);
            float biasGain = first > BiasGain ? first : BiasGain;
            float levelGain = first > LevelGain ? first : LevelGain;
            BiasX += biasGain * (flat.SumGx * each - BiasX);
            BiasY += biasGain * (flat.SumGy * each - BiasY);
            BiasZ += biasGain * (flat.SumGz * each - BiasZ);
            Level(
                _upX + levelGain * (flat.SumAx * each - _upX),
                _upY + levelGain * (flat.SumAy * each - _upY),
                _upZ + levelGain * (flat.SumAz * each - _upZ));
        }

        private void Level(float upX, float upY, float upZ)
        {
            float length = Safe.Sqrt(upX * upX + upY * upY + upZ * upZ);
            float scale = Safe.Divide(1f, length, 0f);
            float zx = upX * scale, zy = upY * scale, zz = upZ * scale;

            // The toe axis is the mount's, laid into the horizontal plane.
            float along = _mount.XX * zx + _mount.XY * zy + _mount.XZ * zz;
            float xx = _mount.XX - along * zx, xy = _mount.XY - along * zy, xz = _mount.XZ - along * zz;
            float flat = Safe.Sqrt(xx * xx + xy * xy + xz * xz);

            // A toe axis that points straight up or down cannot be laid flat: a clip tilted by more than 70 degrees is a clip put on wrong.
            if (length < 0.5f * MotionScale.PairCountsPerG || flat < 0.34f)
            {
                return;
            }

            float flatScale = Safe.Divide(1f, flat, 1f);
            _upX = upX;
            _upY = upY;
            _upZ = upZ;
            GravityCounts = length;
            XX = xx * flatScale;
            XY = xy * flatScale;
            XZ = xz * flatScale;
            ZX = zx;
            ZY = zy;
            ZZ = zz;
            YX = ZY * XZ - ZZ * XY;
            YY = ZZ * XX - ZX * XZ;
            YZ = ZX * XY - ZY * XX;
            ToQuaternion();
            IsLevelled = true;
        }

        // Rotation matrix to quaternion by the largest of the four components, so that the square root is of something well above zero (Shepperd 1978).
        private void ToQuaternion()
        {
            float trace = XX + YY + ZZ;
            if (trace > 0f)
            {
                float s = 2f * Safe.Sqrt(trace + 1f);
                float r = Safe.Divide(1f, s, 0f);
                Q0 = 0.25f * s;
                Q1 = (ZY - YZ) * r;
                Q2 = (XZ - ZX) * r;
                Q3 = (YX - XY) * r;
            }
            else if (XX > YY && XX > ZZ)
            {
                float s = 2f * Safe.Sqrt(1f + XX - YY - ZZ);
                float r = Safe.Divide(1f, s, 0f);
                Q0 = (ZY - YZ) * r;
                Q1 = 0.25f * s;
                Q2 = (XY + YX) * r;
                Q3 = (XZ + ZX) * r;
            }
            else if (YY > ZZ)
            {
                float s = 2f * Safe.Sqrt(1f + YY - XX - ZZ);
                float r = Safe.Divide(1f, s, 0f);
                Q0 = (XZ - ZX) * r;
                Q1 = (XY + YX) * r;
                Q2 = 0.25f * s;
                Q3 = (YZ + ZY) * r;
            }
            else
            {
                float s = 2f * Safe.Sqrt(1f + ZZ - XX - YY);
                float r = Safe.Divide(1f, s, 0f);
                Q0 = (YX - XY) * r;
                Q1 = (XZ + ZX) * r;
                Q2 = (YZ + ZY) * r;
                Q3 = 0.25f * s;
            }
        }
    }
}
