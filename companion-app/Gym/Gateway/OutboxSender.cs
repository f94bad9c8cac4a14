using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;

namespace Backstep.Gym.Gateway;

/// <summary>Sends what waits in the outbox, oldest first and only so much at once, and sends it again, to the byte,
/// until the server has said that it is stored: a broker's acknowledgement is not enough.</summary>
/// <param name="writer">The outbox.</param>
/// <param name="gym">Whose topics.</param>
/// <param name="publish">Gives one message to the broker.</param>
/// <param name="time">The clock of patience.</param>
/// <param name="log">Told what is refused.</param>
public sealed partial class OutboxSender(OutboxWriter writer, string gym,
    Func<string, WaitingBatch, CancellationToken, Task> publish, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Unconfirmed for so long, a batch is sent again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Dictionary<long, (WaitingBatch Batch, long? SentAt)> _inFlight = [];
    private readonly string _outbox = writer.Read(outbox => outbox.Identity);
    private long _last; // the highest number that was ever in flight

    /// <summary>The most that is under way and not confirmed. Ours: a full gym's second and a half; a server that
    /// confirms twice a second keeps up with it, and a day's backlog does not flood a broker.</summary>
    public int Window { get; init; } = 256;

    /// <summary>The link to the broker is up anew: nothing that was sent before counts as sent.</summary>
    public void OnConnected()
    {
        lock (_gate)
        {
            foreach (long id in _inFlight.Keys.ToArray())
            {
                _inFlight[id] = (_inFlight[id].Batch, null);
            }
        }

        Wake();
    }

    /// <summary>Something changed: look again.</summary>
    public void Wake() => _signal.Release();

    /// <summary>The server says what it has stored. Another outbox's is passed over.</summary>
    public void OnStored(StoredBatches told)
    {
        if (told.Outbox != _outbox)
        {
            return;
        }

        // Only what was sent can be stored: whoever says otherwise does not know, and nothing is lost for it.
        StoredBatches known;
        lock (_gate)
        {
            known = told with
            {
                Batches = [.. told.Batches.Where(_inFlight.ContainsKey).Distinct()],
                Refused = [.. told.Refused.Where(one => _inFlight.ContainsKey(one.Batch)).DistinctBy(one => one.Batch)],
            };
            foreach (long id in known.Batches.Concat(known.Refused.Select(one => one.Batch)))
            {
                _inFlight.Remove(id);
            }
        }

        foreach (var refused in known.Refused)
        {
            LogRefused(refused.Batch, Walks.OneLine.Of(refused.Reason));
        }

        if (known.Batches.Count + known.Refused.Count > 0)
        {
            writer.Post(known);
            Wake();
        }
    }

    /// <summary>Sends until cancelled.</summary>
    /// <param name="isConnected">Whether there is a link to send on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<bool> isConnected, CancellationToken cancellationToken)
    {
        writer.Written += Wake;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (isConnected())
                {
                    foreach (var batch in TakeDue())
                    {
                        _ = SendAsync(batch, cancellationToken);
                    }
                }

                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            writer.Written -= Wake;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    /// <summary>What is to be sent now. It counts as sent.</summary>
    internal IReadOnlyList<WaitingBatch> TakeDue()
    {
        lock (_gate)
        {
            var due = _inFlight.Values
                .Where(one => one.SentAt is not { } sent || time.GetElapsedTime(sent) >= Patience)
                .Select(one => one.Batch).OrderBy(batch => batch.Batch).ToList();
            int room = Window - _inFlight.Count;
            if (room > 0 && Fresh(room) is { Count: > 0 } fresh)
            {
                due.AddRange(fresh);
                _last = fresh[^1].Batch;
            }

            long now = time.GetTimestamp();
            foreach (var batch in due)
            {
                _inFlight[batch.Batch] = (batch, now);
            }

            return due;
        }
    }

    private IReadOnlyList<WaitingBatch> Fresh(int room)
    {
        try
        {
            return writer.Read(outbox => outbox.Next(_last, room));
        }
        catch (OutboxException e)
        {
            LogUnreadable(e.Message);
            return [];
        }
    }

    private async Task SendAsync(WaitingBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await publish(batch.IsSession ? GymTopics.Session(gym, batch.Clip) : GymTopics.Strides(gym, batch.Clip),
                batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MqttAwayException or OperationCanceledException)
        {
            // It is still in flight, and sent again when the link is up anew, or when it is not confirmed in time.
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(Beat, time, beat.Token);
        await Task.WhenAny(_signal.WaitAsync(beat.Token), delay).ConfigureAwait(false);
        await beat.CancelAsync().ConfigureAwait(false);
        while (_signal.Wait(0, CancellationToken.None))
        {
            // one look does for all of them
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the server will never store batch {Batch}, which is set aside: "
        + "{Reason}")]
    private partial void LogRefused(long batch, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "the outbox cannot be read: {Trouble}")]
    private partial void LogUnreadable(string trouble);
}
