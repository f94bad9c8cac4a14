using System;
using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Sensor.Session
{
    /// <summary>
    /// The last strides as they go over the air, for whoever was out of range: 1,024 records in 20 KB, a quarter of an
    /// hour of walking. Strides are numbered without gaps, so a stride's number says where it is.
    /// </summary>
    public sealed class StrideRing
    {
        /// <summary>Strides kept. A power of two, so that numbers may wrap.</summary>
        public const int Capacity = 1024;

        private readonly byte[] _records = new byte[Capacity * StrideCodec.Length];

        /// <summary>Number of the newest stride; 0 before the first.</summary>
        public uint Newest { get; private set; }

        /// <summary>Number of the oldest stride still kept; <see cref="Newest"/> + 1 when there is none.</summary>
        public uint Oldest
        {
            get { return Newest < Capacity ? 1 : Newest - Capacity + 1; }
        }

        /// <summary>Keeps a stride, in place of the oldest.</summary>
        public void Add(Stride stride)
        {
            StrideCodec.Encode(stride, _records, Offset(stride.Sequence));
            Newest = stride.Sequence;
        }

        /// <summary>Copies the record of a stride that is still kept.</summary>
        public void CopyTo(uint sequence, byte[] destination, int offset)
        {
            Array.Copy(_records, Offset(sequence), destination, offset, StrideCodec.Length);
        }

        private static int Offset(uint sequence)
        {
            return (int)(sequence & (Capacity - 1)) * StrideCodec.Length;
        }
    }
}
