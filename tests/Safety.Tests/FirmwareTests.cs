using Safety.Tests.Api;
using Safety.Tests.Il;
using Safety.Tests.Projects;
using Safety.Tests.Rules;

namespace Safety.Tests;

/// <summary>The firmware as compiled here, held to what the device can do.</summary>
public sealed class FirmwareTests
{
    public static TheoryData<string> RuleNames => [.. LanguageRules.All(NanoApi.Device).Select(r => r.Name)];

    public static TheoryData<string> Assemblies => [.. Firmware.Assemblies];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void The_firmware_keeps_to_the_rule(string rule) =>
        Finding.AssertNone(LanguageRules.All(NanoApi.Device).Single(r => r.Name == rule).Check(Firmware.OnPc));

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void The_firmware_keeps_to_the_rule_when_compiled_for_the_device(string rule) =>
        Finding.AssertNone(LanguageRules.All(NanoApi.Device).Single(r => r.Name == rule).Check(Firmware.OnDevice));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_nanoFramework_assembly_that_the_code_uses_is_in_the_projects_packages(string assembly)
    {
        ProjectParity parity = new(Firmware.RepositoryRoot, NanoApi.Device);
        NanoProject project = parity.Projects.Single(p => p.AssemblyName == assembly);
        string[] missing =
            [
                .. new RealMembersOnly(NanoApi.Device).AssembliesUsedBy(Firmware.Of(assembly))
                    .Where(used => !project.References.Any(r => r.Assembly == used))];
        Assert.True(missing.Length == 0, string.Join(Environment.NewLine,
            missing.Select(m => $"{assembly} uses {m}: add {parity.PackageOf(m)?.Id ?? "its package"} to "
                + $"packages.config of {project.Path} and a <Reference> to the .nfproj.")));
    }

    [Fact]
    public void The_sample_path_reaches_from_the_chips_bytes_into_the_gait_engine()
    {
        string[] reached = [.. Firmware.OnDevice.SamplePath.Methods.Select(m => $"{m.DeclaringType.Name}.{m.Name}")];
        Assert.Contains("MotionFeed.Feed", reached);
        Assert.Contains("GaitEngine.Add", reached);
        Assert.Contains("Safe.Divide", reached);
        Assert.DoesNotContain("GaitEngine.TakeStride", reached);
    }

    [Fact]
    public void NanoHost_offers_nothing_that_the_real_assemblies_lack() =>
        Finding.AssertNone(new HostAgainstApi(NanoApi.Device).Check(Firmware.Load("Backstep.NanoHost")));
}
