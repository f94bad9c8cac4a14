using Backstep.Gait;
using Backstep.Protocol;

namespace Backstep.Files.Recording;

/// <summary>A wrist's samples, through the device's own meter and the protocol: four records a second, as the sensor
/// would tell them.</summary>
public sealed class WristRecords
{
    private readonly WristMeter _meter = new();
    private readonly byte[] _fifo = new byte[12];
    private readonly byte[] _packet = new byte[WristMotion.Length];
    private long _samples;

    /// <summary>Samples are missing.</summary>
    public void Gap(uint lostSamples)
    {
        _meter.Gap();
        _samples += lostSamples;
    }

    /// <summary>Takes a sample; the record that it completes, or null.</summary>
    public WristMotion? Add(ChipSample sample)
    {
        ReadOnlySpan<short> axes = [sample.Ax, sample.Ay, sample.Az, sample.Gx, sample.Gy, sample.Gz];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            (_fifo[2 * axis], _fifo[(2 * axis) + 1]) = ((byte)(axes[axis] >> 8), (byte)axes[axis]);
        }

        _samples++;
        if (!_meter.Add(_fifo, 0))
        {
            return null;
        }

        WristMotion.Encode((uint)(_samples * MotionScale.SampleMilliseconds), _meter.Mean, _meter.ForceDeviation,
            _meter.RateDeviation, _packet, 0);
        return WristMotion.Decode(_packet, out _);
    }
}
