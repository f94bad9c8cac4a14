using System.Diagnostics.Metrics;

namespace Backstep.Gym.Server;

/// <summary>What is counted. Names and units stand in README.md beside this file.</summary>
public sealed class GymMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Backstep.Gym";

    /// <summary>Bounds of the time from contact to store, in seconds: 1 s is the goal (ours).</summary>
    internal static readonly double[] LatencyBounds = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5, 10, 60, 600, 3600];

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _strides;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _storeErrors;
    private readonly Counter<long> _refusedConnections;
    private readonly Histogram<double> _latency;
    private readonly UpDownCounter<long> _eventStreams;

    /// <summary>Counts from nothing.</summary>
    public GymMetrics()
    {
        _strides = _meter.CreateCounter<long>("gym_strides",
            description: "Strides, by outcome: stored, known, refused.");
        _messages = _meter.CreateCounter<long>("gym_messages",
            description: "Messages with strides or a session, by outcome: stored, refused, withheld, unreadable; and "
                + "live ones that were passed over: stranger, bad.");
        _storeErrors = _meter.CreateCounter<long>("gym_store_errors", description: "Times the store did not answer.");
        _refusedConnections = _meter.CreateCounter<long>("gym_broker_refusals",
            description: "What the embedded broker refused: connection, publish, subscribe.");
        _latency = _meter.CreateHistogram("gym_contact_to_stored", unit: "s",
            description: "From the foot's contact to the store, by the gateway's clock.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LatencyBounds });
        _eventStreams = _meter.CreateUpDownCounter<long>("gym_event_streams",
            description: "Streams of events that pages hold open.");
    }

    /// <summary>Strides were stored, or were known.</summary>
    public void Kept(long stored, long known)
    {
        _strides.Add(stored, Outcome("stored"));
        _strides.Add(known, Outcome("known"));
    }

    /// <summary>Strides of a batch that will never be stored.</summary>
    public void Refused(int strides) => _strides.Add(strides, Outcome("refused"));

    /// <summary>What became of a message.</summary>
    public void Message(string outcome) => _messages.Add(1, Outcome(outcome));

    /// <summary>How long a stride took from contact to store.</summary>
    public void Latency(TimeSpan latency) => _latency.Record(Math.Max(0, latency.TotalSeconds));

    /// <summary>The store did not answer.</summary>
    public void StoreError() => _storeErrors.Add(1);

    /// <summary>The embedded broker refused something.</summary>
    public void BrokerRefusal(string what) =>
        _refusedConnections.Add(1, new KeyValuePair<string, object?>("what", what));

    /// <summary>A page opened (+1) or closed (-1) a stream of events.</summary>
    public void EventStream(int change) => _eventStreams.Add(change);

    /// <summary>Asks for the room's state whenever metrics are read.</summary>
    public void Watch(ClipOwners owners, Func<bool> isConnected)
    {
        _meter.CreateObservableGauge("gym_broker_connected", () => isConnected() ? 1 : 0,
            description: "Whether the keeper's link to the broker is up.");
        _meter.CreateObservableGauge("gym_gateways_online", () => owners.Gateways.Count(one => !owners.IsOffline(
            one.Gateway)), description: "Gateways that say that they are there.");
        _meter.CreateObservableGauge("gym_outbox_batches_waiting", () => owners.Gateways.Select(one =>
            new Measurement<long>(one.BatchesWaiting ?? 0, new KeyValuePair<string, object?>("gateway", one.Gateway))),
            description: "Batches that a gateway has not heard of yet.");
        _meter.CreateObservableGauge("gym_clips", () => owners.CountByLink().Select(one =>
            new Measurement<long>(one.Count, new KeyValuePair<string, object?>("link", one.Link))),
            description: "Clips by their link: up, lost, waiting, silent.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}
