namespace Backstep.Gym.Keeping;

/// <summary>Settings that staff change, by their key in the store.</summary>
public static class RoomSettings
{
    /// <summary>Days after which walks, sessions and strides are deleted; digits. Not set: <see
    /// cref="UsualDays"/>.</summary>
    public const string RetentionDays = "retention-days";

    /// <summary>Unless staff say otherwise. Ours: long enough to fetch a walk, and no longer.</summary>
    public const int UsualDays = 30;

    /// <summary>Hash of the token by which a wall may look (SHA-256, in hexadecimal digits).</summary>
    public const string BoardToken = "board-token";

    /// <summary>Keys by which cookies are sealed, as XML.</summary>
    public const string SealKeys = "seal-keys";
}
