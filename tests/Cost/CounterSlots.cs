namespace Backstep.Cost;

/// <summary>Who counts where in the one array of counters that all rewritten code shares.</summary>
internal sealed class CounterSlots
{
    /// <summary>Executed ops of everything.</summary>
    internal const int Ops = 0;

    /// <summary>Objects that the device would have put on its heap.</summary>
    internal const int Objects = 1;

    /// <summary>Bytes that those objects take there.</summary>
    internal const int Bytes = 2;

    private int _next = Bytes + 1;

    /// <summary>Method to the slot of its own ops; the slot after it counts how often it was entered, and the next one
    /// the bytes that it put on the device's heap.</summary>
    internal Dictionary<string, int> Methods { get; } = new(StringComparer.Ordinal);

    /// <summary>Methods outside the rewritten code whose bodies are unknown, to the slot that counts the
    /// calls.</summary>
    internal Dictionary<string, int> Unknown { get; } = new(StringComparer.Ordinal);

    internal int Count => _next;

    internal int OfMethod(string name) => Of(Methods, name, 3);

    internal int OfUnknown(string name) => Of(Unknown, name, 1);

    private int Of(Dictionary<string, int> slots, string name, int width)
    {
        if (!slots.TryGetValue(name, out int slot))
        {
            slots[name] = slot = _next;
            _next += width;
        }

        return slot;
    }
}
