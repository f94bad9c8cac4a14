using Backstep.Link;
using Backstep.VirtualSensor;

namespace Backstep.Rehearsal;

/// <summary>Virtual sensors in this process, as if they were in the air. Their time passes while somebody waits for
/// them.</summary>
/// <param name="devices">By address; they belong to whoever made them.</param>
/// <param name="pace">Called with a device's time whenever some has passed, to hold it back; null for as fast as
/// possible.</param>
public class InMemoryBluetooth(IReadOnlyDictionary<string, VirtualDevice> devices,
    Func<TimeSpan, CancellationToken, Task>? pace = null) : IBluetooth
{
    // From power to advertising; much more means that the program does not run.
    private static readonly TimeSpan BootPatience = TimeSpan.FromSeconds(10);
    // Ours: finer than anything that waits for it.
    private static readonly TimeSpan BootStep = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken)
    {
        foreach (var (address, device) in devices)
        {
            Boot(device);
            if (device.Radio.Advertisement is { } heard)
            {
                onSeen(new SensorSighting(heard.LocalName, address, null, null, false));
            }
        }

        return Task.CompletedTask; // nothing else will ever be in this air
    }

    /// <summary>Lets a device's time pass until it advertises, or has a central; not for ever.</summary>
    internal static void Boot(VirtualDevice device)
    {
        for (var waited = TimeSpan.Zero; waited < BootPatience && device.Radio.Advertisement == null
            && device.Radio.Central == null; waited += BootStep)
        {
            device.Advance(BootStep);
        }
    }

    /// <summary>A link to one device, wherever it is.</summary>
    public static ISensorLink LinkTo(VirtualDevice device) =>
        new InMemorySensorLink(device, static (one, time) => one.Advance(time), pace: null);

    /// <inheritdoc/>
    public ISensorLink LinkTo(SensorSighting sensor) => new InMemorySensorLink(devices[sensor.Address], Pass, pace);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets time pass for a device that is waited for.</summary>
    protected virtual void Pass(VirtualDevice device, TimeSpan time) => device.Advance(time);
}
