using Backstep.Gym.Board;
using Backstep.Gym.Messages;
using Backstep.Walks.Coaching;

namespace Backstep.Gym.Pages;

/// <summary>What staff should look after now, most urgent first.</summary>
internal static class StaffAlerts
{
    public static IReadOnlyList<string> Of(IReadOnlyList<ClipView> clips, BoardModel model, Texts texts) =>
    [
        .. model.Belts().Where(belt => belt.View.Cue?.Tone is CueTone.Safety or CueTone.Enough)
            .OrderBy(belt => belt.View.Cue!.Tone).Select(belt => texts.Of("alert.safety",
                texts.Of("belt", belt.View.Number), texts.Cues.Of(belt.View.Cue!).Text)),
        .. model.Gateways().Where(one => one.Status.State == GatewayStatus.Offline)
            .Select(one => texts.Of("alert.gateway", one.Status.Gateway)),
        .. clips.Where(clip => clip.IsLost && !clip.IsSilent).Select(clip => texts.Of("alert.lost", Name(clip, texts))),
        .. clips.Where(clip => clip.IsSilent).Select(clip => texts.Of("alert.silent", Name(clip, texts))),
        .. clips.Where(clip => clip.IsBatteryLow)
            .Select(clip => texts.Of("alert.battery", Name(clip, texts), clip.BatteryPercent)),
    ];

    /// <summary>A clip by what stands on it, else by its id, and where it is.</summary>
    public static string Name(ClipView clip, Texts texts) =>
        $"{texts["staff.clip"]} {clip.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? clip.Clip}"
        + (clip.Belt is { } belt ? $" ({texts.Of("belt", belt)})" : "");
}
