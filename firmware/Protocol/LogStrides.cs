using Backstep.Gait;

namespace Backstep.Protocol
{
    /// <summary>Logged strides: one or more <see cref="StrideCodec"/> records, one after the other, as many as the MTU
    /// takes. See README.md, "Log".</summary>
    public static class LogStrides
    {
        /// <summary>How many strides one notification can carry: 1 at the default MTU.</summary>
        public static int Capacity(int mtu)
        {
            return Message.NotificationCapacity(mtu) / StrideCodec.Length;
        }

        /// <summary>The strides in a whole value, or null and the error; one bad record spoils the frame.</summary>
        public static Stride[] Decode(byte[] data, out DecodeError error)
        {
            if (data == null || data.Length == 0 || data.Length > Message.MaxValueLength
                || data.Length % StrideCodec.Length != 0)
            {
                error = DecodeError.WrongLength;
                return null;
            }

            error = DecodeError.None;
            Stride[] strides = new Stride[data.Length / StrideCodec.Length];
            for (int i = 0; i < strides.Length; i++)
            {
                strides[i] = StrideCodec.Decode(data, i * StrideCodec.Length, out error);
                if (error != DecodeError.None)
                {
                    return null;
                }
            }

            return strides;
        }
    }
}
