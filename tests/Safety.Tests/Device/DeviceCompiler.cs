using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Safety.Tests.Api;
using Safety.Tests.Projects;

namespace Safety.Tests.Device;

/// <summary>
/// Compiles firmware as a maker's .nfproj does: C# 9, nanoFramework's own mscorlib where its package was restored,
/// stubs made from the API files for the other libraries, and of these only the packages that the project lists. What
/// does not exist on the device does not compile here, and the compiler picks the overloads that it would pick there.
/// </summary>
public sealed class DeviceCompiler
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp9, DocumentationMode.None,
        preprocessorSymbols: ["DEBUG", "TRACE", "NANOFRAMEWORK_1_0"]);
    private readonly NanoApi api;
    private readonly string? coreLibrary;
    private readonly Dictionary<string, MetadataReference> references = [];

    /// <param name="api">What the stubs are made of.</param>
    /// <param name="coreLibrary">Path of nanoFramework's mscorlib.dll; without it, mscorlib is a stub too.</param>
    public DeviceCompiler(NanoApi api, string? coreLibrary) => (this.api, this.coreLibrary) = (api, coreLibrary);

    /// <summary>The compiler for the device's API; its stubs are made once.</summary>
    public static DeviceCompiler Instance { get; } = new(NanoApi.Device, CoreLibrary.Path);

    /// <summary>Compiles sources against the named nanoFramework assemblies, and projects compiled before. A program
    /// must have a Main.</summary>
    public CSharpCompilation Compile(string name, OutputKind kind, IEnumerable<SyntaxTree> sources,
        IEnumerable<string> assemblies, params IEnumerable<CSharpCompilation> projects) =>
        CSharpCompilation.Create(
            name,
            sources,
            [.. assemblies.Select(Reference), .. projects.Select(p => p.ToMetadataReference())],
            new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Debug, deterministic: true));

    /// <summary>All projects of the tree, in the order of their references.</summary>
    public IReadOnlyList<CSharpCompilation> CompileTree(ProjectParity tree)
    {
        Dictionary<string, CSharpCompilation> done = [];

        CSharpCompilation Build(NanoProject project)
        {
            if (!done.TryGetValue(project.Path, out CSharpCompilation? compiled))
            {
                CSharpCompilation[] needed =
                    [
                        .. project.ProjectReferences.Select(
                            r =>
                                Build(
                                    tree.Projects.Single(
                                        p => p.Path == Path.GetFullPath(Path.Combine(project.Folder, r)))))];
                IEnumerable<string> assemblies = project.References.Select(r => r.Assembly)
                    .Where(a => api.Assemblies.Any(x => x.Name == a));
                IEnumerable<SyntaxTree> sources = project.Compiled.Select(c => Path.Combine(project.Folder, c))
                    .Where(File.Exists).Select(f => Parse(File.ReadAllText(f), f));
                OutputKind kind = project.Property("OutputType") == "Exe" ? OutputKind.ConsoleApplication
                    : OutputKind.DynamicallyLinkedLibrary;
                compiled = Compile(project.AssemblyName, kind, sources, assemblies, needed);
                done.Add(project.Path, compiled);
            }

            return compiled;
        }

        return [.. tree.Projects.Select(Build)];
    }

    public static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, Language, path, System.Text.Encoding.UTF8);

    /// <summary>What the compiler refuses; some of it (async, yield) only when it writes the code.</summary>
    public static IReadOnlyList<string> Errors(CSharpCompilation compilation) =>
        [
            .. compilation.Emit(new MemoryStream()).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
                .Select(d => d.ToString())];

    /// <summary>The compiled assembly, with its symbols.</summary>
    public static ModuleDefinition Module(CSharpCompilation compilation)
    {
        MemoryStream assembly = new();
        MemoryStream symbols = new();
        EmitResult result = compilation.Emit(assembly, symbols,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.True(result.Success,
            $"{compilation.AssemblyName} does not compile for the device: see "
            + $"{nameof(DeviceCompilerTests.The_firmware_compiles_for_the_device)}.");
        assembly.Position = symbols.Position = 0;
        return ModuleDefinition.ReadModule(assembly,
            new ReaderParameters { ReadSymbols = true, SymbolStream = symbols,
                SymbolReaderProvider = new PortablePdbReaderProvider(), ReadingMode = ReadingMode.Immediate });
    }

    /// <summary>The errors of the stub itself: a member that its compiler refuses is not there for the
    /// firmware's.</summary>
    public IReadOnlyList<string> StubErrors(string assembly) =>
        Reference(assembly) is CompilationReference { Compilation: CSharpCompilation stub } ? Errors(stub) : [];

    private MetadataReference Reference(string assembly)
    {
        // Test classes run side by side and share the references; the lock is re-entered for what a stub refers to.
        lock (references)
        {
            if (!references.TryGetValue(assembly, out MetadataReference? reference))
            {
                bool isReal = assembly == CoreLibrary.AssemblyName && coreLibrary is not null;
                reference = isReal ? MetadataReference.CreateFromFile(coreLibrary!)
                    : Stub(assembly).ToMetadataReference();
                references.Add(assembly, reference);
            }

            return reference;
        }
    }

    private CSharpCompilation Stub(string name)
    {
        ApiAssembly assembly = api.Assemblies.Single(a => a.Name == name);
        return CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(ApiStubs.Write(assembly), new CSharpParseOptions(LanguageVersion.CSharp9))],
            assembly.References.Select(Reference),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
