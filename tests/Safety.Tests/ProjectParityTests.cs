using Safety.Tests.Api;
using Safety.Tests.Projects;

namespace Safety.Tests;

/// <summary>The maker's projects and ours, held against each other; and each rule shown to notice when it is
/// broken.</summary>
public sealed class ProjectParityTests
{
    private const string Gait = "firmware/Gait/Backstep.Gait.nfproj";
    private const string Sensor = "firmware/Sensor/Backstep.Sensor.nfproj";
    private const string SensorPackages = "firmware/Sensor/packages.config";
    private const string UnitTest = "tests/NFUnitTest/NFUnitTest.nfproj";
    private const string Settings = "nf.proj-settings/Backstep.nfproj.props";
    private const string Solution = "firmware/Backstep.Firmware.sln";

    private static ProjectParity Tree => new(Firmware.RepositoryRoot, NanoApi.Device);

    [Fact]
    public void All_four_projects_are_there() =>
        Assert.Equal(
            ["Backstep.Gait.nfproj", "Backstep.Protocol.nfproj", "Backstep.Sensor.nfproj", "NFUnitTest.nfproj"],
            Tree.Projects.Select(p => p.Name));

    [Fact]
    public void Both_builds_compile_the_same_sources() => AssertNone(Tree.Sources());

    [Fact]
    public void Package_versions_are_those_of_the_settings_and_nothing_needed_is_missing() =>
        AssertNone(Tree.PackageVersions());

    [Fact]
    public void References_point_at_those_packages() => AssertNone(Tree.References());

    [Fact]
    public void Both_builds_reference_the_same_projects() => AssertNone(Tree.ProjectReferences());

    [Fact]
    public void Both_builds_speak_the_devices_language() => AssertNone(Tree.Language());

    [Fact]
    public void The_solution_has_every_project() => AssertNone(Tree.Solution());

    [Fact]
    public void The_settings_name_the_versions_that_the_API_files_describe() =>
        AssertNone(Tree.SettingsAgainstApiFiles());

    [Theory]
    [InlineData(Gait, "    <Compile Include=\"Stride.cs\" />", "", "    <Compile Include=\"Stride.cs\" />")]
    [InlineData(Gait, "Include=\"Stride.cs\"", "Include=\"Strode.cs\"",
        "compiles Strode.cs, which is not in the folder")]
    [InlineData(Gait, "    <Compile Include=\"Stride.cs\" />",
        "    <Compile Include=\"Stride.cs\" /><Compile Include=\"Stride.cs\" />", "lists Stride.cs twice")]
    [InlineData("firmware/Gait/Backstep.Gait.csproj", "</Project>",
        "<ItemGroup><Compile Remove=\"Stride.cs\" /></ItemGroup></Project>", "must take every source")]
    [InlineData(UnitTest, @"    <Compile Include=""..\..\firmware\Sensor\Storage\WalkLog.cs"">",
        @"    <Compile Include=""..\..\firmware\Sensor\Storage\WalkLag.cs"">",
            "links ../../firmware/Sensor/Storage/WalkLag.cs, which is not there")]
    [InlineData(UnitTest, @"    <Compile Include=""..\..\firmware\Sensor\Storage\WalkLog.cs"">",
        @"    <Compile Include=""..\..\firmware\Sensor\Storage\SafeFile.cs"">",
            "must link the same sources: only one has ../../firmware/Sensor/Storage/SafeFile.cs")]
    [InlineData("tests/NFUnitTest/Backstep.NFUnitTest.csproj", "../../firmware/Sensor/Storage/WalkLog.cs",
        "../../firmware/Sensor/Storage/SafeFile.cs", "only one has ../../firmware/Sensor/Storage/WalkLog.cs")]
    [InlineData(SensorPackages, "\"1.1.123\"", "\"1.1.122\"", "nanoFramework.Device.Bluetooth is 1.1.122")]
    [InlineData(SensorPackages, "netnano1.0", "net10.0", "targetFramework")]
    [InlineData(SensorPackages, "nanoFramework.System.Math", "nanoFramework.System.Maths",
        "nanoFramework.System.Maths is not in")]
    [InlineData(SensorPackages,
        "  <package id=\"nanoFramework.Runtime.Events\" version=\"1.11.39\" targetFramework=\"netnano1.0\" />", "",
            "needs nanoFramework.Runtime.Events")]
    [InlineData(Sensor, @"nanoFramework.Device.Bluetooth.1.1.123\lib", @"nanoFramework.Device.Bluetooth.1.1.100\lib",
        "the HintPath of nanoFramework.Device.Bluetooth is")]
    [InlineData(Sensor, "System.Math, Version=1.5.116.0", "System.Math, Version=1.5.115.0",
        "System.Math is referenced as 1.5.115.0")]
    [InlineData(Sensor, "Include=\"System.Math,", "Include=\"System.Mathematics,", "no <Reference> to System.Math")]
    [InlineData(Settings, "Version=\"1.17.11\"", "Version=\"1.17.12\"", "nanoFramework.CoreLibrary is 1.17.11")]
    [InlineData(Settings, "Version=\"1.17.11\"", "Version=\"1.17.12\"", "its API file is of 1.17.11")]
    [InlineData(Settings, "<LangVersion>9.0</LangVersion>", "<LangVersion>10.0</LangVersion>",
        "LangVersion is 10.0, the device's is 9.0")]
    [InlineData(Gait, "<FileAlignment>", "<LangVersion>8.0</LangVersion><FileAlignment>",
        "sets LangVersion 8.0 itself")]
    [InlineData(Gait, @"  <Import Project=""..\..\nf.proj-settings\Backstep.nfproj.props"" />", "",
        "must import nf.proj-settings/Backstep.nfproj.props")]
    [InlineData("firmware/Gait/Backstep.Gait.csproj", "<Import Project=\"../Firmware.Build.props\" />", "",
        "must import firmware/Firmware.Build.props")]
    [InlineData("firmware/Firmware.Build.props", "<LangVersion>9</LangVersion>", "<LangVersion>14</LangVersion>",
        "LangVersion must be 9")]
    [InlineData(Sensor, @"    <ProjectReference Include=""..\Gait\Backstep.Gait.nfproj"" />", "",
        "no <ProjectReference> to ../Gait/Backstep.Gait.nfproj")]
    [InlineData(Solution, @"""Protocol\Backstep.Protocol.nfproj""", @"""Protokoll\Backstep.Protocol.nfproj""",
        @"lists Protokoll\Backstep.Protocol.nfproj, which is not there")]
    [InlineData(Solution, @"""Protocol\Backstep.Protocol.nfproj""", @"""Protokoll\Backstep.Protocol.nfproj""",
        "Backstep.Protocol.nfproj is not listed")]
    [InlineData(Gait, "<ProjectGuid>{9", "<ProjectGuid>{8", "its ProjectGuid is {8")]
    [InlineData(Solution, "Project(\"{11A8DD76", "Project(\"{11A8DD77", "has project type {11A8DD77")]
    [InlineData(Solution, ".Release|Any CPU.Build.0", ".Release|Any CPU.Built.0", "is not built in Release")]
    public void Breaking_it_is_noticed(string file, string right, string wrong, string complaint)
    {
        using TemporaryTree copy = new();
        Assert.DoesNotContain(new ProjectParity(copy.Root, NanoApi.Device).All(),
            c => c.Contains(complaint, StringComparison.Ordinal));
        copy.Replace(file, right, wrong);
        Assert.Contains(new ProjectParity(copy.Root, NanoApi.Device).All(),
            c => c.Contains(complaint, StringComparison.Ordinal));
    }

