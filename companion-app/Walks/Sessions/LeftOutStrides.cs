using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>Strides that came and are in no session: so many, and no stride twice.</summary>
internal sealed class LeftOutStrides
{
    private readonly HashSet<(int Sensor, int Run, uint Sequence)> _strides = [];

    /// <summary>How many.</summary>
    public int Count => _strides.Count;

    /// <summary>Notes one.</summary>
    public void Add(int sensor, int run, uint sequence) => _strides.Add((sensor, run, sequence));

    /// <summary>Notes those of a session that could not be told whose it is.</summary>
    public void Add(int sensor, SessionWalkedAlone alone)
    {
        foreach (var stride in alone.Strides)
        {
            Add(sensor, alone.Start.Run, stride.Sequence);
        }
    }

    /// <summary>They are kept after all, in their session out of the flash.</summary>
    public void Remove(int sensor, SessionWalkedAlone alone)
    {
        foreach (var stride in alone.Strides)
        {
            _strides.Remove((sensor, alone.Start.Run, stride.Sequence));
        }
    }
}
