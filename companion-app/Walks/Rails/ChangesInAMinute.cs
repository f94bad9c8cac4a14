namespace Backstep.Walks.Rails;

/// <summary>Counts how often an answer changed, within a minute, that should have stayed.</summary>
public sealed class ChangesInAMinute
{
    private const double Seconds = 60; // a minute

    private readonly Queue<double> _changes = new();

    /// <summary>It changed.</summary>
    /// <returns>How many changes there were in the minute that ends with this one.</returns>
    public int Note(double seconds)
    {
        _changes.Enqueue(seconds);
        while (_changes.Peek() < seconds - Seconds)
        {
            _changes.Dequeue();
        }

        return _changes.Count;
    }

    /// <summary>From now on it may be another answer.</summary>
    public void Clear() => _changes.Clear();
}
