using System.Text.RegularExpressions;
using System.Xml.Linq;
using Safety.Tests.Api;

namespace Safety.Tests.Projects;

/// <summary>
/// Holds the two builds against each other: what a maker's .nfproj compile and reference, what the .csproj compile
/// here, the versions in nf.proj-settings, and the solution. Each method gives the complaints about the tree below a
/// root; none means all is well.
/// </summary>
public sealed partial class ProjectParity
{
    private const string Settings = "nf.proj-settings/Backstep.nfproj.props";
    private static readonly XNamespace Build = "http://schemas.microsoft.com/developer/msbuild/2003";
    private static readonly string[] Folders = ["firmware", "tests"];
    private static readonly string[] Configurations = ["Debug", "Release"];
    private readonly string root;
    private readonly NanoApi api;
    private readonly Dictionary<string, NanoPackage> packages;

    public ProjectParity(string root, NanoApi api)
    {
        this.root = root;
        this.api = api;
        packages = XDocument.Load(System.IO.Path.Combine(root, Settings)).Descendants(Build + "NanoPackage")
            .Select(
                p => new NanoPackage((string)p.Attribute("Include")!, (string)p.Attribute("Version")!,
                    (string)p.Attribute("Assembly")!, (string)p.Attribute("AssemblyVersion")!))
            .ToDictionary(p => p.Id);
        Projects =
        [
            .. Folders
                .SelectMany(
                    f => Directory.EnumerateFiles(System.IO.Path.Combine(root, f), "*.nfproj",
                        SearchOption.AllDirectories))
                .Order(StringComparer.Ordinal).Select(f => new NanoProject(f)),
        ];
    }

    public IReadOnlyList<NanoProject> Projects { get; }

    /// <summary>Every rule at once.</summary>
    public IEnumerable<string> All() =>
        Sources().Concat(PackageVersions()).Concat(References()).Concat(ProjectReferences()).Concat(Language())
            .Concat(Solution()).Concat(SettingsAgainstApiFiles());

