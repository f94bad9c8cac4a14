using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Walks.Sessions;

/// <summary>A stride as the sensor tells it and a store keeps it. What a sensor tells again, it tells in the same
/// bytes: they tell strides apart where its numbers do not, as one that cannot count its starts gives a number
/// again.</summary>
public static class StrideRecord
{
    /// <summary>The record's bytes.</summary>
    public static byte[] Bytes(Stride stride)
    {
        byte[] record = new byte[StrideCodec.Length];
        StrideCodec.Encode(stride, record, 0);
        return record;
    }

    /// <summary>A name that no other stride of the sensor has: the bytes in hexadecimal digits.</summary>
    public static string Name(Stride stride) => Convert.ToHexString(Bytes(stride));
}
