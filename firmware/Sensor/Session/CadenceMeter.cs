using Backstep.Gait;

namespace Backstep.Sensor.Session
{
    /// <summary>How fast the feet and the belt go now: the mean of the last few strides, and zero soon after the last
    /// one.</summary>
    public sealed class CadenceMeter
    {
        /// <summary>Strides averaged: enough to calm the display, few enough to follow a change within four
        /// seconds.</summary>
        private const int Window = 4;

        private const int MillisecondsPerMinute = 60000;
        private const int StepsPerStride = 2;

        private readonly int[] _strideMilliseconds = new int[Window];
        private readonly int[] _lengthMillimeters = new int[Window];
        private int _count;
        private int _next;
        private uint _lastContactMilliseconds;

        /// <summary>Steps of both feet a minute in tenths; 0 when standing.</summary>
        public int StepsPerMinuteTenths { get; private set; }

        /// <summary>Belt speed in mm/s, 0 when standing; <see cref="Stride.Missing"/> when walking but no recent stride
        /// could be measured.</summary>
        public int BeltMillimetersPerSecond { get; private set; }

        /// <summary>Mean stride length in mm, or <see cref="Stride.Missing"/>.</summary>
        public int StrideMillimeters { get; private set; } = Stride.Missing;

        /// <summary>Takes a new stride into the means.</summary>
        public void Add(Stride stride)
        {
            _lastContactMilliseconds = stride.ContactMilliseconds;
            if (stride.StrideMilliseconds == Stride.Missing)
            {
                // The first stride of a bout: what was before says nothing about now.
                Clear();
                return;
            }

            _strideMilliseconds[_next] = stride.StrideMilliseconds;
            _lengthMillimeters[_next] = stride.LengthMillimeters;
            _next = (_next + 1) & (Window - 1);
            if (_count < Window)
            {
                _count++;
            }

            Average();
        }

        /// <summary>Lets go of the means when no stride has come for a while.</summary>
        public void Tick(uint nowMilliseconds)
        {
            if (_count > 0 && (int)(nowMilliseconds - _lastContactMilliseconds) > Stride.LongestMilliseconds)
            {
                Clear();
            }
        }

        private void Clear()
        {
            _count = 0;
            _next = 0;
            StepsPerMinuteTenths = 0;
            BeltMillimetersPerSecond = 0;
            StrideMillimeters = Stride.Missing;
        }

        private void Average()
        {
            int milliseconds = 0;
            int measuredMilliseconds = 0;
            int millimeters = 0;
            int measured = 0;
            for (int i = 0; i < _count; i++)
            {
                milliseconds += _strideMilliseconds[i];
                if (_lengthMillimeters[i] != Stride.Missing)
                {
                    measuredMilliseconds += _strideMilliseconds[i];
                    millimeters += _lengthMillimeters[i];
                    measured++;
                }
            }

            StepsPerMinuteTenths = milliseconds > 0
                ? (_count * StepsPerStride * MillisecondsPerMinute * 10 + milliseconds / 2) / milliseconds : 0;
            BeltMillimetersPerSecond = measuredMilliseconds > 0 ? millimeters * 1000 / measuredMilliseconds
                : Stride.Missing;
            StrideMillimeters = measured > 0 ? millimeters / measured : Stride.Missing;
        }
    }
}
