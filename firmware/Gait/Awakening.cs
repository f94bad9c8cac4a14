namespace Backstep.Gait
{
    /// <summary>
    /// Up and the gyroscope's bias for who walks already when the sensor wakes, in whose stance nothing rests. The
    /// calmest 80 ms of a second and a quarter lie in a stance; after the swing that follows the foot comes back to the
    /// same attitude, and what the gyroscope says on the way there and back, on average, is its bias. Needed until the
    /// first level is found, then let go.
    /// </summary>
    internal sealed class Awakening
    {
        private const int BlockPairs = 4;

        // Longer than a swing, so that part of a stance lies in it.
        private const int WindowPairs = 64;

        // From stance to stance, 0.4 s at the least.
        private const int ShortestCyclePairs = 20;

        // What a stance may turn with the largest bias (20 deg/s on each axis: product specification 3.4, section 6.1),
        // all axes together; a swing turns faster.
        private const int FastestStance = (int)(100f * MotionScale.PairCountsPerDegreePerSecond);

        // The chip's, and what a stance that is not quite the same may add to it.
        private const float LargestBias = 30f * MotionScale.PairCountsPerDegreePerSecond;

        // How much of its length gravity may differ between two stances of the same foot: 14 degrees.
        private const float SameAttitude = 0.25f;

        // As calm as the first: up to twice its unrest, and what the noise of a good sensor gives. Unrest is in counts
        // over a block.
        private const int NoiseUnrest = 1600;

        // Then it begins anew.
        private const int MostPatience = 5;

        private const int SumsOfBlock = 0;
        private const int SumsOfCalmest = 6;
        private const int TurnedSince = 12;
        private const int Last = 15;

        // An array, since fields take three times its room on the device: sums over the block under way (force, rate),
        // those over the calmest block, rate summed since, and the last pair (force, rate).
        private readonly int[] _counts = new int[21];

        private int _pairs;
        private int _unrest;
        private int _calmest;
        private int _since;
        private bool _swung;

        /// <summary>The specific force of a standing foot in counts of a pair, once it is known.</summary>
        internal float UpX, UpY, UpZ;

        /// <summary>The gyroscope's bias in counts of a pair, once it is known.</summary>
        internal float BiasX, BiasY, BiasZ;

        internal Awakening()
        {
            Start();
        }

        /// <summary>Begins anew.</summary>
        internal void Start()
        {
            _pairs = 0;
            _since = 0;
            _calmest = int.MaxValue / 4;
            EndBlock();
        }

        /// <summary>One pair. True when up and bias are known: the foot stands flat at this moment.</summary>
        internal bool Take(int ax, int ay, int az, int gx, int gy, int gz)
        {
            int[] c = _counts;
            int unrest = 0;
            unrest += Count(c, 0, ax) + Count(c, 1, ay) + Count(c, 2, az);
            unrest += 2 * (Count(c, 3, gx) + Count(c, 4, gy) + Count(c, 5, gz));
            _pairs++;
            _since++;
            int rate = (gx < 0 ? -gx : gx) + (gy < 0 ? -gy : gy) + (gz < 0 ? -gz : gz);
            _swung = _swung || rate > FastestStance;
            _unrest += rate / 2;
            if (_pairs % BlockPairs != 1)
            {
                _unrest += unrest; // the change into a block is not its own
            }

            c[TurnedSince] += gx;
            c[TurnedSince + 1] += gy;
            c[TurnedSince + 2] += gz;
            if (_pairs % BlockPairs != 0)
            {
                return false;
            }

            bool found = Judge(c);
            EndBlock();
            return found;
        }

        // Adds one number of a pair to the block and tells by how much it changed.
        private static int Count(int[] c, int which, int value)
        {
            int change = value - c[Last + which];
            c[Last + which] = value;
            c[SumsOfBlock + which] += value;
            return change < 0 ? -change : change;
        }

        private bool Judge(int[] c)
        {
            int unrest = _unrest + OffOneG(c);
            if (unrest < _calmest && !(_swung && _pairs > WindowPairs && Agrees(c, 1)))
            {
                _calmest = unrest;
                _since = 0;
                _swung = false;
                for (int i = 0; i < 3; i++)
                {
                    c[SumsOfCalmest + i] = c[SumsOfBlock + i];
                    c[SumsOfCalmest + 3 + i] = c[SumsOfBlock + 3 + i];
                    c[TurnedSince + i] = 0;
                }

                return false;
            }

            // Who gives nothing better within the next second and a quarter is taken at less, and so on: at last the
            // calmest moments must do.
            int patience = 1 + _since / WindowPairs;
            if (patience > MostPatience)
            {
                Start();
                return false;
            }

            if (_pairs <= WindowPairs || _since < ShortestCyclePairs || !(_swung || patience > 2)
                || unrest / patience > 2 * _calmest + NoiseUnrest || !Agrees(c, patience))
            {
                return false;
            }

            return Tell(c);
        }

        // Up by both stances; the bias by what was turned between them. But walkers may turn on their way, and then the
        // foot stands elsewhere: about the vertical only the stances themselves are asked.
        private bool Tell(int[] c)
        {
            const float Each = 1f / (2 * BlockPairs);
            float x = (c[0] + c[SumsOfCalmest]) * Each;
            float y = (c[1] + c[SumsOfCalmest + 1]) * Each;
            float z = (c[2] + c[SumsOfCalmest + 2]) * Each;
            float turned = Safe.Divide(1f, _since, 0f);
            float wx = c[TurnedSince] * turned, wy = c[TurnedSince + 1] * turned, wz = c[TurnedSince + 2] * turned;
            float heading = x * ((c[3] + c[SumsOfCalmest + 3]) * Each - wx)
                + y * ((c[4] + c[SumsOfCalmest + 4]) * Each - wy)
                + z * ((c[5] + c[SumsOfCalmest + 5]) * Each - wz);
            heading = Safe.Divide(heading, x * x + y * y + z * z, 0f);
            UpX = x;
            UpY = y;
            UpZ = z;
            BiasX = wx + heading * x;
            BiasY = wy + heading * y;
            BiasZ = wz + heading * z;
            return IsBias(BiasX) && IsBias(BiasY) && IsBias(BiasZ);
        }

        private static bool IsBias(float rate)
        {
            return rate < LargestBias && rate > -LargestBias;
        }

        // How far the block's force is off 1 g, summed over its pairs: a foot in the air may be calm, but it is not at
        // rest.
        private static int OffOneG(int[] c)
        {
            float x = c[0], y = c[1], z = c[2];
            int off = (int)(Safe.Sqrt(x * x + y * y + z * z) - BlockPairs * MotionScale.PairCountsPerG);
            return off < 0 ? -off : off;
        }

        private static bool Agrees(int[] c, int patience)
        {
            float x = c[0] - c[SumsOfCalmest], y = c[1] - c[SumsOfCalmest + 1], z = c[2] - c[SumsOfCalmest + 2];
            const float Most = SameAttitude * BlockPairs * MotionScale.PairCountsPerG;
            return x * x + y * y + z * z < Most * Most * patience * patience;
        }

        private void EndBlock()
        {
            _unrest = 0;
            for (int i = 0; i < 6; i++)
            {
                _counts[SumsOfBlock + i] = 0;
            }
        }
    }
}
