using System.Collections.Concurrent;

namespace Backstep.Link;

/// <summary>Carries what came on a radio's thread over to the thread that drives a link, in order. One for each
/// link.</summary>
public sealed class Callbacks : IDisposable
{
    private readonly ConcurrentQueue<Action> _callbacks = new();
    private readonly SemaphoreSlim _signal = new(0);

    /// <summary>Puts something in line. From any thread.</summary>
    public void Post(Action callback)
    {
        _callbacks.Enqueue(callback);
        _signal.Release();
    }

    /// <summary>Waits until something is there, at most so long.</summary>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_callbacks.IsEmpty)
        {
            await _signal.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Does all that is in line, on this thread.</summary>
    public void Deliver()
    {
        while (_callbacks.TryDequeue(out var callback))
        {
            _signal.Wait(0, CancellationToken.None);
            callback();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();
}
