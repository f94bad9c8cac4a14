using System.Globalization;
using Backstep.Gym.Keeping;
using Npgsql;

namespace Backstep.Gym.Tests.Keeping;

/// <summary>A store of its own, gone with the test. PostgreSQL is tested where <see cref="Variable"/> names one:
/// tests/gym-services/run starts it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string Variable = "BACKSTEP_GYM_STORE";
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    private readonly string _folder = Directory.CreateTempSubdirectory("gym-store-").FullName;
    private readonly TimeProvider _time;
    private readonly List<GymStore> _open = [];

    private TestStore(string kind, TimeProvider? time)
    {
        _time = time ?? TimeProvider.System;
        Schema = "t" + Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture);
        Text = kind == Sqlite ? null : $"{PostgresText};Search Path={Schema}";
    }

    public static string? PostgresText => Environment.GetEnvironmentVariable(Variable);

    /// <summary>The stores that are tested here.</summary>
    public static TheoryData<string> Kinds => PostgresText == null ? [Sqlite] : [Sqlite, Postgres];

    public string Schema { get; }

    public string? Text { get; }

    public string Folder => _folder;

    public GymStore Store => _open[0];

    public static async Task<TestStore> OpenAsync(string kind, TimeProvider? time = null)
    {
        var test = new TestStore(kind, time);
        if (test.Text != null)
        {
            await test.SqlAsync($"CREATE SCHEMA {test.Schema}");
        }

        await (await test.AnotherAsync(prepare: false)).PrepareAsync(TestContext.Current.CancellationToken);
        return test;
    }

    /// <summary>The same store, opened once more, as by another server.</summary>
    public async Task<GymStore> AnotherAsync(bool prepare = true)
    {
        var store = GymStores.Open(Text, _folder, _time);
        _open.Add(store);
        if (prepare)
        {
            await store.PrepareAsync(TestContext.Current.CancellationToken);
        }

        return store;
    }

    /// <summary>Statements on PostgreSQL, and the first column of what they yield.</summary>
    public async Task<IReadOnlyList<string>> SqlAsync(string text)
    {
        var parts = new NpgsqlConnectionStringBuilder(Text)
        {
            Password = Environment.GetEnvironmentVariable(GymStores.PasswordVariable), Pooling = false,
        };
        await using var connection = new NpgsqlConnection(parts.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _open)
        {
            await store.DisposeAsync();
        }

        if (Text != null)
        {
            await SqlAsync($"DROP SCHEMA {Schema} CASCADE");
        }

        Directory.Delete(_folder, recursive: true);
    }
}
