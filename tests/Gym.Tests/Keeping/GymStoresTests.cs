using Backstep.Gym.Keeping;
using Backstep.Store;
using Backstep.Walks;
using Microsoft.Data.Sqlite;

namespace Backstep.Gym.Tests.Keeping;

/// <summary>Which store is opened, and which file is refused.</summary>
public sealed class GymStoresTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("postgres://gym:hunter2@host/db")]
    [InlineData("Server hunter2")]
    [InlineData("Database=gym;Passwrd=hunter2")]
    [InlineData("Host=;Password=hunter2")]
    [InlineData("Host=localhost;Port=hunter2")]
    [InlineData("Host=localhost;Password=hunter2")]
    [InlineData("")]
    public void What_names_no_store_is_refused_without_repeating_it(string text)
    {
        var e = Assert.Throws<BadRequestException>(() => GymStores.Open(text, "nowhere", TimeProvider.System));
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
        Assert.Contains(text.Contains("localhost;Pass", StringComparison.Ordinal) ? "BACKSTEP_STORE_PASSWORD"
            : "connection string", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostgreSQL_that_is_away_is_told_in_words()
    {
        // Port 1 answers to nobody here.
        await using var store = GymStores.Open("Host=127.0.0.1;Port=1;Database=gym;Username=gym", "nowhere",
            TimeProvider.System);
        var e = await Assert.ThrowsAsync<StoreException>(() => store.PingAsync(Stop));
        Assert.Contains("PostgreSQL at 127.0.0.1:1, database gym", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such bits");
            return;
        }

        await using var test = await TestStore.OpenAsync(TestStore.Sqlite);
        foreach (string path in Directory.GetFiles(test.Folder, "gym.sqlite3*"))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("PRAGMA application_id = 1651995757; PRAGMA user_version = 99", "newer version")]
    [InlineData("CREATE TABLE somebodys (a)", "not a store of backstep-gym")]
    [InlineData(null, "damaged")]
    public async Task A_file_of_another_kind_is_refused_and_left_as_it_is(string? sql, string words)
    {
        string folder = Directory.CreateTempSubdirectory("gym-file-").FullName;
        string path = Path.Combine(folder, GymStores.FileName);
        if (sql == null)
        {
            await File.WriteAllTextAsync(path, new string('x', 5000), Stop);
        }
        else
        {
            await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Stop);
        }

        byte[] before = await File.ReadAllBytesAsync(path, Stop);
        await using (var store = GymStores.Open(null, folder, TimeProvider.System))
        {
            var e = await Assert.ThrowsAsync<StoreException>(() => store.PrepareAsync(Stop));
            Assert.Contains(words, e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(path, Stop));
        Directory.Delete(folder, recursive: true);
    }
}
