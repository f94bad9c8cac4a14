using System.Text.Json;
using System.Text.Json.Serialization;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Rails;

namespace Backstep.Walks.Sessions;

/// <summary>What a walker's rail calibration found, as it is kept with the walker. It holds for one speed, which the
/// shoe checks, and one incline, which the walker tells or the shoe measures.</summary>
/// <param name="Baselines">The shoe's baselines, as the sensor keeps them (firmware/Protocol, Rail baselines), in
/// hexadecimal.</param>
/// <param name="Wrist">The wrist's, or null when none was worn.</param>
/// <param name="CalibratedAt">When.</param>
public sealed record KeptRails(string Baselines, WristBaseline? Wrist, DateTimeOffset CalibratedAt)
{
    private const string Key = "rails";

    /// <summary>Of a calibration.</summary>
    public static KeptRails Of(RailBaselines baselines, WristBaseline? wrist, DateTimeOffset at) =>
        new(Convert.ToHexStringLower(EncodedBaselines.Of(baselines)), wrist, at);

    /// <summary>The walker's, or null when there are none, or none that this program can read.</summary>
    public static KeptRails? Of(ISessionArchive archive, WalkerProfile walker)
    {
        try
        {
            return archive.Setting(walker.Id, Key) is { } text
                ? JsonSerializer.Deserialize(text, KeptRailsJson.Default.KeptRails) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps them with the walker, in place of older ones.</summary>
    public void Keep(ISessionArchive archive, WalkerProfile walker) =>
        archive.Keep(walker.Id, Key, JsonSerializer.Serialize(this, KeptRailsJson.Default.KeptRails));

    /// <summary>Forgets the walker's.</summary>
    public static void Forget(ISessionArchive archive, WalkerProfile walker) => archive.Keep(walker.Id, Key, null);

    /// <summary>Whether baselines hold at an incline: when it is less than 1 % from the one at which they were taken,
    /// as nobody can tell less from a console; or when one of the two is not known.</summary>
    /// <param name="baselines">The shoe's baselines.</param>
    /// <param name="percent">The incline now in %, told or measured; null when it is not known.</param>
    public static bool FitsIncline(RailBaselines baselines, double? percent) =>
        baselines.InclineTenthsPercent == Stride.Missing || percent is not { } now
        || Math.Abs(baselines.InclineTenthsPercent - (now * 10)) < 10;

    /// <summary>The shoe's baselines, or null when they are damaged.</summary>
    public RailBaselines? Read()
    {
        try
        {
            return RailBaselinesCodec.OrNull(RailBaselinesCodec.Decode(Convert.FromHexString(Baselines), out _));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>How it is kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptRails))]
internal sealed partial class KeptRailsJson : JsonSerializerContext;
