using System.Xml.Linq;

namespace Safety.Tests.Projects;

/// <summary>A reference of a .nfproj: assembly, its version, and the path to the package's file.</summary>
public sealed record NanoReference(string Assembly, string Version, string HintPath);

/// <summary>A package as nf.proj-settings lists it.</summary>
public sealed record NanoPackage(string Id, string Version, string Assembly, string AssemblyVersion);

/// <summary>A .nfproj with its packages.config and the .csproj that compiles the same sources.</summary>
public sealed class NanoProject
{
    private static readonly XNamespace Build = "http://schemas.microsoft.com/developer/msbuild/2003";
    private readonly XDocument document;

    public NanoProject(string path)
    {
        Path = path;
        Folder = System.IO.Path.GetDirectoryName(path)!;
        document = XDocument.Load(path);
        string config = System.IO.Path.Combine(Folder, "packages.config");
        Packages = File.Exists(config)
            ? [
                .. XDocument.Load(config).Descendants("package")
                    .Select(
                        p => ((string?)p.Attribute("id") ?? "", (string?)p.Attribute("version") ?? "",
                            (string?)p.Attribute("targetFramework") ?? ""))]
            : [];
    }

    public string Path { get; }

    public string Folder { get; }

    /// <summary>File name, for messages.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public IReadOnlyList<(string Id, string Version, string TargetFramework)> Packages { get; }

    public string AssemblyName => Property("AssemblyName") ?? "";

    public IReadOnlyList<string> Compiled => [.. Items("Compile").Select(Unix)];

    public IReadOnlyList<string> ProjectReferences => [.. Items("ProjectReference").Select(Unix)];

    /// <summary>Imported files, in order.</summary>
    public IReadOnlyList<string> Imports =>
        [.. document.Descendants(Build + "Import").Select(i => (string?)i.Attribute("Project") ?? "")];

    public IReadOnlyList<NanoReference> References =>
    [
        .. document.Descendants(Build + "Reference").Select(r =>
        {
            string[] identity = ((string?)r.Attribute("Include") ?? "").Split(',', StringSplitOptions.TrimEntries);
            string version =
                identity.FirstOrDefault(i => i.StartsWith("Version=", StringComparison.Ordinal))?["Version=".Length..]
                    ?? "";
            return new NanoReference(identity[0], version, (string?)r.Element(Build + "HintPath") ?? "");
        }),
    ];

    /// <summary>All .cs files below the project, as the .csproj's globs take them.</summary>
    public IReadOnlyList<string> SourcesInFolder =>
    [
        .. Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Select(f => Unix(System.IO.Path.GetRelativePath(Folder, f)))
            .Where(
                f => !f.StartsWith("bin/", StringComparison.Ordinal) && !f.StartsWith("obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The .csproj beside it; there must be exactly one.</summary>
    public XDocument? SdkProject => Directory.GetFiles(Folder, "*.csproj") is [var only] ? XDocument.Load(only) : null;

    public string? Property(string name) => document.Descendants(Build + name).FirstOrDefault()?.Value;

    public static string Unix(string path) => path.Replace('\\', '/');

    private IEnumerable<string> Items(string kind) =>
        document.Descendants(Build + kind).Select(c => (string?)c.Attribute("Include") ?? "");
}
