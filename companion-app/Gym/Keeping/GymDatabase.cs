namespace Backstep.Gym.Keeping;

/// <summary>Connections, transactions and errors of one kind of database.</summary>
internal abstract class GymDatabase : IAsyncDisposable
{
    /// <summary>In words: "SQLite", "PostgreSQL 15.4".</summary>
    public abstract string Kind { get; }

    /// <summary>Makes it, or brings it to this version's layout.</summary>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>One transaction that writes; it has happened when this returns, and has not when this throws, or may
    /// have where the link broke in it: whatever is written may be written twice.</summary>
    public abstract Task<T> WriteAsync<T>(Func<GymConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>What reads only.</summary>
    public abstract Task<T> ReadAsync<T>(Func<GymConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
