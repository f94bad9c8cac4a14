using System.Runtime.CompilerServices;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Keeping;

/// <summary>The store over either database; see <see cref="GymStores.Open"/>.</summary>
public sealed class GymStore : IGymStore, IClipRegister
{
    // Ours: a page of an hour's strides is read in one go, and no table is held while whoever reads is slow.
    private const int RowsAtOnce = 2000;

    internal const string StridePage = """
        SELECT clip, flash, run, session, is_simulated, at, record, number FROM stride
        WHERE clip = $1 AND at >= $2 AND at < $3 AND (at, flash, run, number) > ($2, $4, $5, $6)
        ORDER BY at, flash, run, number LIMIT $7
        """;

    private readonly GymDatabase _database;
    private readonly IStrideTable _strides;
    private readonly TimeProvider _time;

    internal GymStore(GymDatabase database, IStrideTable strides, TimeProvider time) =>
        (_database, _strides, _time) = (database, strides, time);

    /// <inheritdoc/>
    public string Kind => _database.Kind;

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => _database.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(sql => sql.NumberAsync("SELECT 1"), cancellationToken);

    /// <summary>As the interface says. Strides are as <c>MessageChecks</c> lets them pass.</summary>
    /// <exception cref="Walks.BadInputException">Something in it can never be kept; nothing of it was.</exception>
    public async Task<KeepOutcome> KeepAsync(IReadOnlyList<StrideBatch> strides, IReadOnlyList<ClipSession> sessions,
        CancellationToken cancellationToken)
    {
        var rows = StrideRow.Of(strides);
        var now = _time.GetUtcNow();
        long added = await _strides.KeepAsync(_database, rows, sql => GymSessionTable.KeepAsync(sql, sessions, now),
            cancellationToken).ConfigureAwait(false);
        return new KeepOutcome(added, strides.Sum(batch => (long)batch.Strides.Count) - added);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RoomStride> StridesAsync(string clip, DateTimeOffset from, DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = (At: from, Flash: "", Run: 0, Number: 0L);
        List<RoomStride> page;
        do
        {
            var start = after;
            page = await _database.ReadAsync(sql => sql.RowsAsync(StrideRow.Read, StridePage, clip, start.At, until,
                start.Flash, start.Run, start.Number, RowsAtOnce), cancellationToken).ConfigureAwait(false);
            foreach (var stride in page)
            {
                yield return stride;
                after = (stride.At, stride.Flash, stride.Run, stride.Stride.Sequence);
            }
        }
        while (page.Count == RowsAtOnce);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClipSession>> SessionsAsync(string clip, DateTimeOffset from, DateTimeOffset until,
        CancellationToken cancellationToken) =>
        _database.ReadAsync(sql => GymSessionTable.ReadAsync(sql, clip, from, until), cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountStridesAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(sql => sql.NumberAsync("SELECT count(*) FROM stride"), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoomClip>> ClipsAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(ClipTable.ReadAsync, cancellationToken);

    /// <inheritdoc/>
    public Task KeepClipAsync(RoomClip clip, CancellationToken cancellationToken) =>
        _database.WriteAsync(sql => ClipTable.KeepAsync(sql, clip), cancellationToken);

    /// <inheritdoc/>
    public Task PlaceClipAsync(string clip, int? number, int? belt, CancellationToken cancellationToken) =>
        _database.WriteAsync(sql => sql.RunAsync("UPDATE clip SET number = $2, belt = $3 WHERE clip = $1", clip, number,
            belt), cancellationToken);

    /// <inheritdoc/>
    public Task<RoomClip> ClaimAsync(string clip, string gateway, string? from, bool isSimulated,
        CancellationToken cancellationToken) =>
        _database.WriteAsync(sql => ClipTable.ClaimAsync(sql, clip, gateway, from, isSimulated), cancellationToken);

    /// <inheritdoc/>
    public Task SeeAsync(string clip, string? name, string? firmware, int? batteryPercent, DateTimeOffset at,
        CancellationToken cancellationToken) => _database.WriteAsync(sql =>
            ClipTable.SeeAsync(sql, clip, name, firmware, batteryPercent, at), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Clip, string Gateway)>> GatewaysAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(ClipTable.GatewaysAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoomBelt>> BeltsAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(WalkTable.BeltsAsync, cancellationToken);

    /// <inheritdoc/>
    public Task KeepBeltAsync(RoomBelt belt, CancellationToken cancellationToken) => _database.WriteAsync(sql =>
        sql.RunAsync("INSERT INTO belt (number, key) VALUES ($1, $2) "
            + "ON CONFLICT (number) DO UPDATE SET key = excluded.key", belt.Number, belt.Key), cancellationToken);

    /// <inheritdoc/>
    public Task ForgetBeltAsync(int number, CancellationToken cancellationToken) => _database.WriteAsync(
        sql => sql.RunAsync("DELETE FROM belt WHERE number = $1", number), cancellationToken);

    /// <inheritdoc/>
    public Task KeepWalkAsync(BeltWalk walk, CancellationToken cancellationToken) =>
        _database.WriteAsync(sql => WalkTable.KeepAsync(sql, walk), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BeltWalk>> OpenWalksAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(WalkTable.OpenAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<BeltWalk?> WalkOfCodeAsync(string codeHash, CancellationToken cancellationToken) =>
        _database.ReadAsync(sql => WalkTable.OfCodeAsync(sql, codeHash), cancellationToken);

    /// <inheritdoc/>
    public Task ForgetWalkAsync(BeltWalk walk, CancellationToken cancellationToken) => _database.WriteAsync(
        sql => WalkTable.ForgetAsync(sql, walk, walk.EndedAt ?? _time.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public async Task<long> ForgetBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        await _database.WriteAsync(async sql =>
        {
            await GymSessionTable.ForgetBeforeAsync(sql, moment).ConfigureAwait(false);
            return await sql.RunAsync("DELETE FROM belt_walk WHERE ended_at < $1", moment).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return await _strides.ForgetBeforeAsync(_database, moment, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<GymUser>> UsersAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(UserTable.ReadAsync, cancellationToken);

    /// <inheritdoc/>
    public Task KeepUserAsync(GymUser user, CancellationToken cancellationToken) =>
        _database.WriteAsync(sql => UserTable.KeepAsync(sql, user), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> ForgetUserAsync(string name, CancellationToken cancellationToken) =>
        await _database.WriteAsync(sql => sql.RunAsync("DELETE FROM gym_user WHERE name = $1", name),
            cancellationToken).ConfigureAwait(false) > 0;

    /// <inheritdoc/>
    public Task<string?> SettingAsync(string key, CancellationToken cancellationToken) =>
        _database.ReadAsync(async sql => (await sql.RowsAsync(row => row.Text(0),
            "SELECT value FROM setting WHERE key = $1", key).ConfigureAwait(false)).FirstOrDefault(),
            cancellationToken);

    /// <inheritdoc/>
    public Task KeepSettingAsync(string key, string? value, CancellationToken cancellationToken) =>
        _database.WriteAsync(sql => value == null ? sql.RunAsync("DELETE FROM setting WHERE key = $1", key)
            : sql.RunAsync("INSERT INTO setting (key, value) VALUES ($1, $2) "
                + "ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
