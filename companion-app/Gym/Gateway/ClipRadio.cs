using System.Collections.Concurrent;
using Backstep.Gym.Messages;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.Walks;
using Backstep.Walks.Events;

namespace Backstep.Gym.Gateway;

/// <summary>
/// Follows all clips that are near, over all adapters: looks for them, sets links up one by one, shares the links out
/// where there are fewer than clips. A clip in trouble waits, and holds up no other.
/// </summary>
/// <param name="adapters">The adapters; they stay the caller's.</param>
/// <param name="options">The gateway's.</param>
/// <param name="writer">Where what they tell is kept.</param>
/// <param name="tell">Gets how a clip is, once a second and when it changes.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of trouble.</param>
internal sealed partial class ClipRadio(IReadOnlyList<RadioAdapter> adapters, GatewayOptions options,
    OutboxWriter writer, Action<ClipLive> tell, TimeProvider time, ILogger log)
{
    // How often the links are shared out.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    // Ours: what has come is handed on at once; this is how often a silent clip is looked after.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // BlueZ gives a link up after 20 s (Device1.Connect); the others do not wait for longer.
    private static readonly TimeSpan SetUpPatience = TimeSpan.FromSeconds(25);

    // Lost for so long, a clip's link is of more use to another.
    private static readonly TimeSpan LostPatience = TimeSpan.FromMinutes(1);

    // A session is in the log 5 s after its end (firmware/Protocol/README.md, "Log").
    private static readonly TimeSpan BeforeSessions = TimeSpan.FromSeconds(7);

    private readonly ConcurrentDictionary<string, RadioClip> _clips = new();

    /// <summary>Told of each clip once, when its link is up for the first time.</summary>
    public Action<ClipLive>? Found { get; set; }

    /// <summary>Clips whose link is up.</summary>
    public int Followed => _clips.Values.Count(clip => clip.IsUp);

    /// <summary>Clips that are near and have none.</summary>
    public int Waiting => _clips.Values.Count(clip => clip is { IsFollowed: false, IsNear: true });

    /// <summary>When the links were last shared out: tells a watchdog that this works.</summary>
    public long LastBeat { get; private set; } = time.GetTimestamp();

    /// <summary>Follows until cancelled; then lets all clips go.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Task[] searches = [.. adapters.Select(adapter => adapter.RunAsync(OnSeen, cancellationToken))];
        while (!cancellationToken.IsCancellationRequested)
        {
            ShareOut(cancellationToken);
            foreach (var clip in _clips.Values.Where(one => one is { IsFollowed: false, IsNear: true }))
            {
                Tell(clip);
            }

            LastBeat = time.GetTimestamp();
            await Task.Delay(Beat, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll([.. searches, .. _clips.Values.Select(clip => clip.Turn)]).ConfigureAwait(false);
    }

    /// <summary>Gives a clip a command.</summary>
    /// <returns>Whether this gateway follows it.</returns>
    public bool TrySend(string clip, ControlCommand command)
    {
        if (!_clips.TryGetValue(clip, out var found) || !found.IsUp)
        {
            return false;
        }

        found.Orders.Enqueue(command);
        return true;
    }

    private void OnSeen(RadioAdapter adapter, SensorSighting sighting)
    {
        string id = ClipName.Of(sighting.Address);
        bool isWanted = options.Only.Count == 0 || options.Only.Any(word => word == id
            || string.Equals(word, sighting.Address, StringComparison.OrdinalIgnoreCase)
            || (sighting.Name is { } name && NameReading.IsSame(name, word)));
        if (isWanted)
        {
            _clips.GetOrAdd(id, _ => new RadioClip(id, new ClipPicture(options.Name, id, options.IsSimulated, time),
                time)).OnSeen(adapter.Name, sighting);
        }
    }

    private void ShareOut(CancellationToken cancellationToken)
    {
        bool canKeep = writer.Trouble == null;
        PlannedClip[] planned = [.. _clips.Values.Select(clip => clip.Planned(canKeep || clip.Intake != null))];
        var steps = RadioPlan.Decide(planned, adapters.Where(one => one.Bluetooth != null)
            .ToDictionary(one => one.Name, _ => options.LinksPerAdapter, StringComparer.Ordinal));
        foreach (string id in steps.LetGo)
        {
            _clips[id].LetGo();
        }

        foreach (var (id, name) in steps.Start)
        {
            var clip = _clips[id];
            if (clip.Turn.IsCompleted && clip.SightingOf(name) is { } sighting)
            {
                var adapter = adapters.First(one => one.Name == name);
                var letGo = clip.Begin(name, cancellationToken);
                clip.Turn = Task.Run(() => TurnAsync(clip, adapter, sighting, letGo), CancellationToken.None);
            }
        }
    }

    private async Task TurnAsync(RadioClip clip, RadioAdapter adapter, SensorSighting sighting,
        CancellationToken letGo)
    {
        bool hasFailed = false;
        try
        {
            clip.Intake ??= writer.Read(outbox => new ClipIntake(clip.Id, options.IsSimulated, outbox.HadOf(clip.Id),
                outbox.HandedOf(clip.Id), outbox.NextRun, time));
            var sensor = new FollowedSensor(adapter.Bluetooth ?? throw new SensorLinkException("the adapter is gone"),
                sighting, time, clip.Intake.Wanted());
            await using var close = sensor.ConfigureAwait(false);
            await FollowAsync(clip, adapter, sensor, letGo).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (letGo.IsCancellationRequested)
        {
            // others have their turn
        }
        catch (Exception e) when (e is SensorLinkException or BluetoothUnavailableException or OutboxException
            or ExplainedException or OperationCanceledException)
        {
            hasFailed = true;
            LogTrouble(clip.Id, OneLine.Of(e is OperationCanceledException ? "it does not answer" : e.Message));
        }
        catch (Exception e)
        {
            hasFailed = true;
            LogFault(e, clip.Id);
        }
        finally
        {
            clip.Intake?.LetGo();
            Post(clip);
            clip.End(hasFailed);
            Tell(clip);
        }
    }

    private async Task FollowAsync(RadioClip clip, RadioAdapter adapter, FollowedSensor sensor,
        CancellationToken letGo)
    {
        var intake = clip.Intake!;
        sensor.Received += received =>
        {
            clip.Picture.Apply(received);
            intake.Apply(received);
        };
        clip.Picture.Name = sensor.Name;
        await adapter.AloneAsync(async () =>
        {
            using var patience = new CancellationTokenSource(SetUpPatience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, letGo);
            await sensor.ConnectAsync(either.Token).ConfigureAwait(false);
        }, letGo).ConfigureAwait(false);
        clip.Picture.Firmware = await sensor.ReadFirmwareAsync(letGo).ConfigureAwait(false);
        if (clip.Picture.TakeDue() is { } first)
        {
            Found?.Invoke(first);
            tell(first);
        }

        await PumpAsync(clip, intake, sensor, letGo).ConfigureAwait(false);
    }

    private async Task PumpAsync(RadioClip clip, ClipIntake intake, FollowedSensor sensor, CancellationToken letGo)
    {
        long? lostAt = null;
        long? doubtAt = null;
        while (true)
        {
            await sensor.PumpAsync(Patience, letGo).ConfigureAwait(false);
            while (clip.Orders.TryDequeue(out var order))
            {
                sensor.Send(order);
            }

            clip.IsComplete = sensor.IsComplete;
            if (!Post(clip))
            {
                throw new SensorLinkException("there is no room for what it tells: it keeps that until there is");
            }

            Tell(clip);
            lostAt = clip.Picture.Link == ClipLive.Up ? null : lostAt ?? time.GetTimestamp();
            if (lostAt is { } lost && time.GetElapsedTime(lost) >= LostPatience)
            {
                throw new SensorLinkException("it was lost a minute ago, and does not come back");
            }

            if (intake.WantsSessions)
            {
                (intake.WantsSessions, doubtAt) = (false, time.GetTimestamp());
            }

            if (doubtAt is { } doubt && time.GetElapsedTime(doubt) >= BeforeSessions)
            {
                doubtAt = null;
                sensor.AskForSessions();
            }
        }
    }

    /// <summary>Hands on what is to be written. Where there is no room for it, the clip begins again from what is
    /// written.</summary>
    private bool Post(RadioClip clip)
    {
        if (clip.Intake is not { } intake)
        {
            return true;
        }

        clip.Picture.Flash = intake.Flash;
        if (writer.TryPost(intake.Take()))
        {
            return true;
        }

        clip.Intake = null;
        return false;
    }

    private void Tell(RadioClip clip)
    {
        if (clip.Picture.TakeDue() is { } live)
        {
            tell(live);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "clip {Clip}: {Trouble}")]
    private partial void LogTrouble(string clip, string trouble);

    [LoggerMessage(Level = LogLevel.Error, Message = "clip {Clip}: a fault in backstep-gym; please report it")]
    private partial void LogFault(Exception e, string clip);
}
