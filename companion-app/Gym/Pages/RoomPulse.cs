using Backstep.Gym.Board;
using Backstep.Store;

namespace Backstep.Gym.Pages;

/// <summary>The room's clock: belts four times a second, a tick each second, and walks that are over.</summary>
internal sealed partial class RoomPulse(EventHub hub, RoomBook book, RoomDesk desk, TimeProvider time,
    ILogger<RoomPulse> log) : BackgroundService
{
    // Ours: no eye reads faster, and 60 belts stay cheap.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private const int PulsesPerTick = 4;
    private const int PulsesPerLook = 20;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(book.RunAsync(stoppingToken), BeatAsync(stoppingToken));

    private async Task BeatAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        for (long i = 1; await timer.WaitForNextTickAsync(stop).ConfigureAwait(false); i++)
        {
            hub.Pulse();
            if (i % PulsesPerTick == 0)
            {
                hub.Tick();
            }

            if (i % PulsesPerLook == 0)
            {
                await LookAsync(stop).ConfigureAwait(false);
            }
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            await desk.EndOverAsync(stop).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            LogTrouble(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "walks that are over could not be ended: {Trouble}")]
    private partial void LogTrouble(string trouble);
}
