using System.Collections.Concurrent;

namespace Backstep.Link;

/// <summary>Carries what came on a radio's thread over to the thread that drives a link, in order. One for each
/// link.</summary>
public sealed class Mailbox : IDisposable
{
    private readonly ConcurrentQueue<Action> _letters = new();
    private readonly SemaphoreSlim _signal = new(0);

    /// <summary>Puts something in line. From any thread.</summary>
    public void Post(Action letter)
    {
        _letters.Enqueue(letter);
        _signal.Release();
    }

    /// <summary>Waits until something is there, at most so long.</summary>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_letters.IsEmpty)
        {
            await _signal.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Does all that is in line, on this thread.</summary>
    public void Deliver()
    {
        while (_letters.TryDequeue(out var letter))
        {
            _signal.Wait(0, CancellationToken.None);
            letter();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();
}
