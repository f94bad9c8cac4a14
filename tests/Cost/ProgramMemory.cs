using System.Reflection;
using Backstep.Sensor;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost;

/// <summary>What a part of the program holds: objects of its type, and the arrays, strings and library objects that only it leads to first.</summary>
/// <param name="Name">The class.</param>
/// <param name="Objects">How many objects.</param>
/// <param name="Bytes">Their size on the device.</param>
public sealed record OwnerBytes(string Name, int Objects, long Bytes);

/// <summary>The live objects of the program, by who owns them.</summary>
/// <param name="Owners">Largest first.</param>
/// <param name="TotalBytes">All.</param>
public sealed record LiveMemory(IReadOnlyList<OwnerBytes> Owners, long TotalBytes);

/// <summary>
/// Lets the program run in virtual time and then walks through its objects, from the ShoeSensor and the statics of its three assemblies, at the sizes that
/// <see cref="DeviceMemory"/> gives. Left out: the inside of nanoFramework's own objects (they are counted as one object each, with NanoHost's fields), delegates'
/// targets outside the program, threads' stacks, the CLR itself and its tables.
/// </summary>
public static class ProgramMemory
{
    /// <summary>41 KB.</summary>
    public const long BudgetBytes = 41 * 1024;

    private const int PassMilliseconds = 20;

    /// <summary>What lives after so long a backward walk on a virtual board, a central listening.</summary>
    public static LiveMemory After(TimeSpan time)
    {
        var walker = new Walker(
            [new Stand(3), new Walk(WalkParameters.Backward(0.7), time.TotalSeconds)], new WalkerSettings { Seed = 1, HeadingDegrees = 180 });
        ShoeSensor? sensor = null;
        using var device = new VirtualDevice(walker, new VirtualDeviceOptions { Volume = WholeProgram.Calibrated() }, (clock, volume) =>
        {
            sensor = new ShoeSensor(clock, volume);
            while (true)
            {
                sensor.Pass();
                clock.Sleep(PassMilliseconds);
            }
        });
        device.Advance(TimeSpan.FromSeconds(1));
        WholeProgram.Connect(device, _ => { });
        device.Advance(time - device.Elapsed);
        if (device.Fault is not null || sensor!.Faults != 0)
        {
            throw new InvalidOperationException("the program stopped, or had faults", device.Fault);
        }

        return Walk(sensor);
    }

    private static LiveMemory Walk(object root)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Dictionary<string, (int Objects, long Bytes)> owners = [];
        Queue<(object Live, string Owner)> left = new();
        void Meet(object? live, string owner)
        {
            if (live is not null && live is not Delegate && live is not Type && seen.Add(live))
            {
                left.Enqueue((live, IsOurs(live.GetType()) ? live.GetType().Name : owner));
            }
        }

        Meet(root, "");
        foreach (var field in MotionPath.Assemblies.SelectMany(a => a.GetTypes()).Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).Where(f => !f.IsLiteral && !f.FieldType.IsValueType))
        {
            Meet(field.GetValue(null), "statics");
        }

        while (left.TryDequeue(out var at))
        {
            var (objects, bytes) = owners.GetValueOrDefault(at.Owner);
            owners[at.Owner] = (objects + 1, bytes + DeviceMemory.SizeOf(at.Live));
            if (at.Live is object?[] array)
            {
                foreach (var element in array)
                {
                    Meet(element, at.Owner);
                }
            }
            else if (IsOurs(at.Live.GetType()))
            {
                foreach (var field in DeviceMemory.Fields(at.Live.GetType()).Where(f => !f.FieldType.IsValueType))
                {
                    Meet(field.GetValue(at.Live), at.Owner);
                }
            }
        }

        return new LiveMemory(
            [.. owners.Select(o => new OwnerBytes(o.Key, o.Value.Objects, o.Value.Bytes)).OrderByDescending(o => o.Bytes)],
            owners.Values.Sum(o => o.Bytes));
    }

    private static bool IsOurs(Type type) => MotionPath.Assemblies.Contains(type.Assembly);
}
