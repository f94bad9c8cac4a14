namespace Backstep.Gait
{
    /// <summary>
    /// What a unit on the wrist has to tell, four times a second: which way gravity points, how fast the arm turns, and
    /// how much both scatter. It knows no postures; it only makes twenty-five samples into one record, which is kinder
    /// to the radio than the samples. Chip axes, chip counts, whole numbers, nothing allocated.
    /// </summary>
    public sealed class WristMeter
    {
        /// <summary>Samples of one record: 250 ms.</summary>
        public const int Samples = 25;

        // 2 g and 240 deg/s from the first sample: beyond that the scatter is large anyhow, and the sum of squares
        // stays within an int.
        private const int Most = 4000;

        private readonly int[] _first = new int[6];
        private readonly int[] _sum = new int[6];
        private int _forceSquares;
        private int _rateSquares;
        private int _count;

        /// <summary>Mean acceleration over the last record in counts, by axis, x, y, z; then mean angular
        /// rate.</summary>
        public int[] Mean { get; } = new int[6];

        /// <summary>Standard deviation of the acceleration within the last record, all axes together, in counts (1/2048
        /// g).</summary>
        public int ForceDeviation { get; private set; }

        /// <summary>Standard deviation of the angular rate within the last record, all axes together, in counts (1/16.4
        /// deg/s).</summary>
        public int RateDeviation { get; private set; }

        /// <summary>Samples are missing: the record under way is dropped.</summary>
        public void Gap()
        {
            _count = 0;
        }

        /// <summary>One sample as it lies in the FIFO: big-endian acceleration and angular rate. True when a record is
        /// complete.</summary>
        public bool Add(byte[] fifo, int at)
        {
            if (_count == 0)
            {
                Begin(fifo, at);
            }

            for (int i = 0; i < 6; i++, at += 2)
            {
                int value = (short)(fifo[at] << 8 | fifo[at + 1]) - _first[i];
                value = value > Most ? Most : value < -Most ? -Most : value;
                _sum[i] += value;
                if (i < 3)
                {
                    _forceSquares += value * value;
                }
                else
                {
                    _rateSquares += value * value;
                }
            }

            _count++;
            if (_count < Samples)
            {
                return false;
            }

            Finish();
            return true;
        }

        private void Begin(byte[] fifo, int at)
        {
            for (int i = 0; i < 6; i++)
            {
                _first[i] = (short)(fifo[at + 2 * i] << 8 | fifo[at + 2 * i + 1]);
                _sum[i] = 0;
            }

            _forceSquares = 0;
            _rateSquares = 0;
        }

        private void Finish()
        {
            _count = 0;
            for (int i = 0; i < 6; i++)
            {
                Mean[i] = _first[i] + _sum[i] / Samples;
            }

            ForceDeviation = Deviation(_forceSquares, 0);
            RateDeviation = Deviation(_rateSquares, 3);
        }

        private int Deviation(int squares, int from)
        {
            float mean2 = 0f;
            for (int i = from; i < from + 3; i++)
            {
                float mean = _sum[i] * (1f / Samples);
                mean2 += mean * mean;
            }

            return (int)(Safe.Sqrt(squares * (1f / Samples) - mean2) + 0.5f);
        }
    }
}
