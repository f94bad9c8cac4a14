using Backstep.Store;
using Microsoft.Data.Sqlite;

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
}