    [Fact]
    public void A_new_source_that_no_nfproj_lists_is_noticed_with_the_line_to_add()
    {
        using TemporaryTree copy = new();
        File.WriteAllText(Path.Combine(copy.Root, "firmware", "Gait", "Brand.cs"), "");
        Assert.Contains(new ProjectParity(copy.Root, NanoApi.Device).Sources(),
            c => c.Contains("    <Compile Include=\"Brand.cs\" />", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_makers_build_leaves_behind_is_no_source()
    {
        using TemporaryTree copy = new();
        Directory.CreateDirectory(Path.Combine(copy.Root, "firmware", "Gait", "obj", "Debug"));
        File.WriteAllText(Path.Combine(copy.Root, "firmware", "Gait", "obj", "Debug", "Left.cs"), "");
        Assert.DoesNotContain(new ProjectParity(copy.Root, NanoApi.Device).Sources(),
            c => c.Contains("Left.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_project_is_noticed()
    {
        using TemporaryTree copy = new();
        File.Delete(Path.Combine(copy.Root, Gait));
        Assert.Contains(new ProjectParity(copy.Root, NanoApi.Device).Solution(),
            c => c.Contains(@"lists Gait\Backstep.Gait.nfproj, which is not there", StringComparison.Ordinal));
    }

    private static void AssertNone(IEnumerable<string> complaints) =>
        Assert.True(!complaints.Any(), string.Join(Environment.NewLine, complaints));

    /// <summary>The project files and sources in a folder of their own, to break.</summary>
    private sealed class TemporaryTree : IDisposable
    {
        private static readonly string[] Kept = [".nfproj", ".csproj", ".props", ".config", ".sln", ".cs"];

        public TemporaryTree()
        {
            Root = Directory.CreateTempSubdirectory("backstep-parity-").FullName;
            foreach (string folder in new[] { "firmware", "nf.proj-settings", Path.Combine("tests", "NFUnitTest") })
            {
                foreach (string file in Directory.EnumerateFiles(Path.Combine(Firmware.RepositoryRoot, folder), "*",
                    SearchOption.AllDirectories).Where(f => Kept.Contains(Path.GetExtension(f))))
                {
                    string target = Path.Combine(Root, Path.GetRelativePath(Firmware.RepositoryRoot, file));
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    File.Copy(file, target);
                }
            }
        }

        public string Root { get; }

        public void Replace(string file, string right, string wrong)
        {
            string path = Path.Combine(Root, file);
            string text = File.ReadAllText(path);
            Assert.Contains(right, text, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        }

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}
