using Backstep.Walks.Events;

namespace Backstep.Link;

/// <summary>Hands strides on in the order of their numbers, each once: what is later than the first that is missing
/// waits, unless nobody waits.</summary>
/// <param name="first">The first number that is missing.</param>
/// <param name="tell">Gets them, and what is lost for good.</param>
internal sealed class StrideOrder(uint first, Action<SensorEvent> tell)
{
    private readonly StrideLedger _ledger = new(first);
    private readonly SortedDictionary<uint, StrideReceived> _waiting = [];

    /// <summary>Nothing waits: what was missing comes later.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether any waits.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>As <see cref="StrideLedger.NextMissing"/>.</summary>
    public uint NextMissing => _ledger.NextMissing;

    /// <summary>As <see cref="StrideLedger.Newest"/>.</summary>
    public uint Newest => _ledger.Newest;

    /// <summary>As <see cref="StrideLedger.HasHole"/>.</summary>
    public bool HasHole => _ledger.HasHole;

    /// <summary>As <see cref="StrideLedger.Ahead"/>.</summary>
    public int Ahead => _ledger.Ahead;

    /// <summary>A stride came; again, or for the first time.</summary>
    public void Take(StrideReceived stride)
    {
        if (_ledger.Add(stride.Stride.Sequence))
        {
            _waiting.Add(stride.Stride.Sequence, stride);
            Release();
        }
    }

    /// <summary>Hands on what need not wait.</summary>
    public void Release() => Release(IsOpen ? uint.MaxValue : _ledger.NextMissing);

    /// <summary>Gives up what lies below a number: it is lost for good.</summary>
    public void GiveUpBelow(uint sequence)
    {
        foreach (var (first, last) in _ledger.GiveUpBelow(sequence))
        {
            Release(first);
            tell(new StridesLost(first, last));
        }

        Release();
    }

    /// <summary>The numbers begin anew; what is missing of the old ones is lost.</summary>
    public void Restart()
    {
        GiveUpBelow(_ledger.Newest);
        Release();
        _waiting.Clear();
        _ledger.Restart();
    }

    private void Release(uint below)
    {
        while (_waiting.Count > 0 && _waiting.First() is var (sequence, stride) && sequence < below)
        {
            _waiting.Remove(sequence);
            tell(stride);
        }
    }
}
