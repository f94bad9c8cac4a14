using System.Reflection;
using Safety.Tests.Launcher;

namespace Safety.Tests;

/// <summary>
/// The device's own unit tests (tests/NFUnitTest), run once as the device's launcher runs them, each call a test of its
/// own here.
/// </summary>
public sealed class DeviceUnitTests
{
    private static readonly Type[] Types = Assembly.Load("NFUnitTest").GetTypes();
    private static readonly Lazy<IReadOnlyList<DeviceResult>> Run = new(() => DeviceLauncher.Run(Types));

    /// <summary>Every call, set-ups and clean-ups too, by its name in the launcher's output.</summary>
    public static TheoryData<string> Calls => [.. DeviceLauncher.Plan(Types).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_device_test_passes(string call)
    {
        DeviceResult result = Run.Value.Single(r => r.Call.Name == call);
        Assert.SkipWhen(result.Verdict == Verdict.Skipped, result.Thrown?.Message ?? "");
        Assert.True(result.Verdict == Verdict.Passed, $"{call}: {result.Verdict}, {result.Thrown}");
    }

    [Fact]
    public void The_device_loads_the_assembly_by_the_name_that_its_launcher_knows() =>
        Assert.Equal("NFUnitTest", Types[0].Assembly.GetName().Name);

    [Theory]
    [InlineData("GaitEngineTests")]
    [InlineData("ProtocolTests")]
    [InlineData("SafeTests")]
    [InlineData("SessionTests")]
    [InlineData("StorageTests")]
    [InlineData("StrideTests")]
    public void The_launcher_finds_the_class(string name) =>
        Assert.Contains(Calls, c => c.Data.Contains($".{name}.", StringComparison.Ordinal));
}
