using System;

namespace Backstep.Gait
{
    /// <summary>
    /// The foot's own axes seen from the chip: the mount says which way the toes are, gravity at foot-flat says which
    /// way is up. A clip that slopes on the laces, or a shoe that rolls, is levelled away here, slowly while walking
    /// and at once when the foot has rested. Holds the gyroscope's bias as well, which is what the gyroscope says while
    /// the foot rests. Works on sums over a foot-flat, never on single samples; counts are those of pairs.
    /// </summary>
    internal sealed class FootFrame
    {
        // How much of the difference one stance of a walk corrects; more while all that is known is a guess.
        private const float LevelGain = 0.15f;
        private const float FirstLevelGain = 0.5f;

        // How much of what two strides agree on is taken for bias.
        private const float BiasGain = 0.5f;

        // From foot-flat to foot-flat, 0.5 to 5 s: in less, what is left over says little of the bias, in more,
        // something else than a stride went on.
        private const int ShortestCyclePairs = 25;
        private const int LongestCyclePairs = 250;

        // Zero-rate output of the MPU-6050: 20 deg/s either way (product specification 3.4, section 6.1).
        private const float LargestYawBias = 25f * MotionScale.PairCountsPerDegreePerSecond;

        /// <summary>How the chip sits, as it was told.</summary>
        internal readonly Mount Mount;

        // Level axes in chip axes, row by row.
        internal float XX, XY, XZ;
        internal float YX, YY, YZ;
        internal float ZX, ZY, ZZ;

        // Gyroscope bias in counts.
        internal float BiasX, BiasY, BiasZ;

        /// <summary>
        /// What is left over, in chip axes: counts turned since the last foot-flat, by a gyroscope that had its bias
        /// taken off.
        /// </summary>
        internal float TurnedX, TurnedY, TurnedZ;

        private float _upX, _upY, _upZ;

        // What was left over of the last stride, in counts of rate, as far as the bias has not taken it up since.
        private float _lastX, _lastY, _lastZ;

        internal FootFrame(Mount mount)
        {
            Mount = mount;
            Forget();
        }

        /// <summary>Whether gravity and bias have been seen at least once.</summary>
        internal bool IsLevelled;

        /// <summary>Back to knowing nothing but the mount.</summary>
        internal void Forget()
        {
            IsLevelled = false;
            BiasX = BiasY = BiasZ = 0f;
        }

        /// <summary>The foot has stood still for a while: believe it.</summary>
        internal void SetFromRest(Stillness rest)
        {
            float each = Safe.Divide(1f, rest.Pairs, 0f);
            BiasX = rest.SumGx * each;
            BiasY = rest.SumGy * each;
            BiasZ = rest.SumGz * each;
            Begin(rest.SumAx * each, rest.SumAy * each, rest.SumAz * each);
        }

        /// <summary>A walker was under way when the sensor woke: a guess to begin with.</summary>
        internal void SetFromWalk(Awakening walk)
        {
            BiasX = walk.BiasX;
            BiasY = walk.BiasY;
            BiasZ = walk.BiasZ;
            Begin(walk.UpX, walk.UpY, walk.UpZ);
        }

        /// <summary>
        /// The foot is flat again. It stands as it stood at the last foot-flat: what the gyroscope has turned on the
        /// way there and back, beyond its bias, is more bias. A stance rolls, the walker turns, the foot-flat is seen
        /// now earlier, now later: so only what two strides agree on is believed.
        /// </summary>
        /// <param name="pairs">Since the last foot-flat.</param>
        /// <param name="guessed">Whether bias and level are a first guess: then one stride is believed.</param>
        /// <returns>Whether it was a stride's time.</returns>
        internal bool LearnFromCycle(int pairs, bool guessed)
        {
            bool whole = pairs >= ShortestCyclePairs && pairs <= LongestCyclePairs;
            float each = whole ? Safe.Divide(1f, pairs, 0f) : 0f;

            // Who turns faster than any bias is turning.
            float turn = (ZX * TurnedX + ZY * TurnedY + ZZ * TurnedZ) * each;
            turn = turn > LargestYawBias || turn < -LargestYawBias ? turn : 0f;
            float x = TurnedX * each - turn * ZX;
            float y = TurnedY * each - turn * ZY;
            float z = TurnedZ * each - turn * ZZ;
            TurnedX = TurnedY = TurnedZ = 0f;
            bool all = guessed && whole;
            float dx = all ? x : BiasGain * Common(x, _lastX);
            float dy = all ? y : BiasGain * Common(y, _lastY);
            float dz = all ? z : BiasGain * Common(z, _lastZ);
            BiasX += dx;
            BiasY += dy;
            BiasZ += dz;
            _lastX = x - dx;
            _lastY = y - dy;
            _lastZ = z - dz;
            return whole;
        }

        /// <summary>One stance of a walk: move towards its mean force, given as a sum over pairs.</summary>
        internal void LevelFromStance(int sumX, int sumY, int sumZ, int pairs, bool guessed)
        {
            float each = Safe.Divide(1f, pairs, 0f);
            float gain = guessed ? FirstLevelGain : LevelGain;
            Level(
                _upX + gain * (sumX * each - _upX),
                _upY + gain * (sumY * each - _upY),
                _upZ + gain * (sumZ * each - _upZ));
        }

        private void Begin(float upX, float upY, float upZ)
        {
            TurnedX = TurnedY = TurnedZ = 0f;
            _lastX = _lastY = _lastZ = 0f;
            Level(upX, upY, upZ);
        }

        // The smaller of two when they have the same sign, else nothing.
        private static float Common(float a, float b)
        {
            return a > 0f ? (b <= 0f ? 0f : a < b ? a : b) : (b >= 0f ? 0f : a > b ? a : b);
        }

        private void Level(float upX, float upY, float upZ)
        {
            float length = Safe.Sqrt(upX * upX + upY * upY + upZ * upZ);
            float scale = Safe.Divide(1f, length, 0f);
            float zx = upX * scale, zy = upY * scale, zz = upZ * scale;

            // The toe axis is the mount's, laid into the horizontal plane.
            float along = Mount.XX * zx + Mount.XY * zy + Mount.XZ * zz;
            float xx = Mount.XX - along * zx, xy = Mount.XY - along * zy, xz = Mount.XZ - along * zz;
            float flat = Safe.Sqrt(xx * xx + xy * xy + xz * xz);

            // A toe axis that points straight up or down cannot be laid flat: a clip tilted by more than 70 degrees is
            // a clip put on wrong.
            if (length < 0.5f * MotionScale.PairCountsPerG || flat < 0.34f)
            {
                return;
            }

            float flatScale = Safe.Divide(1f, flat, 1f);
            _upX = upX;
            _upY = upY;
            _upZ = upZ;
            XX = xx * flatScale;
            XY = xy * flatScale;
            XZ = xz * flatScale;
            ZX = zx;
            ZY = zy;
            ZZ = zz;
            YX = ZY * XZ - ZZ * XY;
            YY = ZZ * XX - ZX * XZ;
            YZ = ZX * XY - ZY * XX;
            IsLevelled = true;
        }
    }
}
