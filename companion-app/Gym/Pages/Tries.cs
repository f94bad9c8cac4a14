namespace Backstep.Gym.Pages;

/// <summary>Counts tries of whoever: some are free, then each waits longer than the one before. What is old is
/// forgotten.</summary>
/// <param name="free">How many cost nothing.</param>
/// <param name="time">The clock.</param>
public sealed class Tries(int free, TimeProvider time)
{
    // Ours: 1 s, 2 s, 4 s, ... up to a quarter of an hour; a day of trying is a hundred guesses.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    // Ours: it bounds what somebody with many addresses can fill.
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset At)> _failed = new(StringComparer.Ordinal);

    /// <summary>How long to wait before the next try; zero: none.</summary>
    public TimeSpan Wait(string who)
    {
        lock (_gate)
        {
            return _failed.TryGetValue(who, out var failed) ? WaitOf(failed) : TimeSpan.Zero;
        }
    }

    /// <summary>A try failed.</summary>
    public void Fail(string who)
    {
        lock (_gate)
        {
            Forget();
            _failed[who] = (_failed.GetValueOrDefault(who).Count + 1, time.GetUtcNow());
        }
    }

    /// <summary>A try succeeded: what failed before is forgiven.</summary>
    public void Succeed(string who)
    {
        lock (_gate)
        {
            _failed.Remove(who);
        }
    }

    private TimeSpan WaitOf((int Count, DateTimeOffset At) failed)
    {
        int over = failed.Count - free;
        var wait = over < 0 ? TimeSpan.Zero
            : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(over, 20)), Longest.TotalSeconds));
        var left = failed.At + wait - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Forget()
    {
        if (_failed.Count < Most)
        {
            return;
        }

        // The oldest tenth at once: to look through all of them for each new one would be what an attacker wants.
        foreach (string who in _failed.OrderBy(one => one.Value.At).Take(Most / 10).Select(one => one.Key).ToArray())
        {
            _failed.Remove(who);
        }
    }
}
