namespace Backstep.Gym.Messages;

/// <summary>What staff, or the walker at the belt, want of a clip. Only the server may send it; a gateway obeys each id
/// once, and none that is older than <see cref="Fresh"/>.</summary>
/// <param name="Id">32 hexadecimal digits, drawn for each.</param>
/// <param name="At">When it was wanted.</param>
/// <param name="Command"><see cref="Start"/>, <see cref="Pause"/> or <see cref="Stop"/>.</param>
public sealed record ClipCommand(string Id, DateTimeOffset At, string Command)
{
    /// <summary>Begin a session, or go on.</summary>
    public const string Start = "start";

    /// <summary>Pause.</summary>
    public const string Pause = "pause";

    /// <summary>End the session.</summary>
    public const string Stop = "stop";

    /// <summary>A command that comes later than this is about a walk that may be over. Ours.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
}
