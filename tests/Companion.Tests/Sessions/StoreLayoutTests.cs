using Backstep.Store;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Backstep.Companion.Tests.Sessions;

public sealed class StoreLayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private SqliteConnection Open(params string[] steps) => StoreFile.Open(_folder["sessions.db"], steps);

    [Fact]
    public void Steps_run_once_each_and_in_order()
    {
        using (var first = Open("CREATE TABLE a (x)", "INSERT INTO a VALUES (1)"))
        {
            Assert.Equal(2, first.Number("PRAGMA user_version"));
        }

        using var second = Open("CREATE TABLE a (x)", "INSERT INTO a VALUES (1)", "INSERT INTO a SELECT x + 1 FROM a");
        Assert.Equal(3, second.Number("PRAGMA user_version"));
        Assert.Equal(3, second.Number("SELECT sum(x) FROM a"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_layout_before_it()
    {
        Open("CREATE TABLE a (x)").Dispose();
        Assert.Throws<StoreException>(
            () => Open("CREATE TABLE a (x)", "INSERT INTO a VALUES (1); INSERT INTO nowhere VALUES (1)"));
        using var again = Open("CREATE TABLE a (x)");
        Assert.Equal(1, again.Number("PRAGMA user_version"));
        Assert.Equal(0, again.Number("SELECT count(*) FROM a"));
    }

    /// <summary>Both have read that a step is due; one is first at the lock.</summary>
    [Fact]
    public void A_step_that_another_program_takes_meanwhile_is_not_taken_again()
    {
        string[] steps = ["CREATE TABLE a (x)", "INSERT INTO a VALUES (1)"];
        using var one = Open(steps[0]);
        using var other = Open(steps[0]);
        bool isOvertaken = false;
        raw.sqlite3_trace(one.Handle, (_, statement) =>
        {
            if (!isOvertaken && statement.StartsWith("BEGIN", StringComparison.Ordinal))
            {
                isOvertaken = true; // about to ask for the lock
                StoreLayout.Update(other, steps);
            }
        }, null);
        StoreLayout.Update(one, steps);
        Assert.True(isOvertaken);
        Assert.Equal((2, 1), (one.Number("PRAGMA user_version"), one.Number("SELECT count(*) FROM a")));
    }

    /// <summary>A walk is kept while somebody looks at the one before it, however long that takes (write-ahead
    /// log).</summary>
    [Fact]
    public void Who_reads_does_not_hold_up_who_writes()
    {
        using var reader = Open("CREATE TABLE a (x)");
        using var writer = Open("CREATE TABLE a (x)");
        writer.Run("PRAGMA busy_timeout = 0");
        writer.DefaultTimeout = 1;
        using (var look = reader.BeginTransaction(deferred: true))
        {
            Assert.Equal(0, reader.Number("SELECT count(*) FROM a"));
            writer.Run("INSERT INTO a VALUES (1)");
            Assert.Equal(0, reader.Number("SELECT count(*) FROM a")); // one moment of its life
        }

        Assert.Equal(1, reader.Number("SELECT count(*) FROM a"));
    }
}
