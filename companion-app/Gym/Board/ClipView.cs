using Backstep.Gym.Messages;

namespace Backstep.Gym.Board;

/// <summary>A clip, for staff. Null means not known.</summary>
/// <param name="Clip">Its id.</param>
/// <param name="Number">What stands on it.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Belt">The belt that it is assigned to.</param>
/// <param name="Gateway">Who follows it.</param>
/// <param name="IsSimulated">Whether it is nobody's clip.</param>
/// <param name="Firmware">Version of its program.</param>
/// <param name="BatteryPercent">As last told.</param>
/// <param name="SignalDbm">Strength of its signal.</param>
/// <param name="Link">up, lost, waiting; null when this program heard nothing of it.</param>
/// <param name="State">idle, active, paused, ended.</param>
/// <param name="SilentFor">Since it was last told of; null for never.</param>
public sealed record ClipView(string Clip, int? Number, string? Name, int? Belt, string? Gateway, bool IsSimulated,
    string? Firmware, int? BatteryPercent, int? SignalDbm, string? Link, string? State, TimeSpan? SilentFor)
{
    /// <summary>Whether the battery should be charged.</summary>
    public bool IsBatteryLow => Walks.Words.BatteryCharge.IsLow(BatteryPercent);

    /// <summary>Whether it should be heard, and is not.</summary>
    public bool IsSilent => Belt != null && !(SilentFor < BoardOptions.Stale);

    /// <summary>Whether its link is lost.</summary>
    public bool IsLost => Link == ClipLive.Lost;
}

/// <summary>A gateway, for staff.</summary>
/// <param name="Status">What it last said.</param>
/// <param name="SilentFor">Since then.</param>
public sealed record GatewayView(GatewayStatus Status, TimeSpan SilentFor);
