using Backstep.Gait;
using Backstep.Gym.Messages;
using Backstep.Walks;

namespace Backstep.Gym.Board;

/// <summary>Whether a message can be true. One that cannot changes nothing on the board.</summary>
internal static class BoardChecks
{
    // Bounds are ours: what no clip, no walk and no room reaches.
    private const int MostSeconds = 7 * 24 * 3600;
    private const int MostStrides = 1_000_000;
    private const int MostStepsPerMinute = 400;
    private const int MostInclinePercent = 60;
    private const int MostMeters = 1_000_000;
    private const int LongestText = 64;

    private static readonly string[] Links = [ClipLive.Up, ClipLive.Lost, ClipLive.Waiting];
    private static readonly string[] States = ["idle", "active", "paused", "ended"];
    private static readonly string[] Rails = ["held", "free", "unknown"];
    private static readonly string[] Placements = ["left", "right", "wrist", "unknown"];

    public static bool IsGood(ClipLive live) =>
        GymTopics.IsName(live.Clip) && GymTopics.IsName(live.Gateway) && Links.Contains(live.Link)
        && IsOneOf(live.State, States) && IsOneOf(live.Rails, Rails) && IsOneOf(live.Placement, Placements)
        && IsWithin(live.SignalDbm, -150, 30) && IsPercent(live.BatteryPercent) && IsPercent(live.ToeFirstPercent)
        && IsPercent(live.RailsHeldPercent) && IsWithin(live.Session, 0, ushort.MaxValue)
        && IsWithin(live.ElapsedSeconds, 0, MostSeconds) && IsWithin(live.ActiveSeconds, 0, MostSeconds)
        && IsWithin(live.BackwardStrides, 0, MostStrides) && IsWithin(live.ForwardStrides, 0, MostStrides)
        && IsWithin(live.UnknownStrides, 0, MostStrides)
        && IsWithin(live.CadenceStepsPerMinute, 0, MostStepsPerMinute)
        && IsWithin(live.MeanCadenceStepsPerMinute, 0, MostStepsPerMinute)
        && IsWithin(live.InclinePercent, -MostInclinePercent, MostInclinePercent)
        && IsWithin(live.DistanceMeters, 0, MostMeters) && IsFlash(live.Flash)
        && !(live.Name?.Length > LongestText) && !(live.Firmware?.Length > LongestText);

    public static bool IsGood(ClipSession session) =>
        GymTopics.IsName(session.Clip) && GymTopics.IsName(session.Gateway)
        && session.Session is >= 1 and <= ushort.MaxValue && IsFlash(session.Flash);

    public static bool IsGood(GatewayStatus status) =>
        GymTopics.IsName(status.Gateway) && status.State is GatewayStatus.Online or GatewayStatus.Offline
        && IsWithin(status.Adapters, 0, BoardOptions.MostClips)
        && IsWithin(status.ClipsFollowed, 0, BoardOptions.MostClips)
        && IsWithin(status.ClipsWaiting, 0, BoardOptions.MostClips)
        && status.BatchesWaiting is null or >= 0 && !(status.Software?.Length > LongestText);

    /// <summary>The strides, or null when the batch is none.</summary>
    public static (Stride Stride, DateTimeOffset At)[]? Strides(StrideBatch batch)
    {
        if (!GymTopics.IsName(batch.Clip) || !GymTopics.IsName(batch.Gateway) || !IsFlash(batch.Flash) || batch.Run < 1
            || batch.Strides.Count is < 1 or > StrideBatch.MostStrides || batch.Session is < 1 or > ushort.MaxValue)
        {
            return null;
        }

        try
        {
            return [.. batch.Strides.Select(line => (line.ToStride(), line.At))];
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    private static bool IsFlash(string? flash) =>
        flash == null || (flash.Length == 8 && flash.All(char.IsAsciiHexDigit));

    private static bool IsOneOf(string? word, string[] words) => word == null || words.Contains(word);

    private static bool IsPercent(int? value) => IsWithin(value, 0, 100);

    private static bool IsWithin(double? value, double least, double most) =>
        value is not { } number || (number >= least && number <= most);
}
