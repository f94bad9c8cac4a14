using System;
using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Sensor.Imu
{
    /// <summary>The last records of a unit on the wrist, as they go over the air. When the radio is slower, the oldest
    /// give way: the records' times show the hole.</summary>
    public sealed class WristBuffer
    {
        /// <summary>Records kept: two seconds. A power of two.</summary>
        public const int Capacity = 8;

        private readonly WristMeter _meter = new WristMeter();
        private readonly byte[] _records = new byte[Capacity * WristMotion.Length];
        private int _first;

        /// <summary>Records that wait.</summary>
        public int Count { get; private set; }

        /// <summary>Takes whole samples from the start of the chip's bytes; the sample clock stands at so many ms
        /// before them.</summary>
        public void Take(byte[] samples, int count, uint beforeMilliseconds)
        {
            for (int i = 0, at = 0; i < count; i++, at += MotionChip.SampleBytes)
            {
                if (_meter.Add(samples, at))
                {
                    Keep(beforeMilliseconds + (uint)(i + 1) * MotionScale.SampleMilliseconds);
                }
            }
        }

        /// <summary>Samples are missing.</summary>
        public void Gap()
        {
            _meter.Gap();
        }

        /// <summary>Copies the oldest record.</summary>
        public void CopyTo(byte[] destination)
        {
            Array.Copy(_records, _first * WristMotion.Length, destination, 0, WristMotion.Length);
        }

        /// <summary>Lets go of the oldest record.</summary>
        public void Drop()
        {
            if (Count > 0)
            {
                _first = (_first + 1) & (Capacity - 1);
                Count--;
            }
        }

        private void Keep(uint endMilliseconds)
        {
            if (Count == Capacity)
            {
                Drop();
            }

            int at = ((_first + Count) & (Capacity - 1)) * WristMotion.Length;
            WristMotion.Encode(endMilliseconds, _meter.Mean, _meter.ForceDeviation, _meter.RateDeviation, _records, at);
            Count++;
        }
    }
}
