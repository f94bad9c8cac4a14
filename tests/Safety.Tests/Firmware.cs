using System.Reflection;
using Mono.Cecil;
using Safety.Tests.Il;

namespace Safety.Tests;

/// <summary>The compiled firmware as it lies beside the test program, and where its sources are.</summary>
public static class Firmware
{
    /// <summary>What goes onto the device, and the tests that do.</summary>
    public static readonly string[] Assemblies = ["Backstep.Gait", "Backstep.Protocol", "Backstep.Sensor"];

    /// <summary>
    /// What runs for every motion sample: unpacking the chip's bytes, the gait engine, and the buffer behind the raw stream.
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

    private static readonly Lazy<ModuleDefinition[]> Loaded = new(() => [.. Assemblies.Select(Load)]);

    /// <summary>All of the firmware together.</summary>
    public static DeviceCode Whole => new(Loaded.Value, null, SampleEntries, StrideExits, "Backstep.Gait.Safe");

    /// <summary>The types of one assembly, with the rest of the firmware around them.</summary>
    public static DeviceCode Of(string assembly) => new(Loaded.Value, t => t.Module.Assembly.Name.Name == assembly, SampleEntries, StrideExits, "Backstep.Gait.Safe");

    public static string RepositoryRoot { get; } =
        typeof(Firmware).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!.TrimEnd('/', '\\');

    public static ModuleDefinition Load(string assembly) => DeviceCode.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
}
