namespace Backstep.Gym.Messages;

/// <summary>
/// Strides of one clip, in order, as they wait in a gateway's outbox. Sent again, it is the same to the byte, until the
/// server has said that it is stored.
/// </summary>
/// <param name="Gateway">Whose outbox.</param>
/// <param name="Outbox">Which outbox: 16 hexadecimal digits, drawn when it was made. A batch's number alone could come
/// again after a disk was changed.</param>
/// <param name="Batch">Number in that outbox, from 1 up.</param>
/// <param name="Clip">Whose strides.</param>
/// <param name="Simulated">Whether no person walks.</param>
/// <param name="Flash">The flash that counts the clip's starts, as eight hexadecimal digits; all zeros when it did not
/// tell.</param>
/// <param name="Run">Which start of the clip the numbers count from, from 1 up: the clip's own (up to 65535), or from
/// 65536 up the gateway's where the clip cannot count its starts.</param>
/// <param name="Session">The clip's session that they belong to, 1 to 65535; null when that is not known, or they lie
/// in none.</param>
/// <param name="Strides">One at least, <see cref="MostStrides"/> at most.</param>
public sealed record StrideBatch(
    string Gateway,
    string Outbox,
    long Batch,
    string Clip,
    bool Simulated,
    string Flash,
    int Run,
    int? Session,
    IReadOnlyList<StrideLine> Strides)
{
    /// <summary>The most in one message: some 60 KB. Ours; brokers bound the size of a message.</summary>
    public const int MostStrides = 200;
}
