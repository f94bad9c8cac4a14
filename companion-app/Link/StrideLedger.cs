namespace Backstep.Link;

/// <summary>Knows which strides have come, which are lacking, and which came before. Numbers run from 1 since the
/// sensor's start.</summary>
/// <param name="first">The first number that is lacking.</param>
public sealed class StrideLedger(uint first = 1)
{
    private readonly SortedSet<uint> _ahead = [];

    /// <summary>The first number that has not come.</summary>
    public uint NextMissing { get; private set; } = first;

    /// <summary>The highest number that has come, or was said to have come before; 0 for none.</summary>
    public uint Newest { get; private set; } = first - 1;

    /// <summary>Whether a later one has come, so that <see cref="NextMissing"/> was left out.</summary>
    public bool HasHole => _ahead.Count > 0;

    /// <summary>How many later ones have come.</summary>
    public int Ahead => _ahead.Count;

    /// <summary>Notes a number. False if it has come before.</summary>
    public bool Add(uint sequence)
    {
        if (sequence < NextMissing || !_ahead.Add(sequence))
        {
            return false;
        }

        Newest = Math.Max(Newest, sequence);
        CloseUp();
        return true;
    }

    /// <summary>The sensor no longer holds anything below a number: gives up on it.</summary>
    /// <returns>The numbers that are lost for good, as ranges.</returns>
    public IReadOnlyList<(uint First, uint Last)> GiveUpBelow(uint sequence)
    {
        var lost = new List<(uint, uint)>();
        while (NextMissing < sequence)
        {
            uint last = _ahead.Count > 0 && _ahead.Min <= sequence ? _ahead.Min - 1 : sequence - 1;
            lost.Add((NextMissing, last));
            NextMissing = last + 1;
            CloseUp();
        }

        return lost;
    }

    /// <summary>The sensor was started anew: its numbers begin again.</summary>
    public void Restart()
    {
        _ahead.Clear();
        (NextMissing, Newest) = (1, 0);
    }

    private void CloseUp()
    {
        while (_ahead.Remove(NextMissing))
        {
            NextMissing++;
        }
    }
}
