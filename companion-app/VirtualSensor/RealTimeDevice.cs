using Backstep.VirtualSensor.Radio;

namespace Backstep.VirtualSensor;

/// <summary>Lets a virtual device's time pass as fast as real time does, with a real radio. It is behind by one slice
/// at most, or by what the computer lacks.</summary>
/// <param name="device">The device; it was given the radio.</param>
/// <param name="radio">The radio.</param>
/// <param name="time">Real time.</param>
public sealed class RealTimeDevice(VirtualDevice device, IExternalRadio radio, TimeProvider time)
{
    // The firmware passes every 20 ms; what a central asks is handled at once.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _begin = device.Elapsed;

    /// <summary>Brings the device up to now, then waits for the next slice or for somebody outside.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        radio.Deliver();
        var due = _begin + time.GetElapsedTime(_start) - device.Elapsed;
        device.Advance(due > TimeSpan.Zero ? due : TimeSpan.Zero);
        await radio.WaitAsync(Slice, cancellationToken).ConfigureAwait(false);
    }
}
