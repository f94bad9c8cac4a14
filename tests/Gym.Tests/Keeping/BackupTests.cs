using System.Diagnostics;
using System.Globalization;
using Backstep.Gym.Keeping;
using Microsoft.Data.Sqlite;
using Npgsql;
using static Backstep.Gym.Tests.Keeping.Told;

namespace Backstep.Gym.Tests.Keeping;

/// <summary>The commands of Keeping/README.md, "Backup and restore".</summary>
public sealed class BackupTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_of_the_file_made_while_it_is_written_is_whole()
    {
        await using var test = await TestStore.OpenAsync(TestStore.Sqlite);
        await test.Store.KeepAsync([Batch(1, "clip-1", Numbers(1, 100))], [Session(2, "clip-1")], Stop);
        string copy = Directory.CreateTempSubdirectory("gym-copy-").FullName;
        var writing = test.Store.KeepAsync([Batch(3, "clip-1", Numbers(101, 200))], [], Stop);
        await using (var connection = new SqliteConnection(
            $"Data Source={Path.Combine(test.Folder, GymStores.FileName)};Pooling=False"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = $"VACUUM INTO '{Path.Combine(copy, GymStores.FileName)}'";
            await command.ExecuteNonQueryAsync(Stop);
        }

        await writing;
        await using (var restored = GymStores.Open(null, copy, TimeProvider.System))
        {
            await restored.PrepareAsync(Stop);
            long strides = await restored.CountStridesAsync(Stop);
            Assert.True(strides is 100 or 300, $"{strides} strides: a batch is whole or not there");
            Assert.Single(await restored.SessionsAsync("clip-1", Noon, Noon.AddHours(1), Stop));
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_dump_of_PostgreSQL_restores_months_and_all()
    {
        Assert.SkipWhen(TestStore.PostgresText == null, $"{TestStore.Variable} names no PostgreSQL");
        string? programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() : null;
        Assert.SkipWhen(programs == null, "pg_dump is not where Debian has it");
        await using var test = await TestStore.OpenAsync(TestStore.Postgres);
        await test.Store.KeepAsync([Batch(1, "clip-1", Numbers(1, 100)),
            Batch(2, "clip-2", Numbers(1, 50), at: Noon.AddDays(5))], [Session(3, "clip-1")], Stop);
        string file = Path.Combine(test.Folder, "gym.dump");
        var parts = new NpgsqlConnectionStringBuilder(TestStore.PostgresText);
        await RunAsync("pg_dump", parts, "--format=custom", $"--file={file}", $"--schema={test.Schema}",
            $"--dbname={parts.Database}");
        await test.SqlAsync($"DROP SCHEMA {test.Schema} CASCADE");
        await RunAsync("pg_restore", parts, "--exit-on-error", $"--dbname={parts.Database}", file);

        await using var restored = await test.AnotherAsync();
        Assert.Equal(150, await restored.CountStridesAsync(Stop));
        Assert.Equal(new KeepOutcome(1, 100), await restored.KeepAsync([Batch(1, "clip-1", Numbers(1, 101))], [],
            Stop));
        Assert.Equal(["stride_2026_01", "stride_2026_02"], await test.SqlAsync("SELECT relname FROM pg_inherits "
            + "JOIN pg_class ON oid = inhrelid WHERE inhparent = 'stride'::regclass ORDER BY relname"));

        async Task RunAsync(string program, NpgsqlConnectionStringBuilder to, params string[] args)
        {
            var start = new ProcessStartInfo(Path.Combine(programs!, "bin", program),
                [$"--host={to.Host}", string.Create(CultureInfo.InvariantCulture, $"--port={to.Port}"),
                    $"--username={to.Username}", .. args]);
            start.Environment["PGPASSWORD"] = Environment.GetEnvironmentVariable(GymStores.PasswordVariable);
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(Stop);
            Assert.Equal(0, process.ExitCode);
        }
    }
}
