using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace Backstep.Gym.Gateway;

/// <summary>Tells systemd (sd_notify(3)) when a service is ready, that it works on, and that it stops. Whoever
/// started it otherwise hears nothing.</summary>
/// <param name="notifier">The socket of systemd.</param>
/// <param name="time">The clock.</param>
/// <param name="watchdog">How often systemd wants a sign; null when it wants none.</param>
internal sealed class ServiceNotice(ISystemdNotifier notifier, TimeProvider time, TimeSpan? watchdog)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>What systemd set in the environment: WATCHDOG_USEC, in microseconds.</summary>
    public static TimeSpan? WatchdogOf(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long told) && told > 0
            ? TimeSpan.FromMicroseconds(told) : null;

    /// <summary>Tells until cancelled.</summary>
    /// <param name="isReady">Whether it is ready.</param>
    /// <param name="isAlive">Whether what does the work has done some lately: a sign that comes from elsewhere would
    /// say nothing.</param>
    /// <param name="cancellationToken">It stops.</param>
    public async Task RunAsync(Func<bool> isReady, Func<bool> isAlive, CancellationToken cancellationToken)
    {
        bool isTold = false;
        long? signAt = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!isTold && isReady())
            {
                isTold = true;
                notifier.Notify(ServiceState.Ready);
            }

            // Half the time, as sd_watchdog_enabled(3) recommends.
            if (watchdog is { } length && isAlive() && !(signAt is { } at && time.GetElapsedTime(at) < length / 2))
            {
                signAt = time.GetTimestamp();
                notifier.Notify(new ServiceState("WATCHDOG=1"));
            }

            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        notifier.Notify(ServiceState.Stopping);
    }
}
