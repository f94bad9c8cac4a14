using Backstep.Sensor;
using Backstep.Sensor.Board;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;
using nanoFramework.Device.Bluetooth;

namespace Backstep.Cost;

/// <summary>What a part of the program holds.</summary>
/// <param name="Name">The part.</param>
/// <param name="Objects">How many objects; a library's object with its inside is one.</param>
/// <param name="Bytes">Their size on the device.</param>
/// <param name="MeasuredBytes">
/// As measured on the 32-bit CLR on an earlier firmware; null for what was not told apart.
/// </param>
/// <param name="Classes">Bytes by class.</param>
public sealed record PartBytes(
    string Name, int Objects, long Bytes, long? MeasuredBytes, IReadOnlyDictionary<string, long> Classes);

/// <summary>The managed heap of a device that runs the program.</summary>
/// <param name="Tables">Of the loaded assemblies.</param>
/// <param name="Parts">The live objects.</param>
public sealed record LiveMemory(IReadOnlyList<TableBytes> Tables, IReadOnlyList<PartBytes> Parts)
{
    /// <summary>Before Main: tables and the CLR's own.</summary>
    public long BeforeMain => Tables.Sum(t => t.Bytes) + MemoryParts.ClrBytes;

    /// <summary>Live objects.</summary>
    public long Live => Parts.Sum(p => p.Bytes);

    /// <summary>Both.</summary>
    public long Total => BeforeMain + Live;
}

/// <summary>
/// Lets the program run in virtual time and then walks through its objects, from the ShoeSensor, the GATT table and the
/// statics of its three assemblies, at the sizes that
/// <see cref="DeviceMemory"/> and <see cref="LibraryMemory"/> give; with the tables of <see cref="AssemblyTables"/>.
/// Not in it: stack frames, and what is garbage but not collected yet.
/// </summary>
public static class ProgramMemory
{
    /// <summary>
    /// What lives after so long a backward walk on a virtual board, a central listening; or, after no time at all, when
    /// the program has started and nobody is there.
    /// </summary>
    public static LiveMemory After(TimeSpan time)
    {
        var walker = new Walker(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), Math.Max(time.TotalSeconds, 20))],
            new WalkerSettings { Seed = 1, HeadingDegrees = 180 });
        (ShoeSensor Sensor, BluetoothLEServer Server)? made = null;
        using var device = new VirtualDevice(walker, new VirtualDeviceOptions { Volume = WholeProgram.Calibrated() },
            (clock, volume) =>
        {
            // What Program.Run does.
            var sensor = new ShoeSensor(clock, volume, new Panel());
            made = (sensor, BluetoothLEServer.Instance);
            while (true)
            {
                clock.Sleep(sensor.Pass());
            }
        });
        device.Advance(TimeSpan.FromSeconds(1));
        if (time > device.Elapsed)
        {
            WholeProgram.Connect(device, _ => { });
            device.Advance(time - device.Elapsed);
        }

        if (device.Fault is not null || made is not { } program || program.Sensor.Faults != 0)
        {
            throw new InvalidOperationException("the program stopped, or had faults", device.Fault);
        }

        return new LiveMemory(AssemblyTables.All(), new ObjectGraph(program.Sensor, program.Server).Parts());
    }
}
