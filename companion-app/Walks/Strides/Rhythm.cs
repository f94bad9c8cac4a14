using Backstep.Gait;

namespace Backstep.Walks.Strides;

/// <summary>Whether a foot's rhythm has become even: backward strides in one go, by the sensor's own meter
/// (<see cref="RhythmMeter"/>).</summary>
public sealed class Rhythm
{
    private readonly RhythmMeter _meter = new();

    /// <summary>Whether it is even now.</summary>
    public bool IsSettled => _meter.IsSettled;

    /// <summary>Stride-time variability: standard deviation by mean in %, over the last
    /// <see cref="RhythmMeter.Window"/> strides; null before there are as many.</summary>
    public double? VariationPercent => _meter.VariationHundredthsPercent == Stride.Missing ? null
        : _meter.VariationHundredthsPercent / 100.0;

    /// <summary>Takes the next stride of the foot.</summary>
    public void Add(Stride stride)
    {
        if (stride.Direction == Direction.Backward && stride.StrideMilliseconds <= Stride.LongestMilliseconds)
        {
            _meter.Add(stride); // which begins again by itself when there is no time from the contact before
        }
        else
        {
            _meter.Clear(); // turned round
        }
    }

    /// <summary>Begins again.</summary>
    public void Clear() => _meter.Clear();
}
