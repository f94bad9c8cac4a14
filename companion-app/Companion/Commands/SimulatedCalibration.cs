using Backstep.Link;
using Backstep.Rehearsal;
using Backstep.VirtualSensor;

namespace Backstep.Companion.Commands;

/// <summary>A sensor in memory that is led through a calibration as a real one is.</summary>
internal static class SimulatedCalibration
{
    private const string Address = "simulated";

    /// <summary>Leads it through.</summary>
    /// <param name="environment">Real time, and the end from outside.</param>
    /// <param name="device">The sensor; stays the caller's.</param>
    /// <param name="pace">How many times as fast as walked; null for as fast as can be.</param>
    /// <param name="guide">What leads, over that radio and by that clock.</param>
    public static async Task RunAsync(CommandEnvironment environment, VirtualDevice device, double? pace,
        Func<IBluetooth, SensorSighting, TimeProvider, Task> guide)
    {
        var pacer = new Pacer(environment.Time, pace);
        var bluetooth = new InMemoryBluetooth(new Dictionary<string, VirtualDevice> { [Address] = device },
            pacer.WaitForAsync);
        await using var close = bluetooth.ConfigureAwait(false);
        var found = await SensorFinder.FindAsync(bluetooth, Address, SensorOptions.FindPatience, environment.Stop)
            .ConfigureAwait(false);
        await guide(bluetooth, found, new VirtualTime(device)).ConfigureAwait(false);
    }
}
