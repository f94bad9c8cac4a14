using Backstep.Gait;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// From the bytes of the FIFO to the gait engine, and the strides onward. The numbers of samples and strides go on through a change of engine
    /// (another foot, another mount): nobody downstream sees them start anew.
    /// </summary>
    public sealed class MotionFeed
    {
        private readonly IStrideListener _listener;
        private GaitEngine _engine;
        private uint _samplesBefore;
        private uint _stridesBefore;
        private uint _strides;

        /// <summary>Feeds an engine for this mount and foot.</summary>
        public MotionFeed(Mount mount, FootSide side, IStrideListener listener)
        {
            _listener = listener;
            _engine = new GaitEngine(mount, side);
        }

        /// <summary>Samples since the program started, lost ones included: the sample clock, in units of <see cref="MotionScale.SampleMilliseconds"/>.</summary>
        public uint SampleCount
        {
            get { return _samplesBefore + _engine.SampleCount; }
        }

        /// <summary>Begins again with another mount or foot. What was under way is dropped.</summary>
        public void Use(Mount mount, FootSide side)
        {
            _samplesBefore = SampleCount;
            _stridesBefore = _strides;
            _engine = new GaitEngine(mount, side);
        }

        /// <summary>Samples are missing between what was fed before and what comes next.</summary>
        public void Gap(uint lostSamples)
        {
            _engine.Gap(lostSamples);
        }

        /// <summary>Feeds whole samples from the start of the buffer: big-endian acceleration x, y, z and angular rate x, y, z (register map, sections 4.17 and 4.19).</summary>
        public void Feed(byte[] samples, int count)
        {
            GaitEngine engine = _engine;
            int end = count * MotionChip.SampleBytes;
            for (int i = 0; i < end; i += MotionChip.SampleBytes)
            {
                if (engine.Add(
                    (short)(samples[i] << 8 | samples[i + 1]),
                    (short)(samples[i + 2] << 8 | samples[i + 3]),
                    (short)(samples[i + 4] << 8 | samples[i + 5]),
                    (short)(samples[i + 6] << 8 | samples[i + 7]),
                    (short)(samples[i + 8] << 8 | samples[i + 9]),
                    (short)(samples[i + 10] << 8 | samples[i + 11])))
                {
                    Announce(engine.TakeStride());
                }
            }
        }

        private void Announce(Stride stride)
        {
            Stride numbered = _samplesBefore == 0 && _stridesBefore == 0 ? stride : Renumber(stride);
            _strides = numbered.Sequence;
            _listener.OnStride(numbered);
        }

        private Stride Renumber(Stride stride)
        {
            return new Stride(
                _stridesBefore + stride.Sequence,
                _samplesBefore * MotionScale.SampleMilliseconds + stride.ContactMilliseconds,
                stride.Direction,
                stride.Landing,
                stride.Posture,
                stride.ConfidencePercent,
                stride.FootStrikeHalfDegrees,
                stride.TiltHalfDegrees,
                stride.StrideMilliseconds,
                stride.SwingMilliseconds,
                stride.LengthMillimeters,
                stride.ImpactTenthsG,
                stride.DecisionMilliseconds);
        }
    }
}
