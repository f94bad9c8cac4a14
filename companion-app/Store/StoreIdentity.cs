using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Backstep.Store;

/// <summary>Whether a file is a store of this program: looked at before anything is written to it.</summary>
internal static class StoreIdentity
{
    // Ours: the last with locks, which waits for whoever writes.
    private const int Looks = 3;

    /// <summary>Looks at a file without writing to it.</summary>
    public static void ThrowIfForeign(string path, IReadOnlyList<string> steps)
    {
        ThrowIfPipe(path);
        for (int look = 1; !StoreTrouble.Guard(path, () => IsOurs(path, steps, isLast: look == Looks)); look++)
        {
            if (look == Looks)
            {
                throw StoreTrouble.Damaged(path, null);
            }
        }
    }

    /// <summary>
    /// Whether its tables are the ones that this program makes, and there is nothing else: no view in a table's place,
    /// no trigger, nothing that would be worked out while it is read. While another program makes it or changes its
    /// layout it may seem not to be: then one looks again, and with locks.
    /// </summary>
    private static bool IsOurs(string path, IReadOnlyList<string> steps, bool isLast)
    {
        try
        {
            bool isBeingWritten = File.Exists(path + "-journal") || File.Exists(path + "-wal");
            string how = isBeingWritten && isLast ? StoreFile.Text(path, SqliteOpenMode.ReadOnly)
                : StoreFile.Untouched(path);
            using var theirs = StoreFile.Connect(how, _ => { });
            using var moment = theirs.BeginTransaction(deferred: true);
            long application = theirs.Number("PRAGMA application_id");
            long layout = theirs.Number("PRAGMA user_version");
            var schema = Schema(theirs);
            if (application == 0 && layout == 0 && schema.Count == 0)
            {
                return true; // the program was stopped before the first step
            }

            if (application != StoreLayout.ApplicationId)
            {
                return false;
            }

            if (layout > steps.Count)
            {
                throw new StoreException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{path} was written by a newer version of backstep (layout {layout}; this one knows "
                    + $"{steps.Count}). It was left as it is. Update backstep, or use another folder: --data DIR."));
            }

            using var ours = StoreFile.OpenInMemory([.. steps.Take((int)layout)]);
            return schema.SequenceEqual(Schema(ours));
        }
        catch (SqliteException e) when (e.SqliteErrorCode is StoreTrouble.Corrupt or StoreTrouble.NoDatabase && !isLast)
        {
            return false;
        }

        static List<string> Schema(SqliteConnection connection) => connection.Rows(
            reader => reader.GetString(0),
            "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_schema WHERE type IN ('view', 'trigger') "
            + "OR name NOT LIKE 'sqlite_%' ORDER BY 1");
    }

    /// <summary>A pipe in the place of the file would be waited for without end.</summary>
    private static void ThrowIfPipe(string path)
    {
        if (!OperatingSystem.IsWindows() && new FileInfo(path).Length == 0
            && !Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite).Dispose())
                .Wait(TimeSpan.FromSeconds(2)))
        {
            throw StoreTrouble.CannotRead(path, "it is a pipe, or its disk does not answer", null);
        }
    }
}
