using Backstep.Gait;
using Backstep.Walks.Events;

namespace Backstep.Walks.Sessions;

/// <summary>Strides that came and are in no session: so many, and no stride twice.</summary>
internal sealed class LeftOutStrides
{
    private readonly HashSet<(int Sensor, string Name)> _strides = [];

    /// <summary>How many.</summary>
    public int Count => _strides.Count;

    /// <summary>Notes one.</summary>
    public void Add(int sensor, Stride stride) => _strides.Add((sensor, StrideRecord.Name(stride)));

    /// <summary>Notes those of a session that could not be told whose it is.</summary>
    public void Add(int sensor, SessionWalkedAlone alone)
    {
        foreach (var stride in alone.Strides)
        {
            Add(sensor, stride);
        }
    }

    /// <summary>They are kept after all, in their session out of the flash.</summary>
    public void Remove(int sensor, SessionWalkedAlone alone)
    {
        foreach (var stride in alone.Strides)
        {
            _strides.Remove((sensor, StrideRecord.Name(stride)));
        }
    }
}
