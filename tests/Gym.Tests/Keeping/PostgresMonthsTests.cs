using Backstep.Gym.Keeping;
using static Backstep.Gym.Tests.Keeping.Told;

namespace Backstep.Gym.Tests.Keeping;

/// <summary>Months as tables, and that what is asked is answered by an index.</summary>
public sealed class PostgresMonthsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<TestStore> OpenAsync()
    {
        Assert.SkipWhen(TestStore.PostgresText == null, $"{TestStore.Variable} names no PostgreSQL");
        return TestStore.OpenAsync(TestStore.Postgres);
    }

    [Fact]
    public async Task A_runs_month_is_its_first_strides_and_months_are_dropped_whole()
    {
        await using var test = await OpenAsync();
        await test.Store.KeepAsync([Batch(1, "clip-1", Numbers(1, 50)),
            Batch(2, "clip-1", Numbers(51, 50), at: Noon.AddDays(3)),
            Batch(3, "clip-2", Numbers(1, 10), at: Noon.AddDays(3))], [], Stop);
        Assert.Equal(["stride_2026_01", "stride_2026_02"], await MonthsAsync(test));
        Assert.Equal(["100"], await SqlAsync(test, "SELECT count(*) FROM stride_2026_01"));

        // The run's strides of February keep January's table alive, which loses what is older.
        Assert.Equal(50, await test.Store.ForgetBeforeAsync(Noon.AddDays(2), Stop));
        Assert.Equal(["stride_2026_01", "stride_2026_02"], await MonthsAsync(test));
        Assert.Equal(60, await test.Store.ForgetBeforeAsync(Noon.AddDays(30), Stop));
        Assert.Empty(await MonthsAsync(test));
        Assert.Equal(["0"], await SqlAsync(test, "SELECT count(*) FROM stride_run"));
    }

    [Fact]
    public async Task Months_that_are_dropped_while_others_write_into_them_lose_nothing_young()
    {
        await using var test = await OpenAsync();
        var other = await test.AnotherAsync();
        for (int round = 0; round < 10; round++)
        {
            int run = round + 1;
            var old = Batch(1, "clip-1", Numbers(1, 20), run);
            var young = Batch(2, "clip-2", Numbers(1, 20), run, at: Noon.AddDays(60));
            await Task.WhenAll(test.Store.KeepAsync([old, young], [], Stop), other.KeepAsync([young, old], [], Stop),
                other.ForgetBeforeAsync(Noon.AddDays(30), Stop));
        }

        await test.Store.ForgetBeforeAsync(Noon.AddDays(30), Stop);
        Assert.Equal(200, await test.Store.CountStridesAsync(Stop));
    }

    [Fact]
    public async Task What_is_asked_is_found_by_an_index()
    {
        await using var test = await OpenAsync();
        await test.Store.KeepAsync([Batch(1, "clip-1", Numbers(1, 1)),
            Batch(2, "clip-1", Numbers(1, 1), run: 8, at: Noon.AddDays(20))], [Session(1, "clip-1")], Stop);
        await SqlAsync(test, """
            INSERT INTO stride SELECT month, 'clip-' || clip, '0a1b2c3d', 9, number, 1, true,
                month + number * interval '10 s', '\x00'
            FROM generate_series(1, 50) clip, generate_series(1, 1000) number,
                (VALUES (date '2026-01-01'), ('2026-02-01')) AS months (month);
            INSERT INTO belt_walk SELECT 'w' || i, 1, 'clip-1', now(), CASE WHEN i > 3 THEN now() END, null, null, true,
                'h' || i FROM generate_series(1, 20000) i;
            INSERT INTO session SELECT 'clip-' || i % 50, '0a1b2c3d', 0, i, now(), now() - i * interval '1 min', now(),
                1, '' FROM generate_series(10, 20000) i;
            ANALYZE stride; ANALYZE belt_walk; ANALYZE session
            """);
        string[] asked =
        [
            GymStore.StridePage.Replace("$1", "'clip-7'", StringComparison.Ordinal)
                .Replace("$2", "timestamptz '2026-02-01 01:00Z'", StringComparison.Ordinal)
                .Replace("$3", "timestamptz '2026-02-01 01:10Z'", StringComparison.Ordinal)
                .Replace("$4", "''", StringComparison.Ordinal).Replace("$5", "0", StringComparison.Ordinal)
                .Replace("$6", "0", StringComparison.Ordinal).Replace("$7", "2000", StringComparison.Ordinal),
            "SELECT 1 FROM belt_walk WHERE code_hash = 'h77'",
            "SELECT 1 FROM belt_walk WHERE ended_at IS NULL",
            "SELECT told FROM session WHERE clip = 'clip-7' AND ended_at > now() - interval '1 h'",
        ];
        foreach (string text in asked)
        {
            string plan = string.Join('\n', await SqlAsync(test, "EXPLAIN " + text));
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.Contains("Index", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_newer_layout_is_refused_and_left_as_it_is()
    {
        await using var test = await OpenAsync();
        await SqlAsync(test, "INSERT INTO gym_layout VALUES (99)");
        var e = await Assert.ThrowsAsync<Store.StoreException>(() => test.AnotherAsync());
        Assert.Contains("newer version", e.Message, StringComparison.Ordinal);
        Assert.Equal(["99"], await SqlAsync(test, "SELECT max(layout) FROM gym_layout"));
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_any_password()
    {
        await using var test = await OpenAsync();
        var parts = new Npgsql.NpgsqlConnectionStringBuilder(test.Text) { Password = "not-the-right-one" };
        await using var store = new GymStore(new PostgresGymDatabase(parts, TimeProvider.System), new PostgresStrides(),
            TimeProvider.System);
        var e = await Assert.ThrowsAsync<Store.StoreException>(() => store.PingAsync(Stop));
        Assert.Contains("password authentication failed", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-right-one", e.ToString(), StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<string>> MonthsAsync(TestStore test) => SqlAsync(test, "SELECT relname FROM "
        + "pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'stride'::regclass ORDER BY relname");

    private static Task<IReadOnlyList<string>> SqlAsync(TestStore test, string text) => test.SqlAsync(text);
}
