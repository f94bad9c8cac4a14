using System.Text.Json.Serialization.Metadata;
using Backstep.Gym.Messages;
using Backstep.Gym.Mqtt;

namespace Backstep.Gym.Server;

/// <summary>Who sent a batch: what it is confirmed by.</summary>
internal readonly record struct BatchSender(string Gateway, string Outbox, long Batch);

/// <summary>A message, and what is to be done with it: stored, refused by name, or (neither) passed over.</summary>
internal sealed record CheckedMessage(BatchSender? Sender, StrideBatch? Strides, ClipSession? Session, string? Refusal)
{
    /// <summary>Passed over: acknowledged to the broker, and nobody is told.</summary>
    public static CheckedMessage PassedOver { get; } = new(null, null, null, null);

    /// <summary>Whether it is to be stored.</summary>
    public bool IsToBeStored => Sender != null && Refusal == null;
}

/// <summary>Tells what can be stored from what cannot, and from what is not for its sender to say.</summary>
internal sealed class BatchSieve(string gym, ClipOwners owners, GymMetrics metrics, TimeProvider time)
{
    /// <summary>Looks at one.</summary>
    /// <exception cref="Store.StoreException">Whose clip it is cannot be asked now.</exception>
    public async Task<CheckedMessage> CheckAsync(MqttReceived message, CancellationToken cancellationToken)
    {
        // A session that the broker kept was stored when it was told. Stored again it would come back after a walker
        // had it deleted. Nothing (0 bytes) takes such a message away.
        if (message.IsRetained || message.Payload.Length == 0
            || !GymTopics.TryClip(gym, message.Topic, out string clip, out string kind))
        {
            return CheckedMessage.PassedOver;
        }

        var read = kind == "strides" ? Strides(message, clip) : Session(message, clip);
        if (read.Sender is not { } sender)
        {
            metrics.Message("unreadable");
            return read;
        }

        // Of a stranger nothing is refused: what is refused is never sent again, and it may become the clip's gateway
        // within half a minute. Nor can anybody have another one's batch set aside by that.
        bool isSimulated = read.Strides?.Simulated ?? read.Session?.Simulated ?? false;
        var voice = read.Refusal == null
            ? await owners.HearAsync(clip, sender.Gateway, isSimulated, isNow: false, cancellationToken)
                .ConfigureAwait(false)
            : owners.VoiceOf(clip, sender.Gateway);
        if (voice == ClipVoice.Stranger)
        {
            metrics.Message("withheld");
            return CheckedMessage.PassedOver;
        }

        return read;
    }

    private CheckedMessage Strides(MqttReceived message, string clip) =>
        Read(message, MessageJson.Default.StrideBatch, out string problem) is not { } batch
            ? Unreadable(message, problem)
            : MessageChecks.Problem(batch, clip, time.GetUtcNow()) is { } wrong
                ? Unreadable(message, wrong) with { Strides = batch }
                : new CheckedMessage(new BatchSender(batch.Gateway, batch.Outbox, batch.Batch), batch, null, null);

    private CheckedMessage Session(MqttReceived message, string clip) =>
        Read(message, MessageJson.Default.ClipSession, out string problem) is not { } session
            ? Unreadable(message, problem)
            : MessageChecks.Problem(session, clip, time.GetUtcNow()) is { } wrong
                ? Unreadable(message, wrong)
                : new CheckedMessage(new BatchSender(session.Gateway, session.Outbox, session.Batch), null, session,
                    null);

    private static T? Read<T>(MqttReceived message, JsonTypeInfo<T> type, out string problem)
        where T : class => GymMessage.Read(message.Payload, type, out problem);

    // Refused by name where a name can be read at all.
    private static CheckedMessage Unreadable(MqttReceived message, string problem) =>
        MessageChecks.Salvage(message.Payload) is var (gateway, outbox, batch)
            ? new CheckedMessage(new BatchSender(gateway, outbox, batch), null, null, problem)
            : CheckedMessage.PassedOver;
}

/// <summary>What gateways are told after a transaction.</summary>
internal sealed class BatchAnswers
{
    private readonly Dictionary<(string Gateway, string Outbox), (List<long> Stored, List<RefusedBatch> Refused)>
        _answers = [];

    public void Stored(BatchSender sender) => Of(sender).Stored.Add(sender.Batch);

    public void Refused(BatchSender sender, string reason) =>
        Of(sender).Refused.Add(new RefusedBatch(sender.Batch, reason));

    public IEnumerable<(string Gateway, StoredBatches Answer)> ByGateway() => _answers.Select(one =>
        (one.Key.Gateway, new StoredBatches(one.Key.Outbox, [.. one.Value.Stored.Distinct()], one.Value.Refused)));

    private (List<long> Stored, List<RefusedBatch> Refused) Of(BatchSender sender)
    {
        if (!_answers.TryGetValue((sender.Gateway, sender.Outbox), out var answer))
        {
            _answers.Add((sender.Gateway, sender.Outbox), answer = ([], []));
        }

        return answer;
    }
}
