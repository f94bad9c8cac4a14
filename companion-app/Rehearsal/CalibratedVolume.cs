using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Board;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Rehearsal;

/// <summary>The flash of a sensor whose owner has set it and gone through its mount calibration on a level floor: only
/// such a one can tell an incline.</summary>
internal static class CalibratedVolume
{
    // The program is up after a second; then it takes the 3 s of standing, and the heels.
    private static readonly TimeSpan Up = TimeSpan.FromSeconds(1.2);
    private static readonly (MountStep Step, TimeSpan Until)[] Steps =
    [
        (MountStep.StandStill, TimeSpan.FromSeconds(5)),
        (MountStep.RiseOnToes, TimeSpan.FromSeconds(20)),
        (MountStep.Finish, TimeSpan.FromSeconds(21)),
    ];

    /// <summary>Leads a body through it whose shoe and chip are those of a walk.</summary>
    /// <param name="worn">How the shoe is worn.</param>
    /// <param name="seed">The chip's.</param>
    /// <param name="placement">Which shoe.</param>
    /// <param name="hasOneThread">See <see cref="VirtualDeviceOptions.HasOneThread"/>.</param>
    public static MemoryVolume Of(WalkerSettings worn, int seed, Placement placement, bool hasOneThread)
    {
        var volume = ConfiguredVolume.Of(placement);
        var body = new Walker([new Stand(5), new RiseOnToes(), new Stand(3)],
            new WalkerSettings { Seed = worn.Seed, Side = worn.Side, Place = worn.Place });
        using var device = new VirtualDevice(body, new VirtualDeviceOptions { Seed = seed, Volume = volume,
            HasOneThread = hasOneThread });
        device.Advance(Up);
        var central = device.Radio.Connect();
        device.Advance(TimeSpan.FromSeconds(0.1));
        central.Encrypt(authenticated: true, (int)ControlCommand.FactoryPasskey);
        using var replies = central.Subscribe(Uuids.Backstep, Uuids.Control, _ => { });
        foreach (var (step, until) in Steps)
        {
            byte[] command = new byte[ControlCommand.MaxLength];
            central.Write(Uuids.Backstep, Uuids.Control,
                command[..ControlCommand.CalibrateMount(step).Encode(command, 0)]);
            device.Advance(until - device.Elapsed);
        }

        return volume;
    }
}
