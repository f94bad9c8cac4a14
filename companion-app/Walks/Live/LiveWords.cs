using System.Globalization;
using Backstep.Walks.Events;

namespace Backstep.Walks.Live;

/// <summary>What the figures of a live view are called, on a terminal and on a page.</summary>
public static class LiveWords
{
    // Ours: less is no way to come down on, and no change that anybody feels.
    private const double FlatDegrees = 5;
    private const double LevelDegrees = 3;
    private const double SteadyDegrees = 2;

    /// <summary>How the link stands.</summary>
    public static string Of(LinkState link) => link switch
    {
        LinkState.Connected => "connected",
        LinkState.Connecting => "connecting",
        LinkState.Reconnecting => "reconnecting",
        _ => "no link",
    };

    /// <summary>An angle in whole degrees, with its sign: +3°, -12°.</summary>
    public static string Degrees(double value) => value.ToString("+0;-0;0", CultureInfo.InvariantCulture) + "°";

    /// <summary>How a foot comes down at a foot strike angle.</summary>
    public static string FootStrike(double degrees) =>
        degrees <= -FlatDegrees ? "toes down" : degrees >= FlatDegrees ? "toes up" : "flat";

    /// <summary>Where the foot strike angle goes.</summary>
    public static AngleTrend Trend(double degrees) =>
        degrees <= -SteadyDegrees ? AngleTrend.MoreSo : degrees >= SteadyDegrees ? AngleTrend.Flatter
            : AngleTrend.Steady;

    /// <summary>A trend in words.</summary>
    public static string Of(AngleTrend trend) => trend switch
    {
        AngleTrend.MoreSo => "more so",
        AngleTrend.Flatter => "flatter",
        _ => "steady",
    };

    /// <summary>On which edge a foot comes down.</summary>
    public static string Tilt(double degrees) =>
        Math.Abs(degrees) < LevelDegrees ? "level" : degrees > 0 ? "outer edge" : "inner edge";

    /// <summary>The rhythm.</summary>
    public static string Rhythm(bool isSettled) => isSettled ? "settled" : "not settled";
}

/// <summary>Where the foot strike angle goes.</summary>
public enum AngleTrend
{
    /// <summary>More toes down.</summary>
    MoreSo,

    /// <summary>Flatter.</summary>
    Flatter,

    /// <summary>Nowhere.</summary>
    Steady,
}
