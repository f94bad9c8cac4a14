using Backstep.Gait;
using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Samples;

/// <summary>What a sample must say of a frame, by the sensor's own decoder, in the samples' units.</summary>
internal static class ExpectedFacts
{
    private const int SessionBytes = 20;

    public static readonly string[] Messages = ["RscMeasurement", "Stride", "Session"];

    /// <summary>Names as in Python; text, double, bool or null.</summary>
    public static Dictionary<string, object?> Of(string name, byte[] frame)
    {
        byte[] known = name == "Session" ? frame[..SessionBytes] : frame;
        var value = Codecs.Named(name).TryDecode(known, out var error);
        Assert.Equal(DecodeError.None, error);
        return value switch
        {
            RscMeasurement rsc => Of(rsc),
            Stride stride => Of(stride),
            Session session => Of(session, frame.Length > SessionBytes ? (sbyte)frame[SessionBytes] : sbyte.MinValue),
            _ => throw new ArgumentException($"no sample reads {name}", nameof(name)),
        };
    }

    /// <summary>Random bytes of a right length, such that the decoder takes many of them.</summary>
    public static byte[] Likely(string name, Random random)
    {
        byte[] bytes = new byte[name == "RscMeasurement" ? 4 + (2 * random.Next(4)) : SessionBytes];
        random.NextBytes(bytes);
        switch (name)
        {
            case "RscMeasurement":
                bytes[0] = (byte)(((bytes.Length - 4) / 2) | (bytes[0] & 4));
                break;
            case "Stride":
                bytes[8] &= 0x3F;
                bytes[9] = (byte)random.Next(101);
                Lose(bytes, random, 0x80, (10, 1), (11, 1));
                Lose(bytes, random, 0xFF, (12, 2), (16, 2), (18, 1));
                break;
            default:
                bytes[0] &= 0x0F;
                bytes[4] |= 0x80; // elapsed is not less than active
                bytes[6] &= 0x7F;
                bytes[13] = (byte)random.Next(101);
                bytes[14] = (byte)random.Next(101);
                Lose(bytes, random, 0xFF, (13, 1), (14, 1), (15, 1), (16, 3), (19, 1));
                break;
        }

        return bytes;
    }

    // Now and then what stands there is "not known".
    private static void Lose(byte[] bytes, Random random, byte missing, params (int At, int Count)[] fields)
    {
        foreach (var (at, count) in fields)
        {
            if (random.Next(5) == 0)
            {
                bytes.AsSpan(at, count).Fill(missing);
            }
        }
    }

    private static Dictionary<string, object?> Of(RscMeasurement rsc) => new()
    {
        ["speed_mps"] = rsc.SpeedMetersPerSecondTimes256 / 256.0,
        ["cadence_per_minute"] = (double)rsc.CadencePerMinute,
        ["stride_meters"] = In(rsc.StrideLengthCentimeters, 100),
        ["distance_meters"] = rsc.TotalDistanceDecimeters == Message.Missing ? null
            : rsc.TotalDistanceDecimeters / 10.0,
    };

    private static Dictionary<string, object?> Of(Stride stride) => new()
    {
        ["sequence"] = (double)stride.Sequence,
        ["contact_seconds"] = stride.ContactMilliseconds / 1000.0,
        ["direction"] = Word(stride.Direction),
        ["confidence_percent"] = (double)stride.ConfidencePercent,
        ["landing"] = Word(stride.Landing),
        ["rails"] = Word(stride.Posture),
        ["strike_degrees"] = In(stride.FootStrikeHalfDegrees, 2),
        ["tilt_degrees"] = In(stride.TiltHalfDegrees, 2),
        ["stride_seconds"] = In(stride.StrideMilliseconds, 1000),
        ["swing_seconds"] = stride.SwingMilliseconds / 1000.0,
        ["length_meters"] = In(stride.LengthMillimeters, 1000),
        ["impact_g"] = In(stride.ImpactTenthsG, 10),
        ["cadence_per_minute"] = stride.StrideMilliseconds == Stride.Missing ? null
            : 2 * 60_000.0 / stride.StrideMilliseconds,
    };

    private static Dictionary<string, object?> Of(Session session, sbyte incline) => new()
    {
        ["state"] = session.State.ToString().ToLowerInvariant(),
        ["is_rhythm_settled"] = session.IsRhythmSettled,
        ["lacks_strides"] = session.LacksStrides,
        ["id"] = (double)session.Id,
        ["elapsed_seconds"] = (double)session.ElapsedSeconds,
        ["active_seconds"] = (double)session.ActiveSeconds,
        ["backward_strides"] = (double)session.BackwardStrides,
        ["forward_strides"] = (double)session.ForwardStrides,
        ["unknown_strides"] = (double)session.UnknownStrides,
        ["toe_first_percent"] = In(session.ToeFirstPercent, 1),
        ["rails_held_percent"] = In(session.RailsHeldPercent, 1),
        ["mean_cadence_per_minute"] = In(session.CadenceMeanStepsPerMinute, 1),
        ["distance_meters"] = In(session.DistanceCentimeters, 100),
        ["cadence_per_minute"] = In(session.CadenceNowStepsPerMinute, 1),
        ["incline_percent"] = incline == sbyte.MinValue ? null : incline / 5.0,
    };

    private static object? In(int value, double divisor) => value == Message.Missing ? null : value / divisor;

    private static string? Word<T>(T code) where T : struct, Enum =>
        code.ToString() is "Unknown" ? null : code.ToString().ToLowerInvariant();
}
