using Backstep.Gait;

namespace Backstep.Protocol.Tests.Support;

/// <summary>Every message of the protocol; a test fails if the page lacks one of them.</summary>
internal static partial class Codecs
{
    public static readonly Codec[] All =
    [
        new("RscMeasurement", RscMeasurement.Decode, (v, b, o) => ((RscMeasurement)v).Encode(b, o)),
        new("RscFeature", RscFeature.Decode, (v, b, o) => ((RscFeature)v).Encode(b, o)),
        new("SensorLocation", DecodeLocation, (v, b, o) => SensorLocationCodec.Encode((SensorLocation)v, b, o)),
        new("ScRequest", ScRequest.Decode, (v, b, o) => ((ScRequest)v).Encode(b, o)),
        new("ScResponse", ScResponse.Decode, (v, b, o) => ((ScResponse)v).Encode(b, o)),
        new("FitnessMachineServiceData", FitnessMachineServiceData.Decode,
            (v, b, o) => ((FitnessMachineServiceData)v).Encode(b, o)),
        new("FitnessMachineFeature", FitnessMachineFeature.Decode,
            (v, b, o) => ((FitnessMachineFeature)v).Encode(b, o)),
        new("TreadmillData", TreadmillData.Decode, (v, b, o) => ((TreadmillData)v).Encode(b, o)),
        new("TrainingStatus", TrainingStatus.Decode, (v, b, o) => ((TrainingStatus)v).Encode(b, o)),
        new("BatteryLevel",
            (byte[] data, out DecodeError error) => BatteryLevel.Decode(data, out error) is var percent
                and not Message.Missing ? percent : null, (v, b, o) => BatteryLevel.Encode((int)v, b, o)),
        new("DeviceInformation", DeviceInformation.Decode, (v, b, o) => DeviceInformation.Encode((string)v, b, o)),
        new("Stride", StrideCodec.Decode, (v, b, o) => StrideCodec.Encode((Stride)v, b, o)),
        new("Session", Session.Decode, (v, b, o) => ((Session)v).Encode(b, o)),
        new("ControlCommand", ControlCommand.Decode, (v, b, o) => ((ControlCommand)v).Encode(b, o)),
        new("ControlReply", ControlReply.Decode, (v, b, o) => ((ControlReply)v).Encode(b, o)),
        new("Configuration", DecodeConfiguration, (v, b, o) => ((Configuration)v).Encode(b, o)),
        new("RailBaselines", RailBaselinesCodec.Decode, (v, b, o) => RailBaselinesCodec.Encode((RailBaselines)v, b, o)),
        new("RailEstimate", RailEstimate.Decode, (v, b, o) => ((RailEstimate)v).Encode(b, o)),
        new("WristMotion", WristMotion.Decode, EncodeWristMotion),
        new("RawMotion", RawMotion.Decode, EncodeRawMotion),
        new("LogBegin", LogBegin.Decode, (v, b, o) => ((LogBegin)v).Encode(b, o)),
        new("LogStrides", LogStrides.Decode, EncodeStrides),
        new("LogSessionStart", LogSessionStart.Decode, (v, b, o) => ((LogSessionStart)v).Encode(b, o)),
        new("LogSessionTotals", LogSessionTotals.Decode, (v, b, o) => LogSessionTotals.Encode((Session)v, b, o)),
        new("LogEnd", LogEnd.Decode, (v, b, o) => ((LogEnd)v).Encode(b, o)),
    ];

    // Outside of the encoder, which is tested for allocating nothing.
    private static readonly int[] WristMean = new int[WristMotion.Axes];

    public static Codec Named(string name) => All.Single(codec => codec.Name == name);

    private static object? DecodeLocation(byte[] data, out DecodeError error)
    {
        var location = SensorLocationCodec.Decode(data, out error);
        return error == DecodeError.None ? location : null;
    }

    private static Configuration? DecodeConfiguration(byte[] data, out DecodeError error)
    {
        var configuration = Configuration.Decode(data, out error, out var field);
        return (error == DecodeError.None) == (field == ConfigurationField.None) ? configuration
            : throw new InvalidOperationException($"{error} names the field {field}");
    }

    private static int EncodeRawMotion(object value, byte[] buffer, int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(offset, 0);
        var motion = (RawMotion)value;
        RawMotion.Begin(buffer, motion.FirstSample);
        for (var i = 0; i < motion.Count; i++)
        {
            RawMotion.Put(buffer, i, motion.Get(i, 0), motion.Get(i, 1), motion.Get(i, 2), motion.Get(i, 3),
                motion.Get(i, 4), motion.Get(i, 5));
        }

        return RawMotion.LengthFor(motion.Count);
    }

    private static int EncodeWristMotion(object value, byte[] buffer, int offset)
    {
        var motion = (WristMotion)value;
        for (var i = 0; i < WristMean.Length; i++)
        {
            WristMean[i] = motion.Mean(i);
        }

        return WristMotion.Encode(motion.EndMilliseconds, WristMean, motion.ForceDeviation, motion.RateDeviation,
            buffer, offset);
    }

    private static int EncodeStrides(object value, byte[] buffer, int offset)
    {
        var length = 0;
        foreach (var stride in (Stride[])value)
        {
            length += StrideCodec.Encode(stride, buffer, offset + length);
        }

        return length;
    }
}
