namespace Backstep.Protocol
{
    /// <summary>
    /// Backstep Raw motion: numbered samples as the chip's FIFO gave them, as many as the MTU takes. A sender fills its
    /// buffer sample by sample with
    /// <see cref="Begin"/> and <see cref="Put"/> and allocates nothing; a receiver decodes an immutable packet. See
    /// README.md, "Raw motion".
    /// </summary>
    public sealed class RawMotion
    {
        /// <summary>Values in a sample: acceleration x, y, z, then angular rate x, y, z, in chip axes and chip
        /// counts.</summary>
        public const int Axes = 6;

        /// <summary>Most samples that a value can hold.</summary>
        public const int MaxCount = (Message.MaxValueLength - SamplesAt) / SampleSize;

        private const int FirstSampleAt = 0; // u32
        private const int SamplesAt = 4; // six s16 each
        private const int SampleSize = Axes * 2;

        private readonly short[] _values;

        private RawMotion(uint firstSample, short[] values)
        {
            FirstSample = firstSample;
            _values = values;
        }

        /// <summary>Number of the first sample since the sensor started, from 0; the others follow without a gap. A gap
        /// between packets is a loss.</summary>
        public uint FirstSample { get; }

        /// <summary>How many samples there are, 1 to 42.</summary>
        public int Count
        {
            get { return _values.Length / Axes; }
        }

        /// <summary>How many samples one notification can carry: 1 at the default MTU.</summary>
        public static int Capacity(int mtu)
        {
            return Wire.Clamp((Message.NotificationCapacity(mtu) - SamplesAt) / SampleSize, 1, MaxCount);
        }

        /// <summary>Length of a packet of so many samples, in bytes.</summary>
        public static int LengthFor(int count)
        {
            return SamplesAt + (count * SampleSize);
        }

        /// <summary>Begins a packet at the start of a buffer.</summary>
        public static void Begin(byte[] buffer, uint firstSample)
        {
            Wire.Put32(buffer, FirstSampleAt, firstSample);
        }

        /// <summary>Writes one sample of a begun packet. The caller keeps <paramref name="index"/> below the
        /// capacity.</summary>
        public static void Put(byte[] buffer, int index, short ax, short ay, short az, short gx, short gy, short gz)
        {
            int at = SamplesAt + (index * SampleSize);
            Wire.Put16(buffer, at, ax);
            Wire.Put16(buffer, at + 2, ay);
            Wire.Put16(buffer, at + 4, az);
            Wire.Put16(buffer, at + 6, gx);
            Wire.Put16(buffer, at + 8, gy);
            Wire.Put16(buffer, at + 10, gz);
        }

        /// <summary>One value of one sample, in chip counts; 0 past the last sample or axis.</summary>
        /// <param name="sample">0 to <see cref="Count"/> - 1.</param>
        /// <param name="axis">0 to 5: acceleration x, y, z, angular rate x, y, z.</param>
        public short Get(int sample, int axis)
        {
            return Wire.IsIn(sample, 0, Count - 1)
                && Wire.IsIn(axis, 0, Axes - 1) ? _values[(sample * Axes) + axis] : (short)0;
        }

        /// <summary>The packet in a whole value, or null and the error.</summary>
        public static RawMotion Decode(byte[] data, out DecodeError error)
        {
            if (data == null || data.Length < LengthFor(1) || data.Length > LengthFor(MaxCount)
                || (data.Length - SamplesAt) % SampleSize != 0)
            {
                error = DecodeError.WrongLength;
                return null;
            }

            error = DecodeError.None;
            short[] values = new short[(data.Length - SamplesAt) / 2];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (short)Wire.GetS16(data, SamplesAt + (i * 2));
            }

            return new RawMotion(Wire.GetU32(data, FirstSampleAt), values);
        }
    }
}
