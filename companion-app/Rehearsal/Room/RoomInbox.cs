using System.Threading.Channels;

namespace Backstep.Rehearsal.Room;

/// <summary>What a clip has told and nobody has taken yet; handed on by whoever drives the link.</summary>
/// <param name="most">What waits at most: of more the oldest goes; null for all.</param>
/// <param name="time">Real time.</param>
internal sealed class RoomInbox(int? most, TimeProvider time)
{
    private readonly Channel<Action> _waiting = most is { } bound
        ? Channel.CreateBounded<Action>(new BoundedChannelOptions(bound)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
        })
        : Channel.CreateUnbounded<Action>();

    /// <summary>Puts something in. From any thread.</summary>
    public void Put(Action news) => _waiting.Writer.TryWrite(news);

    /// <summary>Waits until something is there, at most so long, and hands on all of it.</summary>
    public async Task HandOnAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!_waiting.Reader.TryPeek(out _))
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var waits = _waiting.Reader.WaitToReadAsync(enough.Token).AsTask();
            await Task.WhenAny(waits, Task.Delay(patience, time, enough.Token)).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        while (_waiting.Reader.TryRead(out var news))
        {
            news();
        }
    }
}
