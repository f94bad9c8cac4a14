using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Safety.Tests.Api;
using Safety.Tests.Device;
using Safety.Tests.Projects;

namespace Safety.Tests;

/// <summary>The firmware compiles against what the API files describe and nothing else, from the lists in the
/// .nfproj.</summary>
public sealed class DeviceCompilerTests
{
    [Fact]
    public void The_firmware_compiles_for_the_device()
    {
        string[] errors =
            [
                .. DeviceCompiler.Instance.CompileTree(new ProjectParity(Firmware.RepositoryRoot, NanoApi.Device))
                    .SelectMany(DeviceCompiler.Errors)];
        Assert.True(errors.Length == 0,
            $"{errors.Length} error(s), compiled as C# 9 against "
            + $"tests/Safety.Tests/NanoFrameworkApi:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
    }

    [Theory]
    [InlineData("double x = Math.Tau;", "CS0117")]
    [InlineData("int x = Math.Clamp(3, 0, 2);", "CS0266")]
    [InlineData("string x = \"a\".Replace(\"a\", \"b\");", "CS1061")]
    [InlineData("var x = DateTimeKind.Unspecified;", "CS0117")]
    [InlineData("int? x = null;", "CS0518")]
    [InlineData("decimal x = 1;", "CS0518")]
    [InlineData("var x = (1, 2);", "CS8179")]
    [InlineData("var x = new int[3][1..];", "CS0518")]
    [InlineData("Span<byte> x = new byte[2];", "CS0246")]
    [InlineData("System.Collections.Generic.List<int> x = null;", "CS0234")]
    [InlineData("float x = MathF.Sin(1f);", "CS0103")]
    [InlineData("int[] x = [1, 2];", "CS8773")]
    [InlineData("string x = $\"\"\"raw\"\"\";", "CS8773")]
    [InlineData("dynamic x = 1; x.Run();", "CS0656")]
    [InlineData("var x = new GpioPin();", "CS0246")]
    public void A_statement_that_the_device_lacks_does_not_compile(string statement, string error) =>
        Assert.Contains(Errors($"static void Run() {{ {statement} }}"),
            e => e.Contains(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("volatile int x;", "CS0518")]
    [InlineData("System.Collections.IEnumerable Run() { yield return 1; }", "CS0518")]
    [InlineData("async void Run() { }", "CS0518")]
    [InlineData("record struct X(int A);", "CS8773")]
    [InlineData("required int X { get; set; }", "CS8773")]
    public void A_member_that_the_device_lacks_does_not_compile(string member, string error) =>
        Assert.Contains(Errors(member), e => e.Contains(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("double x = Math.Atan2(1, 2) * Math.PI + Math.Max(1f, 2f);")]
    [InlineData("string x = $\"{3:X2} {2.5f:F2} {\"a\"}\" + 'b' + 7; x = x.Substring(1).Split(',', ';')[0].Trim();")]
    [InlineData("object gate = new object(); lock (gate) { System.Threading.Interlocked.Increment(ref count); }")]
    [InlineData("string x = count switch { 1 => \"one\", _ => null }; switch (x) { case \"one\": case \"two\": case "
        + "\"three\": case \"four\": case \"five\": case \"six\": case \"seven\": count = 1; break; }")]
    [InlineData("Action x = () => count++; x(); foreach (char c in \"text\") { count += c; } foreach (object o in "
        + "new System.Collections.ArrayList()) { count++; }")]
    [InlineData("int[][] x = { new int[] { 1, 2, 3, 4 }, new int[2] }; Array.Copy(x[0], x[1], 2); int parsed; "
        + "int.TryParse(\"3\", out parsed);")]
    [InlineData("Happened?.Invoke(null, EventArgs.Empty); try { throw new InvalidOperationException(\"x\"); } catch "
        + "(Exception e) when (e.Message == \"x\") { } finally { count = 0; }")]
    [InlineData("SpanByte x = new SpanByte(new byte[3]); x[1] = 3; TimeSpan t = TimeSpan.Zero; if (DateTime.UtcNow - "
        + "DateTime.UnixEpoch > t) { count++; }")]
    public void What_the_device_has_compiles(string statement) =>
        Assert.Empty(
            Errors($"static int count; static event EventHandler Happened; static void Run() {{ {statement} }}"));

    [Fact]
    public void A_package_that_the_project_does_not_list_is_missed()
    {
        SyntaxTree source = DeviceCompiler.Parse("using System; class X { double Y = Math.PI; }", "X.cs");
        Assert.Empty(
            DeviceCompiler.Errors(
                DeviceCompiler.Instance.Compile("X", OutputKind.DynamicallyLinkedLibrary, [source],
                    ["mscorlib", "System.Math"])));
        Assert.NotEmpty(
            DeviceCompiler.Errors(
                DeviceCompiler.Instance.Compile("X", OutputKind.DynamicallyLinkedLibrary, [source], ["mscorlib"])));
    }

    [Fact]
    public void A_program_without_Main_is_missed() =>
        Assert.Contains(
            DeviceCompiler.Errors(
                DeviceCompiler.Instance.Compile("X", OutputKind.ConsoleApplication,
                    [DeviceCompiler.Parse("class X { }", "X.cs")], ["mscorlib"])),
                    e => e.Contains("CS5001", StringComparison.Ordinal));

    private static IReadOnlyList<string> Errors(string member)
    {
        CSharpCompilation compilation = DeviceCompiler.Instance.Compile("Sample", OutputKind.DynamicallyLinkedLibrary,
            [DeviceCompiler.Parse($"using System; public class Sample {{ {member} }}", "Sample.cs")],
            ["mscorlib", "System.Math"]);
        return DeviceCompiler.Errors(compilation);
    }
}
