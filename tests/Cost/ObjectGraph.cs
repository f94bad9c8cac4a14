using System.Reflection;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace Backstep.Cost;

/// <summary>A walk through the live objects of the program, part by part.</summary>
/// <param name="root">The ShoeSensor.</param>
/// <param name="server">The library's server, whose services hold all characteristics.</param>
internal sealed class ObjectGraph(object root, BluetoothLEServer server)
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private int _objects;
    private long _bytes;

    internal IReadOnlyList<PartBytes> Parts()
    {
        var byType = Everything().ToLookup(o => o.GetType().Name, StringComparer.Ordinal);
        _seen.Clear();
        List<PartBytes> parts = [];
        foreach (var part in MemoryParts.All)
        {
            var roots = part.Types.SelectMany(type => byType[type]);
            roots = part.Name == MemoryParts.Gatt ? roots.Concat(server.Services) : roots;
            parts.Add(Take(part.Name, part.MeasuredBytes, roots, InLibrary(part.Name)));
        }

        parts.Add(Take(MemoryParts.Rest, null, Statics().Prepend(root), 0));
        return parts;
    }

    // What has no stand-in to be found by.
    private long InLibrary(string part) => part switch
    {
        MemoryParts.Server => LibraryMemory.Server,
        MemoryParts.Gatt => LibraryMemory.DefaultInformation + LibraryMemory.Advertising
            + LibraryMemory.Lists(
                server.Services.Sum(s => s.Service.Characteristics.Length) + 2, server.Services.Length),
        _ => 0,
    };

    private List<object> Everything()
    {
        Take("", null, server.Services.Concat(Statics()).Prepend(root), 0);
        return [.. _seen];
    }

    private PartBytes Take(string name, long? measured, IEnumerable<object> roots, long inLibrary)
    {
        (_objects, _bytes) = (0, inLibrary);
        Queue<object> left = new();
        Dictionary<string, long> classes = inLibrary == 0 ? [] : new() { ["in the library alone"] = inLibrary };
        void Meet(object? live)
        {
            if (live is not null and not Type and not Delegate && _seen.Add(live))
            {
                left.Enqueue(live);
            }
        }

        foreach (object one in roots)
        {
            Meet(one);
        }

        while (left.TryDequeue(out object? at))
        {
            _objects++;
            long size = SizeOf(at);
            _bytes += size;
            classes[at.GetType().Name] = classes.GetValueOrDefault(at.GetType().Name) + size;
            foreach (object? next in From(at))
            {
                Meet(next);
            }
        }

        return new PartBytes(name, _objects, _bytes, measured, classes);
    }

    private static long SizeOf(object live) => LibraryMemory.Of(live) switch
    {
        { } library => library + (Delegates(live) * DeviceMemory.DelegateBytes) + live switch
        {
            GattLocalCharacteristic c => c.SubscribedClients.Length * LibraryMemory.Subscription,
            GattServiceProvider p => LibraryMemory.Grown(p.Service.Characteristics.Length),
            _ => 0,
        },

        // The clock and the volume are the PC's; the device's own have no fields. A lock is a bare object.
        null => IsOurs(live.GetType()) || live is Array or string or Guid
            ? DeviceMemory.SizeOf(live)
            : DeviceMemory.ObjectOf(0),
    };

    private static IEnumerable<object?> From(object live) => live switch
    {
        object?[] array => array,
        GattServiceProvider provider => provider.Service.Characteristics,
        GattLocalCharacteristic characteristic => [characteristic.StaticValue],
        Buffer buffer => [typeof(Buffer).GetProperty("Data", Inside)!.GetValue(buffer)],
        _ when IsOurs(live.GetType()) =>
            DeviceMemory.Fields(live.GetType()).Where(IsKept).Select(f => f.GetValue(live)),
        _ => [],
    };

    private static long Delegates(object live) => DeviceMemory.Fields(live.GetType())
        .Where(f => typeof(Delegate).IsAssignableFrom(f.FieldType))
        .Sum(f => (f.GetValue(live) as Delegate)?.GetInvocationList().Length ?? 0);

    private static IEnumerable<object> Statics() => MotionPath.Assemblies.SelectMany(a => a.GetTypes())
        .Where(t => !t.ContainsGenericParameters && !t.Name.StartsWith('<'))
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(f => !f.IsLiteral && IsKept(f)).Select(f => f.GetValue(null)).OfType<object>();

    // A struct is an object of its own there; a number and an enum lie in the field.
    private static bool IsKept(FieldInfo field) => !field.FieldType.IsValueType || field.FieldType == typeof(Guid);

    private static bool IsOurs(Type type) => MotionPath.Assemblies.Contains(type.Assembly);

    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
}
