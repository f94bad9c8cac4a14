namespace Backstep.Walks.Sessions;

/// <summary>One of the people who use the program on this computer.</summary>
/// <param name="Id">Its key in the store.</param>
/// <param name="Name">What the walker is called; nobody else's reads the same (<see cref="WalkerNames"/>).</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record WalkerProfile(long Id, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>What the only walker is called who never said a name.</summary>
    public const string DefaultName = "me";

    /// <summary>Longest name, in characters: it must fit a table.</summary>
    public const int LongestName = 40;
}
