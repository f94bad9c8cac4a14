using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Backstep.Walks;

namespace Backstep.Gym.Messages;

/// <summary>Where on MQTT what is told. README.md beside this file describes each message.</summary>
public static partial class GymTopics
{
    /// <summary>Whatever this version of the messages uses begins so.</summary>
    public const string Root = "backstep/v1";

    /// <summary>The level under which all clips of a gym lie; no gateway may be called that.</summary>
    public const string Clips = "clips";

    /// <summary>The longest name of a gym, a gateway or a clip in a topic. Ours.</summary>
    public const int LongestName = 32;

    /// <summary>Whether a gateway is there; retained, and its will.</summary>
    public static string Status(string gym, string gateway) => $"{Root}/{gym}/{gateway}/status";

    /// <summary>What of a gateway's batches is stored.</summary>
    public static string Stored(string gym, string gateway) => $"{Root}/{gym}/{gateway}/stored";

    /// <summary>A clip, once a second.</summary>
    public static string Live(string gym, string clip) => $"{Root}/{gym}/{Clips}/{clip}/live";

    /// <summary>A clip's strides.</summary>
    public static string Strides(string gym, string clip) => $"{Root}/{gym}/{Clips}/{clip}/strides";

    /// <summary>A clip's session at its end; retained.</summary>
    public static string Session(string gym, string clip) => $"{Root}/{gym}/{Clips}/{clip}/session";

    /// <summary>What staff want of a clip.</summary>
    public static string Command(string gym, string clip) => $"{Root}/{gym}/{Clips}/{clip}/command";

    /// <summary>Whether it may stand as a level of a topic: lower-case letters, digits and hyphens, up to
    /// <see cref="LongestName"/>.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) => text != null && NamePattern().IsMatch(text);

    /// <summary>A name that was given.</summary>
    /// <exception cref="BadRequestException">It cannot stand in a topic.</exception>
    public static string Name(string text, string what) => IsName(text) && text != Clips ? text
        : throw new BadRequestException($"'{OneLine.Of(text)}' cannot be the name of a {what}: lower-case letters, "
            + $"digits and hyphens, up to {LongestName}, and not '{Clips}'.");

    /// <summary>The clip of a topic below <see cref="Clips"/>, and which message it is; false for any other.</summary>
    public static bool TryClip(string gym, string topic, out string clip, out string message)
    {
        string[] levels = topic.Split('/');
        bool isOne = levels is ["backstep", "v1", var where, Clips, _, _] && where == gym && IsName(levels[4]);
        (clip, message) = isOne ? (levels[4], levels[5]) : ("", "");
        return isOne;
    }

    /// <summary>The gateway of a topic of its own, and which message it is; false for any other.</summary>
    public static bool TryGateway(string gym, string topic, out string gateway, out string message)
    {
        string[] levels = topic.Split('/');
        bool isOne = levels is ["backstep", "v1", var where, not Clips, _] && where == gym && IsName(levels[3]);
        (gateway, message) = isOne ? (levels[3], levels[4]) : ("", "");
        return isOne;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
