using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Safety.Tests.Api;
using Safety.Tests.Device;
using Safety.Tests.Il;
using Safety.Tests.Projects;

namespace Safety.Tests;

/// <summary>nanoFramework's own mscorlib: the firmware compiles against it, its API file tells the truth.</summary>
public sealed class CoreLibraryTests
{
    private static readonly NanoApi Api = NanoApi.Device;
    private static readonly ApiAssembly Told = Api.Assemblies.Single(a => a.Name == CoreLibrary.AssemblyName);

    [Fact]
    public void The_firmware_is_compiled_against_the_mscorlib_that_its_projects_restore()
    {
        using ModuleDefinition real = ModuleDefinition.ReadModule(CoreLibrary.OrSkip());
        ProjectParity tree = new(Firmware.RepositoryRoot, Api);
        foreach (Compilation compiled in DeviceCompiler.Instance.CompileTree(tree))
        {
            AssemblyIdentity used = compiled.ReferencedAssemblyNames.Single(r => r.Name == CoreLibrary.AssemblyName);
            Assert.Equal(real.Assembly.Name.Version, used.Version);
            Assert.Equal(Told.AssemblyVersion, $"{used.Version}");
        }
    }

    [Fact]
    public void The_API_file_has_what_the_assembly_has_and_nothing_else()
    {
        using ModuleDefinition real = DeviceCode.Load(CoreLibrary.OrSkip());
        HashSet<string> there = [.. AssemblyApi.Describe(real).SelectMany(Lines)];
        HashSet<string> told = [.. Told.Types.SelectMany(Lines)];
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
        IEnumerable<string> Of(string name) => DeviceCompiler.Instance.StubErrors(name).Select(e => $"{name} {e}");
        string[] errors = [.. Api.Assemblies.SelectMany(a => Of(a.Name))];
        Assert.True(errors.Length == 0, string.Join(Environment.NewLine, errors));
    }

    private static IEnumerable<string> Lines(ApiType type) =>
        type.Members.Select(m => $"{type.Name}: {m}")
            .Append($"{type.Header} : {string.Join(", ", type.Bases.Order(StringComparer.Ordinal))}");
}
