namespace Backstep.Link;

/// <summary>
/// Patience with the first contact: what passes in the middle of a walk, such as a link that breaks while it is being
/// set up or a sensor that is missed once, passes at its beginning, too.
/// </summary>
internal static class ConnectRetry
{
    // A radio's own time-out is some 20 s (BlueZ's page time-out, Device1.Connect): room for a second attempt after it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Ours: 20 s of waits (Backoff), should every attempt fail at once.
    private const int MostAttempts = 8;

    /// <summary>Tries again after what may pass, for half a minute at most; an attempt that has begun is let
    /// end.</summary>
    /// <param name="link">What time passes by.</param>
    /// <param name="time">The clock.</param>
    /// <param name="setUp">One attempt. It leaves nothing behind when it fails.</param>
    /// <param name="onWaiting">Told after an attempt that failed and that is not the last.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SensorLinkException">The last attempt's.</exception>
    public static async Task MakeAsync(ISensorLink link, TimeProvider time, Func<Task> setUp,
        Action<SensorLinkException, Backoff> onWaiting, CancellationToken cancellationToken)
    {
        var backoff = new Backoff();
        long start = time.GetTimestamp();
        while (true)
        {
            var wait = backoff.Wait;
            try
            {
                await setUp().ConfigureAwait(false);
                return;
            }
            catch (SensorLinkException e) when (!e.IsLasting && backoff.Attempts + 1 < MostAttempts
                && time.GetElapsedTime(start) < Patience)
            {
                backoff.Fail();
                onWaiting(e, backoff);
            }

            await WaitAsync(link, time, wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WaitAsync(ISensorLink link, TimeProvider time, TimeSpan wait,
        CancellationToken cancellationToken)
    {
        const int MostSlices = 100; // callbacks of a link that went may end each one early
        long start = time.GetTimestamp();
        for (int i = 0; i < MostSlices && time.GetElapsedTime(start) < wait; i++)
        {
            await link.ReceiveAsync(wait - time.GetElapsedTime(start), cancellationToken).ConfigureAwait(false);
        }
    }
}
