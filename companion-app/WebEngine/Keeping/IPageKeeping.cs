namespace Backstep.WebEngine.Keeping;

/// <summary>What outlasts a page: its browser's data base. Nobody waits for it; what is told is kept in
/// order.</summary>
public interface IPageKeeping
{
    /// <summary>Keeps one more piece of a session.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="text">The piece.</param>
    void Append(string key, string text);

    /// <summary>Forgets all pieces of a session.</summary>
    void Forget(string key);
}
