using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Walks.Sessions;

/// <summary>Tells strides apart where a sensor's numbers do not: one that cannot count its starts gives a number
/// again.</summary>
internal static class StrideName
{
    /// <summary>The stride's whole record. What a sensor tells again, it tells in the same bytes.</summary>
    public static string Of(Stride stride)
    {
        byte[] record = new byte[StrideCodec.Length];
        StrideCodec.Encode(stride, record, 0);
        return Convert.ToHexString(record);
    }
}
