using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Backstep.Gym.Keeping;
using Backstep.Gym.Mqtt;

namespace Backstep.Gym.Server;

/// <summary>Who may come in to the embedded broker: users of the store, and parts of this very process by a secret that
/// was drawn at its start. Without any user, and on loopback only, anybody may listen.</summary>
public sealed class BrokerGuests(IGymStore store, TimeProvider time, bool isLoopback)
    : IDisposable
{
    // Ours: ten wrong passwords a minute from one address. Whoever has been let in before is not counted: a gateway
    // behind the same address is not shut out by somebody who tries.
    private const int TriesPerMinute = 10;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Ours: a user that staff took away is out at the next connection after that.
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    // Addresses that are remembered; beyond it the table begins anew. Ours.
    private const int MostAddresses = 10_000;

    private const string InProcess = "inprocess.";

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, byte[]> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IPAddress, (long Since, int Tries)> _tries = new();
    private readonly SemaphoreSlim _hashing = new(1, 1);
    private IReadOnlyDictionary<string, GymUser>? _users;
    private long _readAt;

    /// <summary>What a part of this process calls itself by: no user of the store is needed for it.</summary>
    public BrokerAddress Inside(BrokerAddress broker, GymRole role, string name) => broker with
    {
        User = name, Password = InProcess + Convert.ToHexString(Mark(role, name)),
    };

    /// <summary>What somebody may who says a name and a password; null when nothing: wrong, or tried too
    /// often.</summary>
    /// <exception cref="Store.StoreException">The store cannot be asked.</exception>
    public async Task<GymRole?> RoleOfAsync(string? name, string? password, IPAddress? from)
    {
        if (password?.StartsWith(InProcess, StringComparison.Ordinal) == true && name != null)
        {
            return RoleInside(name, password[InProcess.Length..]);
        }

        var users = await UsersAsync().ConfigureAwait(false);
        if (string.IsNullOrEmpty(name))
        {
            return isLoopback && users.Count == 0 ? GymRole.Reader : null;
        }

        users.TryGetValue(name, out var user);
        byte[] mark = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{user?.PasswordHash}\n{password}"));
        if (user != null && _known.TryGetValue(name, out byte[]? known)
            && CryptographicOperations.FixedTimeEquals(known, mark))
        {
            return user.Role;
        }

        if (!MayTry(from ?? IPAddress.None) || user == null || password == null)
        {
            return null;
        }

        // One at a time: a hash is tens of milliseconds of a core by design.
        await _hashing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!await Task.Run(() => PasswordHashing.IsRight(user, password)).ConfigureAwait(false))
            {
                return null;
            }
        }
        finally
        {
            _hashing.Release();
        }

        _known[name] = mark;
        return user.Role;
    }

    /// <inheritdoc/>
    public void Dispose() => _hashing.Dispose();

    private GymRole? RoleInside(string name, string hex)
    {
        foreach (var role in Enum.GetValues<GymRole>())
        {
            byte[] right = Encoding.ASCII.GetBytes(Convert.ToHexString(Mark(role, name)));
            if (CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(hex)))
            {
                return role;
            }
        }

        return null;
    }

    private byte[] Mark(GymRole role, string name) => HMACSHA256.HashData(_secret,
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{role} {name}")));

    private bool MayTry(IPAddress address)
    {
        if (_tries.Count > MostAddresses)
        {
            _tries.Clear();
        }

        var (_, tries) = _tries.AddOrUpdate(address, _ => (time.GetTimestamp(), 1), (_, before) =>
            time.GetElapsedTime(before.Since) >= Minute ? (time.GetTimestamp(), 1) : (before.Since, before.Tries + 1));
        return tries <= TriesPerMinute;
    }

    private async Task<IReadOnlyDictionary<string, GymUser>> UsersAsync()
    {
        if (_users is not { } users || time.GetElapsedTime(_readAt) >= ReadEvery)
        {
            users = (await store.UsersAsync(CancellationToken.None).ConfigureAwait(false))
                .ToDictionary(user => user.Name, StringComparer.Ordinal);
            (_users, _readAt) = (users, time.GetTimestamp());
        }

        return users;
    }
}
