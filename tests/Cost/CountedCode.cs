using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace Backstep.Cost;

/// <summary>Ops of a method's own body and of the calls that it makes, without the bodies of those.</summary>
/// <param name="Name">Type and method.</param>
/// <param name="Ops">How many.</param>
/// <param name="Entries">How often it was called.</param>
/// <param name="Bytes">What it put on the device's heap itself, as <see cref="DeviceMemory"/> reckons.</param>
public sealed record MethodOps(string Name, long Ops, long Entries, long Bytes = 0);

/// <summary>A call to a method whose body is not here to be counted.</summary>
public sealed record UnknownCall(string Name, long Calls);

/// <summary>
/// Compiled code, rewritten to count and loaded beside the original in a world of its own. What it refers to outside
/// the rewritten assemblies is shared with the program. A method outside that the device would interpret makes the
/// figure too low: such calls are counted apart, see <see cref="Unknown"/>. Not for several threads at once.
/// </summary>
public sealed class CountedCode
{
    private readonly World _world = new();
    private readonly CounterSlots _slots = new();
    private readonly long[] _counts;

    /// <summary>Rewrites and loads.</summary>
    /// <param name="calls">What calls out of the code cost.</param>
    /// <param name="assemblies">The code, each after what it refers to. Changed on the way: of no use
    /// afterwards.</param>
    public CountedCode(DeviceCalls calls, params IReadOnlyList<AssemblyDefinition> assemblies)
    {
        HashSet<string> names = [.. assemblies.Select(a => a.Name.Name)];
        foreach (var assembly in assemblies)
        {
            new BlockCounter(assembly, calls, _slots, names).Rewrite();
            using var image = new MemoryStream();
            assembly.Write(image);
            image.Position = 0;
            _world.Rewritten.Add(assembly.Name.Name, _world.LoadFromStream(image));
        }

        _counts = new long[_slots.Count];
        foreach (var assembly in _world.Rewritten.Values)
        {
            assembly.GetType(BlockCounter.CounterType,
                throwOnError: true)!.GetField(BlockCounter.CounterField)!.SetValue(null, _counts);
        }
    }

    /// <summary>Executed ops since the last <see cref="Reset"/>.</summary>
    public long Ops => _counts[CounterSlots.Ops];

    /// <summary>Objects that the device would have made since then: new, arrays, boxes, string literals, and struct
    /// locals.</summary>
    public long Objects => _counts[CounterSlots.Objects];

    /// <summary>What those objects take on the device, as <see cref="DeviceMemory"/> reckons.</summary>
    public long Bytes => _counts[CounterSlots.Bytes];

    /// <summary>Rewrites and loads files, each after what it refers to.</summary>
    public static CountedCode Load(DeviceCalls calls, params IReadOnlyList<string> paths)
    {
        using var resolver = new DefaultAssemblyResolver();
        foreach (string folder in paths.Select(path => Path.GetDirectoryName(path)!)
            .Append(Path.GetDirectoryName(typeof(object).Assembly.Location)!).Distinct())
        {
            resolver.AddSearchDirectory(folder);
        }

        var definitions =
            paths.Select(
                path => AssemblyDefinition.ReadAssembly(path,
                    new ReaderParameters { InMemory = true, AssemblyResolver = resolver })).ToList();
        try
        {
            return new CountedCode(calls, definitions);
        }
        finally
        {
            definitions.ForEach(definition => definition.Dispose());
        }
    }

    /// <summary>Whether the compiler optimised the code, as it does for a Release build: what a shoe carries.</summary>
    public static bool IsOptimised(Assembly assembly) =>
        assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    /// <summary>The rewritten assembly of that simple name.</summary>
    public Assembly Assembly(string name) => _world.Rewritten[name];

    /// <summary>
    /// Called before the code makes an object, and before it enters an interpreted method of a device library; what it
    /// throws is thrown there. Null for nobody.
    /// </summary>
    public Action? Allocating
    {
        set
        {
            foreach (var assembly in _world.Rewritten.Values)
            {
                var counter = assembly.GetType(BlockCounter.CounterType, throwOnError: true)!;
                counter.GetField(BlockCounter.AllocatingField)!.SetValue(null, value);
            }
        }
    }

    /// <summary>All counters to zero.</summary>
    public void Reset() => Array.Clear(_counts);

    /// <summary>Where the ops went since <see cref="Reset"/>, dearest first.</summary>
    public IReadOnlyList<MethodOps> Methods() =>
        [
            .. _slots.Methods.Select(
                m => new MethodOps(m.Key, _counts[m.Value], _counts[m.Value + 1], _counts[m.Value + 2]))
                    .Where(m => m.Ops > 0).OrderByDescending(m => m.Ops)];

    /// <summary>Calls since <see cref="Reset"/> that count 14 but whose bodies are unknown here.</summary>
    public IReadOnlyList<UnknownCall> Unknown() =>
        [.. _slots.Unknown.Select(u => new UnknownCall(u.Key, _counts[u.Value])).Where(u => u.Calls > 0)];

    // The rewritten assemblies see each other; everything else is the program's own. They stay until the program ends:
    // a proxy of one of their interfaces cannot be made in a world that may be unloaded.
    private sealed class World() : AssemblyLoadContext("counted")
    {
        internal Dictionary<string, Assembly> Rewritten { get; } = new(StringComparer.Ordinal);

        protected override Assembly? Load(AssemblyName assemblyName) => Rewritten.GetValueOrDefault(assemblyName.Name!);
    }
}
