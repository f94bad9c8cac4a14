using Backstep.Walks;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>What is wrong with the store, in a sentence that says what to do.</summary>
internal static class StoreTrouble
{
    // Primary result codes (sqlite.org/rescode.html).
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int InputOutput = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int Constraint = 19;
    public const int NoDatabase = 26;

    /// <summary>Does something with the store; puts what SQLite says into words.</summary>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw InWords(path, e);
        }
        catch (BadRowException e)
        {
            throw new StoreException(
                $"{path} is damaged: {e.Message}. It was left as it is. Put a backup in its place, or use another "
                + $"folder: --data DIR.", e);
        }
    }

    private static ExplainedException InWords(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        Corrupt or NoDatabase => Damaged(path, e),
        Busy or Locked =>
            new StoreException($"another program has held {path} for {StoreFile.BusySeconds} s. Try again when it is "
                + "done.", e),
        Full =>
            new CannotWriteException(
                $"cannot write {path}: the disk is full. What was kept before is safe. Free some space, or use "
                + $"another folder: --data DIR.", e),
        Constraint =>
            new StoreException($"{path}: the session, or its walker, was removed meanwhile by another program.", e),
        ReadOnly => CannotWrite(path, "it is read-only", e),
        CannotOpen => CannotWrite(path, "it cannot be opened", e),
        InputOutput => CannotWrite(path, "the disk reports an error, or is full", e),
        _ => new StoreException($"{path}: {OneLine.Of(e.Message).TrimEnd('.')}. The file was left as it is.", e),
    };

    /// <summary>The message of a damaged store.</summary>
    public static StoreException Damaged(string path, Exception? inner) => new(
        $"{path} is damaged, or not a store of backstep. It was left as it is. Put a backup in its place, or rename "
        + $"it and a new one begins; --data DIR uses another folder.",
        inner);

    /// <summary>It cannot be written.</summary>
    public static CannotWriteException CannotWrite(string path, string why, Exception? inner) =>
        new($"cannot write {path}: {why}. Make it writable, or use another folder: --data DIR.", inner);

    /// <summary>It cannot be read.</summary>
    public static StoreException CannotRead(string path, string why, Exception? inner) =>
        new($"cannot read {path}: {why}. What is in it is not known. Give yourself the right to read it, or use "
            + "another folder: --data DIR.", inner);
}
