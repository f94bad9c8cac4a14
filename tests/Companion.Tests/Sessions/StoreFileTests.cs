using System.Security.Cryptography;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Companion.Tests.Sessions;

/// <summary>What can be the matter with the file, and that it is left alone then.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Kept.Morning);

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows() && Directory.Exists(Data))
        {
            File.SetUnixFileMode(Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _folder.Dispose();
    }

    private string Data => _folder["data"];

    private string DatabasePath => SessionStore.PathIn(Data);

    private long Fill(int strides = 500)
    {
        using var store = SessionStore.Open(Data, _time);
        long id = store.Begin(Kept.Header(store.LastWalker().Id)).Id;
        store.Add(id, Kept.Strides(strides));
        store.Close(id);
        return id;
    }

    [Fact]
    public async Task A_pipe_in_its_place_is_told_and_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no such files");
        Directory.CreateDirectory(Data);
        using (var maker = System.Diagnostics.Process.Start("mkfifo", [DatabasePath]))
        {
            await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var told = Assert.Throws<StoreException>(() => SessionStore.OpenForReading(Data, _time));
        Assert.Contains("it is a pipe", told.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Store, ExitCode.Of(told));
    }

    private void AssertRefused(int exitCode, string words)
    {
        byte[] before = SHA256.HashData(File.ReadAllBytes(DatabasePath));
        foreach (var open in new Func<SessionStore>[] { () => SessionStore.Open(Data, _time),
            () => SessionStore.OpenForReading(Data, _time) })
        {
            var e = Assert.ThrowsAny<ExplainedException>(() =>
            {
                using var store = open();
                foreach (var session in store.Summaries())
                {
                    store.Find(session.Header.Id);
                }
            });
            Assert.Equal(exitCode, ExitCode.Of(e));
            Assert.Contains(words, e.Message, StringComparison.Ordinal);
            Assert.Contains("--data DIR", e.Message, StringComparison.Ordinal);
            Assert.Contains(DatabasePath, e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, SHA256.HashData(File.ReadAllBytes(DatabasePath)));
        // nothing beside it
        Assert.Equal(["sessions.db"], Directory.GetFileSystemEntries(Data).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_is_no_database_is_left_alone()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(DatabasePath, string.Concat(Enumerable.Repeat("these are my notes of last summer\n", 400)));
        AssertRefused(ExitCode.Store, "is damaged, or not a store of backstep");
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone()
    {
        Directory.CreateDirectory(Data);
        using (var other = new SqliteConnection($"Data Source={DatabasePath};Pooling=False"))
        {
            other.Open();
            using var make = other.CreateCommand();
            make.CommandText = "CREATE TABLE bookmark (address TEXT)";
            make.ExecuteNonQuery();
        }

        AssertRefused(ExitCode.Store, "not a store of backstep");
    }

    [Fact]
    public void A_store_from_a_newer_version_is_left_alone()
    {
        Fill();
        using (var future = new SqliteConnection($"Data Source={DatabasePath};Pooling=False"))
        {
            future.Open();
            using var raise = future.CreateCommand();
            raise.CommandText = "PRAGMA user_version = 99";
            raise.ExecuteNonQuery();
        }

        AssertRefused(ExitCode.Store, "newer version of backstep (layout 99");
    }

    [Theory]
    [InlineData(0)] // the header
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_damaged_page_is_told_and_left_alone(double at)
    {
        Fill();
        byte[] bytes = File.ReadAllBytes(DatabasePath);
        new Random(1).NextBytes(
            bytes.AsSpan((int)(bytes.Length * at) / 4096 * 4096, at == 0 ? 100 : bytes.Length / 10));
        File.WriteAllBytes(DatabasePath, bytes);
        AssertRefused(ExitCode.Store, "damaged");
    }

    [Fact]
    public void A_store_that_was_cut_short_is_told_and_left_alone()
    {
        Fill();
        using (var file = File.OpenWrite(DatabasePath))
        {
            file.SetLength(file.Length / 2);
        }

        AssertRefused(ExitCode.Store, "damaged");
    }

    [Theory]
    [InlineData("ALTER TABLE stride RENAME TO old; CREATE VIEW stride AS WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL "
        + "SELECT x + 1 FROM n) SELECT 1 AS session_id, 0 AS sensor, 0 AS run, x AS sequence, 0 AS at_ms, 0 AS rails, "
        + "x'' AS record FROM n")]
    [InlineData("CREATE TRIGGER t AFTER UPDATE ON session BEGIN DELETE FROM stride; END")]
    [InlineData("CREATE VIEW extra AS SELECT 1")]
    [InlineData("ALTER TABLE walker ADD COLUMN more TEXT")]
    [InlineData("CREATE INDEX odd ON stride (length(record) + at_ms)")]
    public void A_store_whose_tables_are_not_the_programs_own_is_told_and_left_alone(string hostile)
    {
        Fill();
        Change(hostile);
        AssertRefused(ExitCode.Store, "is damaged, or not a store of backstep");
    }

    [Theory]
    [InlineData("UPDATE session SET started_at = 9223372036854775807", "'session' the row with id 1")]
    [InlineData("UPDATE session SET started_at = 'abc'", "'session' the row with id 1")]
    [InlineData("UPDATE session SET started_at = x'00'", "'session' the row with id 1")]
    [InlineData("UPDATE session SET offset_minutes = 99999", "'session' the row with id 1")]
    [InlineData("UPDATE session SET mode = 77", "'session' the row with id 1")]
    [InlineData("UPDATE session SET backward = -5", "'session' the row with id 1")]
    [InlineData("UPDATE session SET backward = 99999999999", "'session' the row with id 1")]
    [InlineData("UPDATE session SET elapsed_ms = 9223372036854775807", "'session' the row with id 1")]
    [InlineData("UPDATE session SET cadence = 9e999", "'session' the row with id 1")]
    [InlineData("UPDATE stride SET at_ms = -9223372036854775807", "'stride'")]
    [InlineData("UPDATE stride SET record = 'text'", "damaged")]
    [InlineData("UPDATE stride SET record = zeroblob(20)", "damaged")]
    [InlineData("UPDATE stride SET rails = 9", "'stride'")]
    [InlineData("UPDATE sensor SET placement = 9", "'sensor'")]
    [InlineData("UPDATE walker SET created_at = 9e18", "'walker'")]
    [InlineData("UPDATE walker SET name = x'FF'", "")]
    public void A_value_that_cannot_be_is_named_and_no_command_calls_it_a_fault(string bad, string words)
    {
        Fill(5);
        Change(bad);
        int refused = 0;
        foreach (string[] command in (string[][])[["sessions"], ["sessions", "--everyone", "--json"], ["show", "1"],
            ["show", "1", "--json"], ["trends"], ["plan"], ["walkers"], ["log", "pain", "2"],
            ["export", "1", "--out", _folder["x.json"]], ["export", "--all", "--out", _folder["all"]],
            ["export", "1", "--format", "fit", "--out", _folder["x.fit"]], ["report", "1", "--out", _folder["x.html"]],
            ["settings"]])
        {
            var run = CommandRun.In(Data, command);
            // A year that no walk has is refused by a format that cannot hold it.
            Assert.True(run.ExitCode is ExitCode.Ok or ExitCode.Store || (run.ExitCode == ExitCode.Usage
                && command.Contains("fit")), $"{command[0]}: {run.Error}");
            Assert.DoesNotContain("fault", run.Error, StringComparison.Ordinal);
            if (run.ExitCode == ExitCode.Store)
            {
                refused++;
                Assert.Contains(words, run.Error, StringComparison.Ordinal);
                Assert.Equal("", run.Out);
                string written = command.SkipWhile(word => word != "--out").ElementAtOrDefault(1) ?? _folder["none"];
                Assert.False(File.Exists(written), $"{written} tells a part");
            }
        }

        Assert.True(refused > 0 || words.Length == 0);
    }

    [Fact]
    public void What_may_not_be_read_is_not_said_to_be_empty()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Fill();
        foreach (string path in new[] { DatabasePath, Data })
        {
            var before = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, UnixFileMode.None);
            try
            {
                var run = CommandRun.In(Data, "sessions");
                Assert.Equal(ExitCode.Store, run.ExitCode);
                Assert.Contains("cannot read", run.Error, StringComparison.Ordinal);
                Assert.DoesNotContain("No sessions yet", run.Out, StringComparison.Ordinal);
            }
            finally
            {
                File.SetUnixFileMode(path, before);
            }
        }
    }

    [Fact]
    public void A_read_only_store_of_an_older_layout_can_be_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (var old = StoreFile.Open(DatabasePath, [StoreLayout.Steps[0]]))
        {
            old.Run("INSERT INTO walker (name, created_at, used_at) VALUES ('Ann', 1, 1)");
            old.Run("PRAGMA journal_mode = DELETE");
        }

        File.SetUnixFileMode(DatabasePath, UnixFileMode.UserRead);
        using var store = SessionStore.OpenForReading(Data, _time);
        Assert.Equal("Ann", Assert.Single(store.Walkers()).Name);
    }

    private void Change(string statements)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var change = connection.CreateCommand();
        change.CommandText = statements + "; PRAGMA journal_mode = DELETE";
        change.ExecuteNonQuery();
    }

    [Fact]
    public void The_way_on_is_to_rename_it()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(DatabasePath, new string('x', 5000));
        File.Move(DatabasePath, DatabasePath + ".damaged");
        Assert.Equal(1, Fill());
    }

    [Fact]
    public void Looking_makes_nothing()
    {
        using (var store = SessionStore.OpenForReading(Data, _time))
        {
            Assert.Empty(store.Summaries());
        }

        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void A_read_only_folder_can_be_looked_at_but_not_written()
    {
        long id = Fill();
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(DatabasePath, FileAttributes.ReadOnly);
        }
        else
        {
            File.SetUnixFileMode(Data, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using (var store = SessionStore.OpenForReading(Data, _time))
        {
            Assert.Equal(500, store.Find(id)!.Strides.Count);
            Assert.Throws<CannotWriteException>(() => store.Delete(id));
        }

        var e = Assert.Throws<CannotWriteException>(() => SessionStore.Open(Data, _time));
        Assert.Contains("read-only", e.Message, StringComparison.Ordinal);
        Assert.Equal(["sessions.db"], Directory.GetFileSystemEntries(Data).Select(Path.GetFileName));
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(DatabasePath, FileAttributes.Normal);
        }
    }

    [Fact]
    public void A_full_disk_is_told_and_what_was_kept_stays()
    {
        long id = Fill();
        using var store = SessionStore.Open(Data, _time);
        store.LimitPages(1);
        var e = Assert.Throws<CannotWriteException>(() => store.Add(id, Kept.Strides(5000, first: 1000)));
        Assert.Contains("disk is full", e.Message, StringComparison.Ordinal);
        Assert.Equal(500, store.Find(id)!.Strides.Count);
    }

    [Fact]
    public void It_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var store = SessionStore.Open(Data, _time);
        store.LastWalker();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Data));
        foreach (string file in Directory.GetFiles(Data))
        {
            Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
        }
    }

    [Fact]
    public void Two_at_once_see_each_others_strides_and_lose_none()
    {
        using var one = SessionStore.Open(Data, _time);
        using var other = SessionStore.Open(Data, _time);
        long first = one.Begin(Kept.Header(one.LastWalker().Id)).Id;
        long second = other.Begin(Kept.Header(other.LastWalker().Id, address: "AA:BB:CC:00:00:02", number: 8)).Id;
        Parallel.Invoke(
            () => AddOneByOne(one, first),
            () => AddOneByOne(other, second));
        Assert.Equal(100, other.Find(first)!.Strides.Count);
        Assert.Equal(100, one.Find(second)!.Strides.Count);

        static void AddOneByOne(SessionStore store, long id)
        {
            foreach (var stride in Kept.Strides(100))
            {
                store.Add(id, [stride]);
            }
        }
    }

    [Fact]
    public void Two_that_make_it_at_once_make_one()
    {
        Parallel.For(0, 4, _ =>
        {
            using var store = SessionStore.Open(Data, _time);
            store.Begin(Kept.Header(store.WalkerNamed("Ann").Id));
        });
        using var afterwards = SessionStore.Open(Data, _time);
        Assert.Equal(4, afterwards.Summaries().Count);
        Assert.Single(afterwards.Walkers());
    }

    [Fact]
    public void A_copy_is_whole_and_one_file_while_another_goes_on_writing()
    {
        long id = Fill();
        using var writer = SessionStore.Open(Data, _time);
        writer.Add(id, Kept.Strides(10, first: 600)); // in the journal, not yet in the file
        using (var reader = SessionStore.OpenForReading(Data, _time))
        {
            Directory.CreateDirectory(_folder["copy"]);
            reader.CopyTo(SessionStore.PathIn(_folder["copy"]));
        }

        Assert.Equal(["sessions.db"], Directory.GetFileSystemEntries(_folder["copy"]).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(SessionStore.PathIn(_folder["copy"])));
        }

        using var copy = SessionStore.Open(_folder["copy"], _time);
        Assert.Equal(510, copy.Find(id)!.Strides.Count);
    }
}