    /// <summary>The same sources in both builds.</summary>
    public IEnumerable<string> Sources()
    {
        foreach (NanoProject project in Projects)
        {
            if (project.SdkProject is not { } sdk)
            {
                yield return $"{project.Folder}: there must be one .csproj beside {project.Name}, to compile the "
                    + $"same sources on a PC.";
                continue;
            }

            // A linked source lies in another project's folder, of which not everything is wanted: only those may be
            // named.
            string[] named =
                [.. sdk.Descendants("Compile").Select(c => NanoProject.Unix((string?)c.Attribute("Include") ?? ""))];
            if (named.Any(n => !n.StartsWith("../", StringComparison.Ordinal))
                || sdk.Descendants("EnableDefaultCompileItems").Any())
            {
                yield return $"{project.Folder}: the .csproj must take every source in its folder: remove its "
                    + $"<Compile> items.";
            }

            string[] linked = [.. project.Compiled.Where(c => c.StartsWith("../", StringComparison.Ordinal))];
            foreach (string only in linked.Except(named)
                .Concat(named.Where(n => n.StartsWith("../", StringComparison.Ordinal)).Except(linked)))
            {
                yield return $"{project.Path} and the .csproj beside it must link the same sources: only one has "
                    + $"{only}.";
            }

            foreach (string gone in linked.Where(l => !File.Exists(System.IO.Path.Combine(project.Folder, l))))
            {
                yield return $"{project.Path} links {gone}, which is not there.";
            }

            string[] notListed = [.. project.SourcesInFolder.Except(project.Compiled)];
            if (notListed.Length > 0)
            {
                yield return $"{project.Path} does not compile {notListed.Length} source(s) that the .csproj "
                    + $"compiles; add:{Environment.NewLine}"
                    + string.Join(Environment.NewLine,
                        notListed.Select(s => $"    <Compile Include=\"{s.Replace('/', '\\')}\" />"));
            }

            foreach (string gone in project.Compiled.Except(linked).Except(project.SourcesInFolder))
            {
                yield return $"{project.Path} compiles {gone}, which is not in the folder: remove <Compile "
                    + $"Include=\"{gone.Replace('/', '\\')}\" />.";
            }

            foreach (string twice in project.Compiled.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key))
            {
                yield return $"{project.Path} lists {twice} twice.";
            }
        }
    }

    /// <summary>packages.config says what nf.proj-settings says, and holds all that its packages need.</summary>
    public IEnumerable<string> PackageVersions()
    {
        foreach (NanoProject project in Projects)
        {
            string config = System.IO.Path.Combine(project.Folder, "packages.config");
            foreach ((string id, string version, string framework) in project.Packages)
            {
                if (!packages.TryGetValue(id, out NanoPackage? package))
                {
                    yield return $"{config}: {id} is not in {Settings}: add it there.";
                }
                else if (package.Version != version)
                {
                    yield return $"{config}: {id} is {version}, {Settings} says {package.Version}.";
                }

                if (framework != "netnano1.0")
                {
                    yield return $"{config}: {id} has targetFramework \"{framework}\", not \"netnano1.0\".";
                }
            }

            HashSet<string> assemblies =
                [.. project.Packages.Where(p => packages.ContainsKey(p.Id)).Select(p => packages[p.Id].Assembly)];
            foreach (ApiAssembly assembly in api.Assemblies.Where(a => assemblies.Contains(a.Name)))
            {
                foreach (string needed in assembly.References.Except(assemblies))
                {
                    yield return $"{config}: {assembly.Name} needs {needed}: add package "
                        + $"{packages.Values.FirstOrDefault(p => p.Assembly == needed)?.Id ?? needed}.";
                }
            }
        }
    }

    /// <summary>The .nfproj references each package's assembly, where NuGet puts it.</summary>
    public IEnumerable<string> References()
    {
        foreach (NanoProject project in Projects)
        {
            string folder = System.IO.Path.GetRelativePath(project.Folder,
                System.IO.Path.Combine(root, "firmware", "packages")).Replace('/', '\\');
            foreach ((string id, _, _) in project.Packages)
            {
                if (packages.TryGetValue(id, out NanoPackage? package)
                    && !project.References.Any(r => r.Assembly == package.Assembly))
                {
                    yield return $"{project.Path}: no <Reference> to {package.Assembly}, which packages.config brings.";
                }
            }

            foreach (NanoReference reference in project.References)
            {
                // The launcher of device tests comes in the framework's package, without a version of its own.
                bool launcher = reference.Assembly == "nanoFramework.UnitTestLauncher";
                string assembly = launcher ? "nanoFramework.TestFramework" : reference.Assembly;
                NanoPackage? package = packages.Values.FirstOrDefault(p => p.Assembly == assembly);
                if (package is null || !project.Packages.Any(p => p.Id == package.Id))
                {
                    yield return $"{project.Path}: references {reference.Assembly}, which no package of its "
                        + $"packages.config brings.";
                    continue;
                }

                string hint =
                    $@"{folder}\{package.Id}.{package.Version}\lib\{reference.Assembly}{(launcher ? ".exe" : ".dll")}";
                if (reference.HintPath != hint)
                {
                    yield return $"{project.Path}: the HintPath of {reference.Assembly} is {reference.HintPath}, it "
                        + $"should be {hint}.";
                }

                string version = launcher ? "0.0.0.0" : package.AssemblyVersion;
                if (reference.Version != version)
                {
                    yield return $"{project.Path}: {reference.Assembly} is referenced as {reference.Version}, "
                        + $"{Settings} says {version}.";
                }
            }
        }
    }

    /// <summary>The .nfproj and the .csproj depend on the same projects of ours.</summary>
    public IEnumerable<string> ProjectReferences()
    {
        foreach (NanoProject project in Projects.Where(p => p.SdkProject is not null))
        {
            string[] sdk =
                [
                    .. project.SdkProject!.Descendants("ProjectReference")
                        .Select(r => NanoProject.Unix((string)r.Attribute("Include")!))
                        .Where(r => !r.Contains("NanoHost", StringComparison.Ordinal)).Select(WithoutExtension)];
            string[] nano = [.. project.ProjectReferences.Select(WithoutExtension)];
            foreach (string missing in sdk.Except(nano))
            {
                yield return $"{project.Path}: no <ProjectReference> to {missing}.nfproj, which the .csproj has.";
            }

            foreach (string extra in nano.Except(sdk))
            {
                yield return $"{project.Path}: <ProjectReference> to {extra}.nfproj, which the .csproj does not have.";
            }

            foreach (string gone in project.ProjectReferences.Where(
                r => !File.Exists(System.IO.Path.Combine(project.Folder, r))))
            {
                yield return $"{project.Path}: <ProjectReference> to {gone}, which is not there.";
            }
        }
    }

    /// <summary>C# 9 on both sides.</summary>
    public IEnumerable<string> Language()
    {
        string? version = XDocument.Load(System.IO.Path.Combine(root, Settings)).Descendants(Build + "LangVersion")
            .SingleOrDefault()?.Value;
        if (version != "9.0")
        {
            yield return $"{Settings}: LangVersion is {version ?? "missing"}, the device's is 9.0.";
        }

        foreach (NanoProject project in Projects)
        {
            int settings = project.Imports.ToList()
                .FindIndex(
                    i =>
                        NanoProject.Unix(
                            System.IO.Path.GetFullPath(
                                System.IO.Path.Combine(project.Folder,
                                    NanoProject.Unix(i)))) == NanoProject.Unix(System.IO.Path.Combine(root, Settings)));
            int before = project.Imports.ToList()
                .FindIndex(i => i.EndsWith("NFProjectSystem.props", StringComparison.Ordinal));
            int after = project.Imports.ToList()
                .FindIndex(i => i.EndsWith("NFProjectSystem.CSharp.targets", StringComparison.Ordinal));
            if (settings < 0 || before < 0 || after < 0 || settings < before || settings > after)
            {
                yield return $"{project.Path}: must import {Settings} after NFProjectSystem.props and before "
                    + $"NFProjectSystem.CSharp.targets.";
            }

            if (project.Property("LangVersion") is { } own)
            {
                yield return $"{project.Path}: sets LangVersion {own} itself: {Settings} does that.";
            }

            string firmware = "firmware/Firmware.Build.props";
            XDocument? sdk = project.SdkProject;
            bool imports = sdk?.Descendants("Import")
                .Any(
                    i =>
                        System.IO.Path.GetFullPath(
                            System.IO.Path.Combine(project.Folder,
                                (string)i.Attribute("Project")!)) == System.IO.Path.Combine(root,
                                    NanoProject.Unix(firmware))) ?? false;
            if (!imports || sdk!.Descendants("LangVersion").Any())
            {
                yield return $"{project.Folder}: the .csproj must import {firmware} and not set LangVersion itself.";
            }
        }

        if (XDocument.Load(System.IO.Path.Combine(root, "firmware", "Firmware.Build.props")).Descendants("LangVersion")
            .SingleOrDefault()?.Value != "9")
        {
            yield return "firmware/Firmware.Build.props: LangVersion must be 9, as on the device.";
        }
    }

    /// <summary>The solution that a maker opens has every project, once, by its own GUID.</summary>
    public IEnumerable<string> Solution()
    {
        string path = System.IO.Path.Combine(root, "firmware", "Backstep.Firmware.sln");
        string text = File.ReadAllText(path);
        Match[] entries = [.. SolutionProject().Matches(text).Cast<Match>()];
        foreach (Match entry in entries)
        {
            string file =
                System.IO.Path.GetFullPath(
                    System.IO.Path.Combine(root, "firmware", NanoProject.Unix(entry.Groups[3].Value)));
            NanoProject? project = Projects.FirstOrDefault(p => p.Path == file);
            if (project is null)
            {
                yield return $"{path}: lists {entry.Groups[3].Value}, which is not there.";
                continue;
            }

            if (entry.Groups[1].Value != "{11A8DD76-328B-46DF-9F39-F559912D0360}")
            {
                yield return $"{path}: {project.Name} has project type {entry.Groups[1].Value}, nanoFramework's is "
                    + $"{{11A8DD76-328B-46DF-9F39-F559912D0360}}.";
            }

            string guid = entry.Groups[4].Value;
            if (project.Property("ProjectGuid") != guid)
            {
                yield return $"{path}: {project.Name} is listed as {guid}, "
                    + $"its ProjectGuid is {project.Property("ProjectGuid")}.";
            }

            foreach (string configuration in Configurations)
            {
                if (!text.Contains($"{guid}.{configuration}|Any CPU.Build.0 = {configuration}|Any CPU",
                    StringComparison.Ordinal))
                {
                    yield return $"{path}: {project.Name} is not built in {configuration}.";
                }
            }
        }

        foreach (NanoProject project in Projects.Where(
            p =>
                !entries.Any(
                    e =>
                        System.IO.Path.GetFullPath(
                            System.IO.Path.Combine(root, "firmware", NanoProject.Unix(e.Groups[3].Value))) == p.Path)))
        {
            yield return $"{path}: {project.Path} is not listed.";
        }
    }

    /// <summary>The versions that the code is checked against are the versions that a maker restores.</summary>
    public IEnumerable<string> SettingsAgainstApiFiles()
    {
        foreach (NanoPackage package in packages.Values)
        {
            ApiAssembly? assembly = api.Assemblies.FirstOrDefault(a => a.Name == package.Assembly);
            if (assembly is null)
            {
                yield return $"{Settings}: there is no API file for {package.Assembly}: nothing can check its use.";
            }
            else if (assembly.PackageVersion != package.Version || assembly.AssemblyVersion != package.AssemblyVersion)
            {
                yield return $"{Settings}: {package.Id} is {package.Version} ({package.AssemblyVersion}), its API "
                    + $"file is of {assembly.PackageVersion} ({assembly.AssemblyVersion}).";
            }
        }
    }

    /// <summary>The package that brings an assembly.</summary>
    public NanoPackage? PackageOf(string assembly) => packages.Values.FirstOrDefault(p => p.Assembly == assembly);

    private static string WithoutExtension(string path) => path[..path.LastIndexOf('.')];

    [GeneratedRegex("""^Project\("(\{[^}]+\})"\) = "([^"]+)", "([^"]+)", "(\{[^}]+\})"\r?$""", RegexOptions.Multiline)]
    private static partial Regex SolutionProject();
}
