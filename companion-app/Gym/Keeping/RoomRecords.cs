using Backstep.Gait;

namespace Backstep.Gym.Keeping;

/// <summary>What became of what was given to be kept.</summary>
/// <param name="New">Strides that were not there.</param>
/// <param name="Known">Strides that were.</param>
public sealed record KeepOutcome(long New, long Known);

/// <summary>A stride as the gym keeps it.</summary>
/// <param name="Clip">Whose.</param>
/// <param name="Flash">See <see cref="Messages.StrideBatch.Flash"/>.</param>
/// <param name="Run">See <see cref="Messages.StrideBatch.Run"/>.</param>
/// <param name="Session">See <see cref="Messages.StrideBatch.Session"/>.</param>
/// <param name="Simulated">Whether no person walked.</param>
/// <param name="At">Initial contact.</param>
/// <param name="Stride">The record.</param>
public sealed record RoomStride(string Clip, string Flash, int Run, int? Session, bool Simulated, DateTimeOffset At,
    Stride Stride);

/// <summary>A clip of the gym. Null means not known.</summary>
/// <param name="Clip">Its id, as in topics.</param>
/// <param name="Number">What stands on it, from 1; null before staff gave it one.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Belt">The belt that it is assigned to; null for none.</param>
/// <param name="Gateway">The gateway that it belongs to: no other may speak for it.</param>
/// <param name="Simulated">Whether it is no clip of anybody.</param>
/// <param name="Firmware">Version of its program.</param>
/// <param name="BatteryPercent">When it was last told.</param>
/// <param name="LastSeenAt">When it was last told of.</param>
public sealed record RoomClip(string Clip, int? Number, string? Name, int? Belt, string? Gateway, bool Simulated,
    string? Firmware, int? BatteryPercent, DateTimeOffset? LastSeenAt);

/// <summary>A belt of the gym.</summary>
/// <param name="Number">What stands on it, from 1.</param>
/// <param name="Key">What its QR code carries, so that only who stands at it reaches its page: 16 letters and
/// digits.</param>
public sealed record RoomBelt(int Number, string Key);

/// <summary>A person at a belt: from when they said who they are, or that they begin, until they leave.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Belt">Where.</param>
/// <param name="Clip">With which clip.</param>
/// <param name="BegunAt">From when.</param>
/// <param name="EndedAt">Until when; null while it goes on.</param>
/// <param name="Nickname">What they want to be called; null for nothing.</param>
/// <param name="Target">How long they want to walk; null for nothing.</param>
/// <param name="IsOnWall">Whether the nickname is shown on the wall.</param>
/// <param name="CodeHash">SHA-256 of the code by which they export and delete it, in hexadecimal digits; drawn
/// when it begins, so that it can be fetched however it ends. Null: it has none.</param>
public sealed record BeltWalk(string Id, int Belt, string Clip, DateTimeOffset BegunAt, DateTimeOffset? EndedAt,
    string? Nickname, TimeSpan? Target, bool IsOnWall, string? CodeHash);

/// <summary>Somebody, or a machine, with a password.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens; a gateway's is the name of the gateway.</param>
/// <param name="Role">What they may.</param>
/// <param name="PasswordHash">As ASP.NET's hasher makes it.</param>
public sealed record GymUser(string Name, GymRole Role, string PasswordHash);

/// <summary>What a user may.</summary>
public enum GymRole
{
    /// <summary>The staff page.</summary>
    Staff,

    /// <summary>On MQTT: a gateway's own messages, and those of its clips.</summary>
    Gateway,

    /// <summary>On MQTT: listen.</summary>
    Reader,

    /// <summary>On MQTT: a server of the gym, where the broker is embedded in another one.</summary>
    Server,
}
