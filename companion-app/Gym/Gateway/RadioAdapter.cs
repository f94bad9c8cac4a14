using Backstep.Link;
using Backstep.Walks;

namespace Backstep.Gym.Gateway;

/// <summary>One of the computer's Bluetooth adapters: looks for clips now and then, and sets up one link at a time, not
/// both at once.</summary>
/// <param name="name">Such as hci0.</param>
/// <param name="open">Opens it; called again when it went away.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told when it cannot be used.</param>
public sealed partial class RadioAdapter(string name, Func<CancellationToken, Task<IBluetooth>> open,
    TimeProvider time, ILogger log) : IAsyncDisposable
{
    // A clip advertises several times a second (firmware/Sensor/Bluetooth/Advertiser.cs); a search that is missed is
    // made good by the next.
    private static readonly TimeSpan Search = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan BetweenSearches = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>The adapter, when it can be used.</summary>
    public IBluetooth? Bluetooth { get; private set; }

    /// <summary>Why it cannot be used, in words; null when it can, or was not tried.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Opens it and looks for clips until cancelled.</summary>
    public async Task RunAsync(Action<RadioAdapter, SensorSighting> onSeen, CancellationToken cancellationToken)
    {
        var pause = BetweenSearches;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Bluetooth ??= await open(cancellationToken).ConfigureAwait(false);
                await AloneAsync(() => SearchAsync(onSeen, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (Trouble != null)
                {
                    LogWell(Name);
                }

                (Trouble, pause) = (null, BetweenSearches);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // whatever a system's Bluetooth throws: the others work on, and this is tried again
            {
                if (Trouble != e.Message)
                {
                    LogTrouble(Name, OneLine.Of(e.Message));
                }

                (Trouble, pause) = (e.Message, pause * 2 < LongestPause ? pause * 2 : LongestPause);
                await DisposeAsync().ConfigureAwait(false);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does something while nothing else is set up or looked for on this adapter.</summary>
    public async Task AloneAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await action().ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Bluetooth is { } bluetooth)
        {
            Bluetooth = null;
            await bluetooth.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task SearchAsync(Action<RadioAdapter, SensorSighting> onSeen, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Search, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        await Bluetooth!.SearchAsync(sighting => onSeen(this, sighting), either.Token).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "adapter {Name} cannot be used: {Trouble}")]
    private partial void LogTrouble(string name, string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "adapter {Name} works again")]
    private partial void LogWell(string name);
}
