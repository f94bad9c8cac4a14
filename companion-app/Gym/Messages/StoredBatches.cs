namespace Backstep.Gym.Messages;

/// <summary>What of an outbox is stored, said after the transaction: the gateway may forget it now, and not
/// before.</summary>
/// <param name="Outbox">Which outbox.</param>
/// <param name="Batches">Which of its batches.</param>
/// <param name="Refused">Which of its batches will never be stored, each with the reason: the gateway keeps them aside
/// for a person to look at, and does not send them again.</param>
public sealed record StoredBatches(string Outbox, IReadOnlyList<long> Batches, IReadOnlyList<RefusedBatch> Refused);

/// <summary>A batch that the server will never store.</summary>
/// <param name="Batch">Which.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record RefusedBatch(long Batch, string Reason);
