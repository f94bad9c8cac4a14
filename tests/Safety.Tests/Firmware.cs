using System.Reflection;
using Mono.Cecil;
using Safety.Tests.Api;
using Safety.Tests.Device;
using Safety.Tests.Il;
using Safety.Tests.Projects;

namespace Safety.Tests;

/// <summary>The compiled firmware as it lies beside the test program, and where its sources are.</summary>
public static class Firmware
{
    /// <summary>The tree that the tests were built from.</summary>
    public static string RepositoryRoot { get; } =
        typeof(Firmware).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "RepositoryRoot").Value!.TrimEnd('/', '\\');

    /// <summary>What goes onto the device, and the tests that do.</summary>
    public static readonly string[] Assemblies = ["Backstep.Gait", "Backstep.Protocol", "Backstep.Sensor",
        "NFUnitTest"];

    /// <summary>
    /// What runs for every motion sample: unpacking the chip's bytes, the gait engine, and the buffer behind the raw
    /// stream.
    /// </summary>
    private static readonly string[] SampleEntries =
    [
        "Backstep.Gait.GaitEngine.Add",
        "Backstep.Sensor.Imu.MotionFeed.Feed",
        "Backstep.Sensor.Imu.RawMotionBuffer.Add",
    ];

    /// <summary>What the entries call, but only once a stride: a stride record may be made there.</summary>
    private static readonly string[] StrideExits =
    [
        "Backstep.Gait.GaitEngine.TakeStride",
        "Backstep.Sensor.Imu.MotionFeed.Announce",
    ];

    private static readonly Lazy<ModuleDefinition[]> ByThePc = new(() => [.. Assemblies.Select(Load)]);

    private static readonly Lazy<ModuleDefinition[]> ForTheDevice =
        new(
            () =>
                [
                    .. DeviceCompiler.Instance.CompileTree(new ProjectParity(RepositoryRoot, NanoApi.Device))
                        .Select(DeviceCompiler.Module)]);

    /// <summary>All of the firmware as the .csproj compile it, for the PC.</summary>
    public static DeviceCode OnPc => new(ByThePc.Value, null, SampleEntries, StrideExits, "Backstep.Gait.Safe");

    /// <summary>All of the firmware compiled against the API files, from the lists in the .nfproj: the nearest to what
    /// the device runs.</summary>
    public static DeviceCode OnDevice =>
        new(ForTheDevice.Value, null, SampleEntries, StrideExits, "Backstep.Gait.Safe");

    /// <summary>The types of one assembly, with the rest of the firmware around them.</summary>
    public static DeviceCode Of(string assembly) =>
        new(ByThePc.Value, t => t.Module.Assembly.Name.Name == assembly, SampleEntries, StrideExits,
            "Backstep.Gait.Safe");

    public static ModuleDefinition Load(string assembly) =>
        DeviceCode.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
}
