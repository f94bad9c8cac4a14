using Backstep.Gym.Messages;

namespace Backstep.Gym.Gateway;

/// <summary>
/// Writes the news of all clips into the outbox, those of a moment in one transaction: two hundred clips give 170
/// strides a second, and a disk bears some ten commits. What cannot be written waits in memory and is tried again; when
/// there is no more room, whoever brings news is told so, and has the clip keep them.
/// </summary>
/// <param name="outbox">The outbox; stays the caller's.</param>
/// <param name="time">The clock of the moments.</param>
/// <param name="log">Told of trouble, and of its end.</param>
public sealed partial class OutboxWriter(Outbox outbox, TimeProvider time, ILogger log) : IDisposable
{
    // Ours: short against the second in which a stride shall be on a page.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Lock _lines = new();
    private readonly Lock _file = new();
    private readonly SemaphoreSlim _signal = new(0);
    private List<OutboxEntry> _entries = [];
    private List<long> _stored = [];
    private List<RefusedBatch> _refused = [];

    /// <summary>New batches are on disk, or old ones are gone.</summary>
    public event Action? Written;

    /// <summary>The most entries that wait in memory. Ours: five minutes of a full gym, some 20 MB.</summary>
    internal int MostInLine { get; init; } = 50_000;

    /// <summary>Why nothing can be written now, in words; null when all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Batches on disk that nobody has confirmed.</summary>
    public long Waiting => Read(one => one.Waiting);

    /// <summary>Batches set aside.</summary>
    public long Refused => Read(one => one.Refused);

    /// <summary>A number for a run of a clip that cannot count its own. See <see cref="Outbox.NextRun"/>.</summary>
    public int NextRun() => outbox.NextRun();

    /// <summary>Puts news in line. From any thread.</summary>
    /// <returns>False when there is no room: they are not had.</returns>
    public bool TryPost(IReadOnlyList<OutboxEntry> entries)
    {
        lock (_lines)
        {
            if (_entries.Count + entries.Count > MostInLine)
            {
                return false;
            }

            _entries.AddRange(entries);
        }

        if (entries.Count > 0)
        {
            _signal.Release();
        }

        return true;
    }

    /// <summary>The server has stored batches, or refuses them. From any thread.</summary>
    public void Post(StoredBatches told)
    {
        lock (_lines)
        {
            _stored.AddRange(told.Batches);
            _refused.AddRange(told.Refused);
        }

        _signal.Release();
    }

    /// <summary>Looks something up. From any thread.</summary>
    /// <exception cref="OutboxException">It cannot be read.</exception>
    public T Read<T>(Func<Outbox, T> read)
    {
        lock (_file)
        {
            return read(outbox);
        }
    }

    /// <summary>Writes until cancelled, and then what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            await _signal.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await PauseAsync(Moment, cancellationToken).ConfigureAwait(false);
            while (!Write() && !cancellationToken.IsCancellationRequested)
            {
                await PauseAsync(pause, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            pause = FirstPause;
        }

        Write();
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    /// <summary>Writes all that is in line, now.</summary>
    /// <returns>Whether it is written.</returns>
    internal bool Write()
    {
        while (_signal.Wait(0))
        {
            // all of them are about what is in line now
        }

        var (entries, stored, refused) = Take();
        if (entries.Count + stored.Count + refused.Count == 0)
        {
            return true;
        }

        try
        {
            lock (_file)
            {
                outbox.Write(entries, stored, refused);
            }

            if (Trouble != null)
            {
                Trouble = null;
                LogWell();
            }
        }
        catch (OutboxException e)
        {
            PutBack(entries, stored, refused);
            if (Trouble == null)
            {
                LogTrouble(e.Message);
            }

            Trouble = e.Message;
            return false;
        }

        Written?.Invoke();
        return true;
    }

    private Task PauseAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        // Read by nobody: what is in line is written at the end all the same.
        return SilentAsync(Task.Delay(length, time, cancellationToken));

        static async Task SilentAsync(Task delay) =>
            await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private (List<OutboxEntry>, List<long>, List<RefusedBatch>) Take()
    {
        lock (_lines)
        {
            var taken = (_entries, _stored, _refused);
            (_entries, _stored, _refused) = ([], [], []);
            return taken;
        }
    }

    private void PutBack(List<OutboxEntry> entries, List<long> stored, List<RefusedBatch> refused)
    {
        lock (_lines)
        {
            _entries.InsertRange(0, entries);
            _stored.InsertRange(0, stored);
            _refused.InsertRange(0, refused);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "nothing can be kept: {Trouble}")]
    private partial void LogTrouble(string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "what waited is kept now")]
    private partial void LogWell();
}
