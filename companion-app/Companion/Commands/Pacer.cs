namespace Backstep.Companion.Commands;

/// <summary>Holds virtual time back to a multiple of real time, and says when a screen is worth drawing again.</summary>
/// <param name="time">Real time.</param>
/// <param name="speed">Virtual seconds in a real one; null for as fast as possible.</param>
public sealed class Pacer(TimeProvider time, double? speed)
{
    /// <summary>A figure that changes oftener is not read.</summary>
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = time.GetTimestamp();
    private long? _lastFrame;

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

    /// <summary>Whether the last frame is old enough. Counts this one as drawn.</summary>
    public bool IsFrameDue()
    {
        if (_lastFrame is { } last && time.GetElapsedTime(last) < FrameInterval)
        {
            return false;
        }

        _lastFrame = time.GetTimestamp();
        return true;
    }
}
