using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Walks.Rails;

/// <summary>Rail baselines as they cross the air, lie in the sensor's flash and with the walker.</summary>
public static class EncodedBaselines
{
    /// <summary>Their bytes; of null, those that say that there are none.</summary>
    public static byte[] Of(RailBaselines? baselines)
    {
        byte[] value = new byte[RailBaselinesCodec.Length];
        RailBaselinesCodec.Encode(baselines, value, 0);
        return value;
    }
}
