using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Board;

/// <summary>What the room shows: messages in, a view of each belt out. Knows nothing of MQTT and HTTP. May be used from
/// everywhere at once.</summary>
public sealed class BoardModel(RoomBook book, BoardOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ClipModel> _clips = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GatewayClock> _clocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (GatewayStatus Status, long At)> _gateways = new(StringComparer.Ordinal);
    private SortedDictionary<int, BeltState> _belts = [];
    private long _version;

    /// <summary>For the pages, too.</summary>
    public BoardOptions Options => options;

    /// <summary>Takes what a clip tells of itself; false when it is nonsense, old, or not its gateway's to
    /// tell.</summary>
    public bool Apply(ClipLive live)
    {
        if (!BoardChecks.IsGood(live) || !book.Room.MaySpeak(live.Gateway, live.Clip))
        {
            return false;
        }

        lock (_gate)
        {
            return Clock(live.Gateway)?.Hear(live.At, time.GetUtcNow()) < BoardOptions.Stale
                && Clip(live.Clip)?.Apply(live) == true;
        }
    }

    /// <summary>Takes strides; false when they are nonsense, or not that gateway's to tell.</summary>
    public bool Apply(StrideBatch batch)
    {
        if (BoardChecks.Strides(batch) is not { } strides || !book.Room.MaySpeak(batch.Gateway, batch.Clip))
        {
            return false;
        }

        lock (_gate)
        {
            if (Clock(batch.Gateway) is not { } clock || Clip(batch.Clip) is not { } clip)
            {
                return false;
            }

            var now = time.GetUtcNow();
            clip.Apply(batch, strides.Select(one => (one.Stride, one.At,
                IsLate: IsLate(clock.Age(one.At, now)))));
            return true;
        }
    }

    /// <summary>Takes a session at its end; false when it is nonsense. What it says, the clip itself tells, too: it is
    /// looked at by who keeps it.</summary>
    public bool Apply(ClipSession session) =>
        BoardChecks.IsGood(session) && book.Room.MaySpeak(session.Gateway, session.Clip);

    /// <summary>Takes a gateway's word; false when it is nonsense.</summary>
    public bool Apply(GatewayStatus status)
    {
        if (!BoardChecks.IsGood(status))
        {
            return false;
        }

        lock (_gate)
        {
            if (!_gateways.ContainsKey(status.Gateway) && _gateways.Count >= BoardOptions.MostClips)
            {
                return false;
            }

            _gateways[status.Gateway] = (status, time.GetTimestamp());
            return true;
        }
    }

    /// <summary>Works out what every belt shows now. Call it a few times a second: cues move on with the
    /// clock.</summary>
    /// <returns>The newest version.</returns>
    public long Tick()
    {
        var room = book.Room;
        lock (_gate)
        {
            var belts = new SortedDictionary<int, BeltState>();
            foreach (var belt in room.Belts)
            {
                var view = View(belt, room);
                belts[belt.Number] = _belts.TryGetValue(belt.Number, out var before) && before.View == view ? before
                    : new BeltState(view, ++_version);
            }

            _version += _belts.Keys.Any(number => !belts.ContainsKey(number)) ? 1 : 0;
            _belts = belts;
            return _version;
        }
    }

    /// <summary>All belts as of the last <see cref="Tick"/>, by number.</summary>
    public IReadOnlyList<BeltState> Belts()
    {
        lock (_gate)
        {
            return [.. _belts.Values];
        }
    }

    /// <summary>One of them; null for none.</summary>
    public BeltView? Belt(int number)
    {
        lock (_gate)
        {
            return _belts.GetValueOrDefault(number)?.View;
        }
    }

    /// <summary>For how many whole seconds each belt's clip has been silent, where that is two or more.</summary>
    public IReadOnlyList<(int Belt, int Seconds)> Silent()
    {
        var room = book.Room;
        lock (_gate)
        {
            return [.. room.Belts.Select(belt => (belt.Number, Of(belt.Number, room)))
                .Where(one => one.Item2 is { SilentFor.TotalSeconds: >= 2 })
                .Select(one => (one.Number, (int)Math.Min(one.Item2!.SilentFor.TotalSeconds, int.MaxValue)))];
        }
    }

    /// <summary>All clips: those of the store, and those that are heard and not yet there.</summary>
    public IReadOnlyList<ClipView> Clips()
    {
        var room = book.Room;
        lock (_gate)
        {
            var names = room.Clips.Select(clip => clip.Clip).Union(_clips.Keys, StringComparer.Ordinal);
            return [.. names.Select(name => ViewOf(name, room.Clip(name), _clips.GetValueOrDefault(name)))
                .OrderBy(clip => clip.Number ?? int.MaxValue).ThenBy(clip => clip.Clip, StringComparer.Ordinal)];
        }
    }

    /// <summary>All gateways.</summary>
    public IReadOnlyList<GatewayView> Gateways()
    {
        lock (_gate)
        {
            return [.. _gateways.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => new GatewayView(one.Value.Status, time.GetElapsedTime(one.Value.At)))];
        }
    }

    /// <summary>When a walk ended of itself: its clip's session is over, or the clip is at another belt; null while it
    /// goes on.</summary>
    public DateTimeOffset? EndOf(BeltWalk walk)
    {
        var its = book.Room.Clip(walk.Clip);
        lock (_gate)
        {
            var clip = _clips.GetValueOrDefault(walk.Clip);
            var active = clip?.ActiveAt > walk.BegunAt ? clip.ActiveAt : null;
            return its != null && its.Belt != walk.Belt ? active ?? time.GetUtcNow()
                : clip is { IsStale: false, Live.State: "ended" or "idle" } ? active
                : time.GetUtcNow() - walk.BegunAt > LongestWalk ? active ?? walk.BegunAt + LongestWalk
                : null;
        }
    }

    // Ours: whoever forgot to end it is gone by then.
    private static readonly TimeSpan LongestWalk = TimeSpan.FromHours(3);

    private static bool IsLate(TimeSpan age) => age > BoardOptions.Late || age < -BoardOptions.Late;

    private ClipModel? Clip(string name)
    {
        if (!_clips.TryGetValue(name, out var clip) && _clips.Count < BoardOptions.MostClips)
        {
            _clips[name] = clip = new ClipModel(options, time);
        }

        return clip;
    }

    private GatewayClock? Clock(string gateway)
    {
        if (!_clocks.TryGetValue(gateway, out var clock) && _clocks.Count < BoardOptions.MostClips)
        {
            _clocks[gateway] = clock = new GatewayClock();
        }

        return clock;
    }

    /// <summary>The clip that a belt shows: of several that are assigned to it the one that spoke last.</summary>
    private ClipModel? Of(int belt, Room room) => room.ClipsOf(belt)
        .Select(clip => _clips.GetValueOrDefault(clip.Clip)).Where(clip => clip?.Live != null)
        .MinBy(clip => clip!.SilentFor);

    private BeltView View(RoomBelt belt, Room room)
    {
        var walk = room.WalkAt(belt.Number);
        string? nickname = walk is { IsOnWall: true }
            ? RoomText.Name(walk.Nickname, RoomText.LongestNickname) : null;
        return !room.ClipsOf(belt.Number).Any()
            ? new BeltView(belt.Number, null, BeltView.Free, IsStale: false, IsSimulated: false)
            : Of(belt.Number, room) is { } clip ? BeltViews.Of(belt.Number, nickname, walk?.Target, clip)
            : new BeltView(belt.Number, nickname, "idle", IsStale: true,
                room.ClipsOf(belt.Number).Any(one => one.Simulated));
    }

    private static ClipView ViewOf(string name, RoomClip? kept, ClipModel? heard) => new(
        Clip: name,
        Number: kept?.Number,
        Name: RoomText.Name(heard?.Live?.Name ?? kept?.Name, RoomText.LongestName),
        Belt: kept?.Belt,
        Gateway: heard?.Live?.Gateway ?? kept?.Gateway,
        IsSimulated: heard?.Live?.Simulated ?? kept?.Simulated ?? false,
        Firmware: RoomText.Name(heard?.Live?.Firmware ?? kept?.Firmware, RoomText.LongestName),
        BatteryPercent: heard?.Live?.BatteryPercent ?? kept?.BatteryPercent,
        SignalDbm: heard?.Live?.SignalDbm,
        Link: heard?.Live?.Link,
        State: heard?.Live?.State,
        SilentFor: heard?.Live == null ? null : heard.SilentFor);
}
