using System.Collections.Concurrent;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Store;

namespace Backstep.Gym.Server;

/// <summary>What a gateway is to a clip.</summary>
public enum ClipVoice
{
    /// <summary>It speaks for it.</summary>
    Owner,

    /// <summary>It did: what waited in its outbox is still taken.</summary>
    Former,

    /// <summary>It never did, and may not now.</summary>
    Stranger,
}

/// <summary>Which gateway may speak for a clip. The first that tells of it; another one only when that one is offline,
/// has not told of it for <see cref="Patience"/>, or staff released the clip. The store decides, so that several
/// servers agree.</summary>
public sealed partial class ClipOwners(IGymStore store, IClipRegister register, TimeProvider time, GymMetrics metrics,
    ILogger log)
{
    /// <summary>How long an owner may be silent about a clip. Ours: longer than a gateway takes to restart.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Ours: a battery does not change faster, and 200 clips are 20 writes a second then.
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Held> _clips = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GatewayStatus> _gateways = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Clip, string Gateway), bool> _ever = new();

    /// <summary>Statuses as they were told last.</summary>
    public IEnumerable<GatewayStatus> Gateways => _gateways.Values;

    /// <summary>Reads what the store knows; to be called at first, and every few seconds then: staff may have released
    /// a clip, another server may have given it away.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var clip in await store.ClipsAsync(cancellationToken).ConfigureAwait(false))
        {
            Take(clip);
        }

        foreach (var one in await register.GatewaysAsync(cancellationToken).ConfigureAwait(false))
        {
            _ever[one] = true;
        }
    }

    /// <summary>A gateway told whether it is there.</summary>
    public void Hear(GatewayStatus status) => _gateways[status.Gateway] = status;

    /// <summary>Whether a gateway said, or its will did, that it is gone.</summary>
    public bool IsOffline(string gateway) =>
        _gateways.TryGetValue(gateway, out var status) && status.State == GatewayStatus.Offline;

    /// <summary>What a gateway is to a clip as far as is known here; nothing changes. <see cref="ClipVoice.Owner"/> for
    /// one that may become it.</summary>
    public ClipVoice VoiceOf(string clip, string gateway) => !_clips.TryGetValue(clip, out var held)
        || held.Gateway == gateway || MayTakeOver(held) ? ClipVoice.Owner
        : _ever.ContainsKey((clip, gateway)) ? ClipVoice.Former : ClipVoice.Stranger;

    /// <summary>A gateway told of a clip: it may become its owner by that.</summary>
    /// <param name="clip">Which.</param>
    /// <param name="gateway">Who told.</param>
    /// <param name="isSimulated">Whether it is no clip of anybody.</param>
    /// <param name="isNow">Whether it told how the clip is now; what waited in an outbox takes no clip back.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StoreException">The store did not answer; nothing is decided.</exception>
    public async Task<ClipVoice> HearAsync(string clip, string gateway, bool isSimulated, bool isNow,
        CancellationToken cancellationToken)
    {
        if (_clips.TryGetValue(clip, out var held) && held.Gateway == gateway)
        {
            held.ToldAt = time.GetTimestamp();
            return ClipVoice.Owner;
        }

        bool isFormer = _ever.ContainsKey((clip, gateway));
        if (held != null && ((isFormer && !isNow) || !MayTakeOver(held)))
        {
            return isFormer ? ClipVoice.Former : ClipVoice.Stranger;
        }

        var now = await register.ClaimAsync(clip, gateway, held?.Gateway, isSimulated, cancellationToken)
            .ConfigureAwait(false);
        Take(now);
        if (now.Gateway == gateway)
        {
            LogOwner(clip, gateway, held?.Gateway ?? "nobody");
            return ClipVoice.Owner;
        }

        return isFormer ? ClipVoice.Former : ClipVoice.Stranger;
    }

    /// <summary>A clip was told of: whether that was for its gateway to say. Writes down name, battery and firmware,
    /// now and then.</summary>
    /// <exception cref="StoreException">The store did not answer.</exception>
    public async Task<bool> HearAsync(ClipLive live, CancellationToken cancellationToken)
    {
        var voice = await HearAsync(live.Clip, live.Gateway, live.Simulated, isNow: true, cancellationToken)
            .ConfigureAwait(false);
        if (voice != ClipVoice.Owner)
        {
            metrics.Message("stranger");
            return false;
        }

        var held = _clips[live.Clip];
        held.Link = live.Link is ClipLive.Up or ClipLive.Lost or ClipLive.Waiting ? live.Link : null; // it is a label
        if (held.WrittenAt is not { } written || time.GetElapsedTime(written) >= WriteEvery)
        {
            held.WrittenAt = time.GetTimestamp();
            await register.SeeAsync(live.Clip, live.Name, live.Firmware, live.BatteryPercent, live.At,
                cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>How many clips there are of each link; "silent" for those that nobody told of lately.</summary>
    public IReadOnlyList<(string Link, int Count)> CountByLink() => [.. _clips.Values
        .GroupBy(held => held.Link == null || IsSilent(held) ? "silent" : held.Link)
        .Select(same => (same.Key, same.Count()))];

    private void Take(RoomClip clip)
    {
        var held = _clips.GetOrAdd(clip.Clip, _ => new Held { ToldAt = time.GetTimestamp() });
        if (held.Gateway != clip.Gateway)
        {
            (held.Gateway, held.ToldAt) = (clip.Gateway, time.GetTimestamp());
        }

        if (clip.Gateway is { } gateway)
        {
            _ever[(clip.Clip, gateway)] = true;
        }
    }

    private bool MayTakeOver(Held held) => held.Gateway is not { } owner || IsOffline(owner) || IsSilent(held);

    private bool IsSilent(Held held) => time.GetElapsedTime(held.ToldAt) > Patience;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Gateway} speaks for clip {Clip} now; before: {Former}")]
    private partial void LogOwner(string clip, string gateway, string former);

    // Fields are set one by one and read so: each is whole by itself.
    private sealed class Held
    {
        private long _toldAt;

        public string? Gateway { get; set; }

        public string? Link { get; set; }

        public long? WrittenAt { get; set; }

        public long ToldAt
        {
            get => Interlocked.Read(ref _toldAt);
            set => Interlocked.Exchange(ref _toldAt, value);
        }
    }
}
