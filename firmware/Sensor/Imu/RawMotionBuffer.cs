using System;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// Raw samples on their way to the air, each with its number, while somebody listens. When the air is slower than
    /// the chip the oldest give way: the numbers then show the hole.
    /// </summary>
    public sealed class RawMotionBuffer
    {
        /// <summary>Samples kept: 1.28 s. A power of two.</summary>
        public const int Capacity = 128;

        private readonly byte[] _samples = new byte[Capacity * MotionChip.SampleBytes];
        private readonly uint[] _numbers = new uint[Capacity];
        private int _first;
        private int _count;

        /// <summary>Whether samples are wanted.</summary>
        public bool IsOn { get; private set; }

        /// <summary>Samples kept now.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Starts keeping samples anew, or stops; what is kept then can still be taken.</summary>
        public void Switch(bool on)
        {
            if (on)
            {
                Drop(_count);
            }

            IsOn = on;
        }

        /// <summary>Keeps whole samples from the start of the chip's bytes; the first has this number.</summary>
        public void Add(byte[] samples, int count, uint number)
        {
            if (!IsOn)
            {
                return;
            }

            for (int i = 0; i < count; i++)
            {
                int at = (_first + _count) & (Capacity - 1);
                if (_count == Capacity)
                {
                    _first = (_first + 1) & (Capacity - 1);
                }
                else
                {
                    _count++;
                }

                _numbers[at] = number + (uint)i;
                Array.Copy(samples, i * MotionChip.SampleBytes, _samples, at * MotionChip.SampleBytes,
                    MotionChip.SampleBytes);
            }
        }

        /// <summary>How many of the oldest samples follow each other without a hole, at most so many.</summary>
        public int Run(int most)
        {
            int run = 0;
            while (run < _count && run < most && NumberAt(run) == NumberAt(0) + (uint)run)
            {
                run++;
            }

            return run;
        }

        /// <summary>Number of the n-th oldest sample.</summary>
        public uint NumberAt(int index)
        {
            return _numbers[(_first + index) & (Capacity - 1)];
        }

        /// <summary>One of the six values of the n-th oldest sample: acceleration x, y, z, angular rate x, y,
        /// z.</summary>
        public short ValueAt(int index, int axis)
        {
            int at = ((_first + index) & (Capacity - 1)) * MotionChip.SampleBytes + axis * 2;
            return (short)(_samples[at] << 8 | _samples[at + 1]);
        }

        /// <summary>Lets go of the oldest samples.</summary>
        public void Drop(int count)
        {
            _first = (_first + count) & (Capacity - 1);
            _count -= count;
        }
    }
}
