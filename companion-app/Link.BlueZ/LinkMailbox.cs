namespace Backstep.Link.BlueZ;

/// <summary>
/// What comes over a link on the bus thread, carried to the thread that drives it: values to whoever listens, and the
/// loss, once. Nothing of a link that is over is taken for one of the next.
/// </summary>
internal sealed class LinkMailbox : IDisposable
{
    // Values that nobody has fetched. A stride that is dropped for it leaves a gap in the numbers, and is asked for
    // again.
    private const int MostWaiting = 4096;

    private readonly Callbacks _callbacks = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Action<byte[]>> _listeners = new(StringComparer.Ordinal); // by path
    private string? _device;
    private int _waiting; // values that nobody has fetched
    private int _epoch; // counts links

    /// <summary>The path of the device while it is connected.</summary>
    public string? Device
    {
        get
        {
            lock (_gate)
            {
                return _device;
            }
        }
    }

    /// <summary>A link is up.</summary>
    public void Begin(string device)
    {
        lock (_gate)
        {
            _device = device;
            _epoch++;
        }
    }

    /// <summary>Who gets the values of a characteristic.</summary>
    public void Listen(string path, Action<byte[]> onValue)
    {
        lock (_gate)
        {
            _listeners[path] = onValue;
        }
    }

    /// <summary>Nobody does any more.</summary>
    public void Ignore(string path)
    {
        lock (_gate)
        {
            _listeners.Remove(path);
        }
    }

    /// <summary>A value came.</summary>
    public void OnValue(string path, byte[] value)
    {
        lock (_gate)
        {
            if (_device != null && _waiting < MostWaiting && _listeners.TryGetValue(path, out var listener))
            {
                Interlocked.Increment(ref _waiting);
                Post(() => listener(value), () => Interlocked.Decrement(ref _waiting));
            }
        }
    }

    /// <summary>The link went, by whomever but us.</summary>
    /// <param name="why">Says why, of the device.</param>
    /// <param name="lost">Is told so.</param>
    public void End(Func<string, string> why, Action<string> lost)
    {
        lock (_gate)
        {
            if (_device != null)
            {
                string reason = why(_device);
                _device = null;
                _listeners.Clear();
                Post(() => lost(reason), () => { });
            }
        }
    }

    /// <summary>The link is over, by us.</summary>
    /// <returns>The device that was connected; null for none.</returns>
    public string? Forget()
    {
        lock (_gate)
        {
            string? device = _device;
            _device = null;
            _epoch++;
            _listeners.Clear();
            return device;
        }
    }

    /// <summary>Hands on what has come; waits for it, at most so long.</summary>
    public async Task ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await _callbacks.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        _callbacks.Deliver();
    }

    /// <inheritdoc/>
    public void Dispose() => _callbacks.Dispose(); // nothing is posted any more: there is no device

    /// <summary>Under the gate.</summary>
    private void Post(Action callback, Action always)
    {
        int epoch = _epoch;
        _callbacks.Post(() =>
        {
            always();
            bool isCurrent;
            lock (_gate)
            {
                isCurrent = epoch == _epoch;
            }

            if (isCurrent)
            {
                callback();
            }
        });
    }
}
