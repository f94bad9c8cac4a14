using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Safety.Tests.Api;
using Safety.Tests.Device;
using Safety.Tests.Il;
using Safety.Tests.Projects;

namespace Safety.Tests;

/// <summary>nanoFramework's own mscorlib: the firmware compiles against it, and its API file tells the truth about it.</summary>
public sealed class CoreLibraryTests
{
    private static NanoApi Api => NanoApi.Device;

    [Fact]
    public void The_firmware_is_compiled_against_the_mscorlib_that_its_projects_restore()
    {
        using ModuleDefinition real = ModuleDefinition.ReadModule(CoreLibrary.OrSkip());
        foreach (Compilation compiled in DeviceCompiler.Instance.CompileTree(new ProjectParity(Firmware.RepositoryRoot, Api)))
        {
            AssemblyIdentity used = compiled.ReferencedAssemblyNames.Single(r => r.Name == CoreLibrary.AssemblyName);
            Assert.Equal(real.Assembly.Name.Version, used.Version);
            Assert.Equal(Api.Assemblies.Single(a => a.Name == CoreLibrary.AssemblyName).AssemblyVersion, $"{used.Version}");
        }
    }

    [Fact]
    public void The_API_file_has_what_the_assembly_has_and_nothing_else()
    {
        using ModuleDefinition real = DeviceCode.Load(CoreLibrary.OrSkip());
        HashSet<string> there = [.. AssemblyApi.Describe(real).SelectMany(Lines)];
        HashSet<string> told = [.. Api.Assemblies.Single(a => a.Name == CoreLibrary.AssemblyName).Types.SelectMany(Lines)];
        string[] differences =
        [
            .. there.Except(told).Select(l => "only in the assembly: " + l),
            .. told.Except(there).Select(l => "only in the file: " + l),
        ];
        string list = string.Join(Environment.NewLine, differences.Order(StringComparer.Ordinal));
        Assert.True(differences.Length == 0, $"{differences.Length} differences:{Environment.NewLine}{list}");
    }

    [Fact]
    public void The_stubs_that_stand_beside_it_are_free_of_errors()
    {
        CoreLibrary.OrSkip();
        string[] errors =
            [.. Api.Assemblies.SelectMany(a => DeviceCompiler.Instance.StubErrors(a.Name).Select(e => $"{a.Name} {e}"))];
        Assert.True(errors.Length == 0, string.Join(Environment.NewLine, errors));
    }

    private static IEnumerable<string> Lines(ApiType type) =>
        type.Members.Select(m => $"{type.Name}: {m}")
            .Append($"{type.Header} : {string.Join(", ", type.Bases.Order(StringComparer.Ordinal))}");
}
