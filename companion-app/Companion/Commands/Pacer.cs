namespace Backstep.Companion.Commands;

/// <summary>Holds virtual time back to a multiple of real time.</summary>
/// <param name="time">Real time.</param>
/// <param name="speed">Virtual seconds in a real one; null for as fast as possible.</param>
public sealed class Pacer(TimeProvider time, double? speed)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Waits until real time has come as far.</summary>
    public async Task WaitForAsync(TimeSpan virtualTime, CancellationToken cancellationToken)
    {
        if (speed is { } factor)
        {
            var ahead = (virtualTime / factor) - time.GetElapsedTime(_start);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
