using System.Collections.Concurrent;
using Backstep.Gym.Messages;
using Backstep.Link;
using Backstep.Protocol;

namespace Backstep.Gym.Gateway;

/// <summary>A clip that was heard: by which adapters, how its link stands, and what is to be told it.</summary>
/// <param name="id">As in topics.</param>
/// <param name="picture">What is known of it.</param>
/// <param name="time">The clock.</param>
internal sealed class RadioClip(string id, ClipPicture picture, TimeProvider time)
{
    // Heard of no more for so long, it is not near: it was switched off, or carried away.
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, (SensorSighting Sighting, long At)> _heard = new();
    private TimeSpan _pause = FirstPause;
    private long? _failedAt;
    private long? _freeSince;
    private long _linkedAt;
    private CancellationTokenSource? _letGo;

    /// <summary>As in topics.</summary>
    public string Id { get; } = id;

    /// <summary>What is known of it.</summary>
    public ClipPicture Picture { get; } = picture;

    /// <summary>What its strides go through; null before it was followed, and when it has to begin again from the
    /// outbox.</summary>
    public ClipIntake? Intake { get; set; }

    /// <summary>Commands that wait for the link.</summary>
    public ConcurrentQueue<ControlCommand> Orders { get; } = new();

    /// <summary>The adapter that has it; null for none.</summary>
    public string? Adapter { get; private set; }

    /// <summary>The link while it is held.</summary>
    public Task Turn { get; set; } = Task.CompletedTask;

    /// <summary>Whether all that it is known to hold has come.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether its link is up.</summary>
    public bool IsUp => Adapter != null && Picture.Link == ClipLive.Up;

    /// <summary>Whether it is near, or has a link.</summary>
    public bool IsNear => Adapter != null || _heard.Values.Any(one => time.GetElapsedTime(one.At) < Near);

    /// <summary>Whether a command can reach it.</summary>
    public bool IsFollowed => Adapter != null;

    /// <summary>An adapter heard it.</summary>
    public void OnSeen(string adapter, SensorSighting sighting)
    {
        _heard[adapter] = (sighting, time.GetTimestamp());
        Picture.Name = sighting.Name ?? Picture.Name;
        Picture.SignalDbm = sighting.SignalDbm ?? Picture.SignalDbm;
    }

    /// <summary>How it was heard there last; null for never.</summary>
    public SensorSighting? SightingOf(string adapter) =>
        _heard.TryGetValue(adapter, out var heard) ? heard.Sighting : null;

    /// <summary>A link to it is begun.</summary>
    /// <returns>Cancelled when it is to be let go.</returns>
    public CancellationToken Begin(string adapter, CancellationToken cancellationToken)
    {
        (Adapter, IsComplete, _linkedAt) = (adapter, false, time.GetTimestamp());
        _letGo = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return _letGo.Token;
    }

    /// <summary>It is to be let go, for others.</summary>
    public void LetGo() => _letGo?.Cancel();

    /// <summary>It has no link any more.</summary>
    /// <param name="hasFailed">Because something went wrong: then it is left alone for a while.</param>
    public void End(bool hasFailed)
    {
        _failedAt = hasFailed ? time.GetTimestamp() : null;
        _pause = !hasFailed ? FirstPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        _freeSince = time.GetTimestamp();
        if (!hasFailed && Adapter is { } adapter && _heard.TryGetValue(adapter, out var heard))
        {
            _heard[adapter] = (heard.Sighting, time.GetTimestamp());
        }

        Picture.Link = ClipLive.Waiting;
        Adapter = null;
        _letGo?.Dispose();
        _letGo = null;
    }

    /// <summary>As the plan sees it.</summary>
    /// <param name="mayBegin">Whether what it tells could be kept.</param>
    public PlannedClip Planned(bool mayBegin) => new(Id, Adapter, _letGo?.IsCancellationRequested == true,
        Picture.IsWalking, IsComplete, Adapter == null ? TimeSpan.Zero : time.GetElapsedTime(_linkedAt),
        _freeSince is { } since ? time.GetElapsedTime(since) : null,
        mayBegin && !(_failedAt is { } failed && time.GetElapsedTime(failed) < _pause),
        _heard.Where(one => time.GetElapsedTime(one.Value.At) < Near)
            .ToDictionary(one => one.Key, one => one.Value.Sighting.SignalDbm, StringComparer.Ordinal));
}
